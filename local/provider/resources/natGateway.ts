import type { EC2, NatGateway } from "@aws-sdk/client-ec2";
import { unlessGone } from "../aws/errors";
import { retagEc2, tagSpecifications } from "../aws/tags";
import { until, untilState } from "../aws/wait";
import { fromAws } from "../schema/awsNames";
import { region, required, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const createLimitSeconds = 600;
const deleteLimitSeconds = 1800;

const inputs = {
    allocationId: text({ replaces: true, aws: false }),
    region: region(),
    subnetId: required(text({ replaces: true })),
    tags: tags(),
};

async function find(ec2: EC2, id: string): Promise<NatGateway | undefined> {
    const found = (await unlessGone(() => ec2.describeNatGateways({ NatGatewayIds: [id] })))
        ?.NatGateways?.[0];
    return found?.State === "deleted" ? undefined : found;
}

/** `aws:ec2/natGateway:NatGateway` */
export const natGateway = defineResource({
    token: "aws:ec2/natGateway:NatGateway",
    inputs,

    async create(context, wanted) {
        const made = await context.aws.ec2.createNatGateway({
            AllocationId: wanted.allocationId,
            SubnetId: wanted.subnetId,
            TagSpecifications: tagSpecifications("natgateway", context.tags),
        });
        return made.NatGateway?.NatGatewayId ?? "";
    },

    async settle(context, id) {
        await until(
            context,
            { what: `${id} to be available`, limitSeconds: createLimitSeconds },
            async () => {
                const found = await find(context.aws.ec2, id);
                if (found?.State === "failed") {
                    throw new Error(
                        `${id} failed: ${found.FailureCode ?? ""}: ${found.FailureMessage ?? ""}`,
                    );
                }
                return found?.State === "available" || `it is ${found?.State ?? "not there"}`;
            },
        );
    },

    async read(context, id) {
        const found = await find(context.aws.ec2, id);
        return (
            found && {
                ...fromAws(inputs, found),
                allocationId: found.NatGatewayAddresses?.[0]?.AllocationId,
            }
        );
    },

    retag: retagEc2,

    async delete(context, id) {
        const { ec2 } = context.aws;
        const addresses = (await find(ec2, id))?.NatGatewayAddresses ?? [];
        await unlessGone(() => ec2.deleteNatGateway({ NatGatewayId: id }));
        const wait = { id, limitSeconds: deleteLimitSeconds };
        await untilState(context, wait, async () => (await find(ec2, id))?.State);
        // AWS lets go of the addresses by itself; moto does not.
        for (const { AssociationId } of addresses) {
            if (AssociationId !== undefined && AssociationId !== "") {
                await unlessGone(() => ec2.disassociateAddress({ AssociationId }));
            }
        }
    },
});
