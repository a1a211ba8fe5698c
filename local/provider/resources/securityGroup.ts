import type { EC2, SecurityGroup } from "@aws-sdk/client-ec2";
import { unlessGone } from "../aws/errors";
import { retagEc2, tagSpecifications } from "../aws/tags";
import { deleteWhenFree, onceVisible } from "../aws/wait";
import { fromAws } from "../schema/awsNames";
import { region, required, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const createLimitSeconds = 600;
const deleteLimitSeconds = 900;

const inputs = {
    description: text({ default: "Managed by Pulumi", replaces: true }),
    name: required(text({ replaces: true, aws: "GroupName" })),
    region: region(),
    tags: tags(),
    vpcId: text({ replaces: true, computed: true }),
};

async function find(ec2: EC2, id: string): Promise<SecurityGroup | undefined> {
    return (await unlessGone(() => ec2.describeSecurityGroups({ GroupIds: [id] })))?.SecurityGroups?.[0];
}

/** `aws:ec2/securityGroup:SecurityGroup`; its rules are resources of their own. */
export const securityGroup = defineResource({
    token: "aws:ec2/securityGroup:SecurityGroup",
    inputs,
    autoNameMaxLength: 255,

    async create(context, wanted) {
        const made = await context.aws.ec2.createSecurityGroup({
            Description: wanted.description,
            GroupName: wanted.name,
            TagSpecifications: tagSpecifications("security-group", context.tags),
            VpcId: wanted.vpcId,
        });
        return made.GroupId ?? "";
    },

    /** Like the official provider: AWS lets a new group out to everywhere, which nobody asked for here. */
    async settle(context, id, _wanted, after) {
        if (after !== "create") {
            return;
        }
        const { ec2 } = context.aws;
        const wait = { what: `AWS to show ${id}`, limitSeconds: createLimitSeconds };
        const { IpPermissionsEgress: IpPermissions = [] } = await onceVisible(context, wait, () =>
            find(ec2, id),
        );
        if (IpPermissions.length > 0) {
            await ec2.revokeSecurityGroupEgress({ GroupId: id, IpPermissions });
        }
    },

    async read(context, id) {
        const found = await find(context.aws.ec2, id);
        return found && fromAws(inputs, found);
    },

    retag: retagEc2,

    async delete(context, id) {
        await deleteWhenFree(context, id, deleteLimitSeconds, () =>
            context.aws.ec2.deleteSecurityGroup({ GroupId: id }),
        );
    },
});
