import type { EC2, NatGateway } from "@aws-sdk/client-ec2";
import { fromTagList, retagEc2, tagSpecifications } from "../aws/ec2Tags";
import { unlessGone } from "../aws/errors";
import { until } from "../aws/wait";
import { region, required, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const createLimitSeconds = 600;
const deleteLimitSeconds = 1800;

async function find(ec2: EC2, id: string): Promise<NatGateway | undefined> {
    const found = (await unlessGone(() => ec2.describeNatGateways({ NatGatewayIds: [id] })))
        ?.NatGateways?.[0];
    return found?.State === "deleted" ? undefined : found;
}

/** `aws:ec2/natGateway:NatGateway` */
export const natGateway = defineResource({
    token: "aws:ec2/natGateway:NatGateway",
    inputs: {
        allocationId: text({ replaces: true }),
        connectivityType: text({ default: "public", replaces: true }),
        privateIp: text({ replaces: true, computed: true }),
        region: region(),
        subnetId: required(text({ replaces: true })),
        tags: tags(),
    },
    outputs: ["associationId", "networkInterfaceId", "publicIp", "tagsAll"],

    async create(call, inputs) {
        const ec2 = await call.aws.ec2();
        const made = await ec2.createNatGateway({
            AllocationId: inputs.allocationId,
            ConnectivityType: inputs.connectivityType as "public" | "private",
            PrivateIpAddress: inputs.privateIp,
            SubnetId: inputs.subnetId,
            ...tagSpecifications("natgateway", call.tags),
        });
        return made.NatGateway?.NatGatewayId ?? "";
    },

    async settle(call, id) {
        const ec2 = await call.aws.ec2();
        await until(call, { what: `${id} to be available`, limitSeconds: createLimitSeconds }, async () => {
            const found = await find(ec2, id);
            if (found?.State === "failed") {
                throw new Error(`${id} failed: ${found.FailureCode ?? ""}: ${found.FailureMessage ?? ""}`);
            }
            return found?.State === "available" || `it is ${found?.State ?? "not there"}`;
        });
    },

    async read(call, id) {
        const ec2 = await call.aws.ec2();
        const found = await find(ec2, id);
        const address = found?.NatGatewayAddresses?.[0];
        return (
            found && {
                allocationId: address?.AllocationId ?? "",
                associationId: address?.AssociationId ?? "",
                connectivityType: found.ConnectivityType,
                networkInterfaceId: address?.NetworkInterfaceId ?? "",
                privateIp: address?.PrivateIp ?? "",
                publicIp: address?.PublicIp ?? "",
                subnetId: found.SubnetId,
                tags: fromTagList(found.Tags),
            }
        );
    },

    retag: retagEc2,

    async delete(call, id) {
        const ec2 = await call.aws.ec2();
        const addresses = (await find(ec2, id))?.NatGatewayAddresses ?? [];
        await unlessGone(() => ec2.deleteNatGateway({ NatGatewayId: id }));
        await until(call, { what: `${id} to be deleted`, limitSeconds: deleteLimitSeconds }, async () => {
            const state = (await find(ec2, id))?.State;
            return state === undefined || `it is ${state}`;
        });
        // AWS lets go of the addresses by itself; moto does not.
        for (const { AssociationId } of addresses) {
            if (AssociationId !== undefined && AssociationId !== "") {
                await unlessGone(() => ec2.disassociateAddress({ AssociationId }));
            }
        }
    },
});
