import type { EC2, InternetGateway } from "@aws-sdk/client-ec2";
import { errorCode, unlessDoneBefore, unlessGone } from "../aws/errors";
import type { OperationContext } from "../aws/operationContext";
import { retagEc2, tagSpecifications } from "../aws/tags";
import { deleteWhenFree, onceVisible } from "../aws/wait";
import { fromAws } from "../schema/awsNames";
import { region, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const createLimitSeconds = 1200;
const detachLimitSeconds = 1200;

const inputs = { region: region(), tags: tags(), vpcId: text({ computed: true, aws: false }) };

async function find(ec2: EC2, id: string): Promise<InternetGateway | undefined> {
    const answer = await unlessGone(() => ec2.describeInternetGateways({ InternetGatewayIds: [id] }));
    return answer?.InternetGateways?.[0];
}

async function attachedTo(ec2: EC2, id: string): Promise<string | undefined> {
    return (await find(ec2, id))?.Attachments?.[0]?.VpcId;
}

async function detach(context: OperationContext, ec2: EC2, id: string, vpcId: string): Promise<void> {
    await deleteWhenFree(context, id, detachLimitSeconds, async () => {
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
    inputs,

    async create(context) {
        const made = await context.aws.ec2.createInternetGateway({
            TagSpecifications: tagSpecifications("internet-gateway", context.tags),
        });
        return made.InternetGateway?.InternetGatewayId ?? "";
    },

    async settle(context, id, { vpcId }) {
        const { ec2 } = context.aws;
        const wait = { what: `AWS to show ${id}`, limitSeconds: createLimitSeconds };
        const { Attachments } = await onceVisible(context, wait, () => find(ec2, id));
        const attached = Attachments?.[0]?.VpcId;
        if (vpcId === undefined || attached === vpcId) {
            return;
        }
        if (attached !== undefined) {
            await detach(context, ec2, id, attached);
        }
        await unlessDoneBefore(
            () => ec2.attachInternetGateway({ InternetGatewayId: id, VpcId: vpcId }),
            "Resource.AlreadyAssociated",
        );
    },

    async read(context, id) {
        const found = await find(context.aws.ec2, id);
        return found && { ...fromAws(inputs, found), vpcId: found.Attachments?.[0]?.VpcId };
    },

    // Another VPC is attached in `settle`.
    retag: retagEc2,

    async delete(context, id) {
        const { ec2 } = context.aws;
        const attached = await attachedTo(ec2, id);
        if (attached !== undefined) {
            await detach(context, ec2, id, attached);
        }
        await deleteWhenFree(context, id, detachLimitSeconds, () =>
            ec2.deleteInternetGateway({ InternetGatewayId: id }),
        );
    },
});
