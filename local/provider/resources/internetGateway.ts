import type { EC2, InternetGateway } from "@aws-sdk/client-ec2";
import type { Call } from "../aws/call";
import { ec2Arn } from "../aws/arn";
import { deleteWhenFree } from "../aws/dependents";
import { fromTagList, retagEc2, tagSpecifications } from "../aws/ec2Tags";
import { errorCode, unlessGone } from "../aws/errors";
import { region, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const detachLimitSeconds = 1200;

async function find(ec2: EC2, id: string): Promise<InternetGateway | undefined> {
    const answer = await unlessGone(() => ec2.describeInternetGateways({ InternetGatewayIds: [id] }));
    return answer?.InternetGateways?.[0];
}

async function attachedTo(ec2: EC2, id: string): Promise<string | undefined> {
    return (await find(ec2, id))?.Attachments?.[0]?.VpcId;
}

async function detach(call: Call, ec2: EC2, id: string, vpcId: string): Promise<void> {
    await deleteWhenFree(call, id, detachLimitSeconds, async () => {
        try {
            await ec2.detachInternetGateway({ InternetGatewayId: id, VpcId: vpcId });
        } catch (error) {
            if (errorCode(error) !== "Gateway.NotAttached") {
                throw error;
            }
        }
    });
}

/** `aws:ec2/internetGateway:InternetGateway` */
export const internetGateway = defineResource({
    token: "aws:ec2/internetGateway:InternetGateway",
    inputs: { region: region(), tags: tags(), vpcId: text({ computed: true }) },
    outputs: ["arn", "ownerId", "tagsAll"],

    async create(call) {
        const ec2 = await call.aws.ec2();
        const made = await ec2.createInternetGateway(tagSpecifications("internet-gateway", call.tags));
        return made.InternetGateway?.InternetGatewayId ?? "";
    },

    async settle(call, id, inputs) {
        const ec2 = await call.aws.ec2();
        const attached = await attachedTo(ec2, id);
        if (inputs.vpcId === undefined || attached === inputs.vpcId) {
            return;
        }
        if (attached !== undefined) {
            await detach(call, ec2, id, attached);
        }
        await ec2.attachInternetGateway({ InternetGatewayId: id, VpcId: inputs.vpcId });
    },

    async read(call, id) {
        const ec2 = await call.aws.ec2();
        const found = await find(ec2, id);
        return (
            found && {
                arn: ec2Arn(call.region, found.OwnerId, `internet-gateway/${id}`),
                ownerId: found.OwnerId,
                tags: fromTagList(found.Tags),
                vpcId: found.Attachments?.[0]?.VpcId ?? "",
            }
        );
    },

    // Another VPC is attached in `settle`.
    retag: retagEc2,

    async delete(call, id) {
        const ec2 = await call.aws.ec2();
        const attached = await attachedTo(ec2, id);
        if (attached !== undefined) {
            await detach(call, ec2, id, attached);
        }
        await deleteWhenFree(call, id, detachLimitSeconds, () =>
            ec2.deleteInternetGateway({ InternetGatewayId: id }),
        );
    },
});
