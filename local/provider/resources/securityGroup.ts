import type { EC2, SecurityGroup } from "@aws-sdk/client-ec2";
import { ec2Arn } from "../aws/arn";
import { deleteWhenFree } from "../aws/dependents";
import { fromTagList, retagEc2, tagSpecifications } from "../aws/ec2Tags";
import { unlessGone } from "../aws/errors";
import { givenName } from "../schema/naming";
import { flag, region, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";
import { fromPermissions, inlineRules, toPermissions, type InlineRule } from "./securityGroupPermissions";

const deleteLimitSeconds = 900;

async function find(ec2: EC2, id: string): Promise<SecurityGroup | undefined> {
    return (await unlessGone(() => ec2.describeSecurityGroups({ GroupIds: [id] })))?.SecurityGroups?.[0];
}

type Direction = "ingress" | "egress";

function permissionsOf(
    group: SecurityGroup | undefined,
    direction: Direction,
): SecurityGroup["IpPermissions"] {
    return direction === "ingress" ? group?.IpPermissions : group?.IpPermissionsEgress;
}

async function revokeAll(ec2: EC2, id: string, direction: Direction): Promise<void> {
    const IpPermissions = permissionsOf(await find(ec2, id), direction);
    if (IpPermissions === undefined || IpPermissions.length === 0) {
        return;
    }
    await (direction === "ingress"
        ? ec2.revokeSecurityGroupIngress({ GroupId: id, IpPermissions })
        : ec2.revokeSecurityGroupEgress({ GroupId: id, IpPermissions }));
}

async function authorize(
    ec2: EC2,
    id: string,
    direction: Direction,
    rules: readonly InlineRule[] = [],
): Promise<void> {
    const IpPermissions = toPermissions(rules, id);
    if (IpPermissions.length === 0) {
        return;
    }
    await (direction === "ingress"
        ? ec2.authorizeSecurityGroupIngress({ GroupId: id, IpPermissions })
        : ec2.authorizeSecurityGroupEgress({ GroupId: id, IpPermissions }));
}

/** `aws:ec2/securityGroup:SecurityGroup` */
export const securityGroup = defineResource({
    token: "aws:ec2/securityGroup:SecurityGroup",
    inputs: {
        description: text({ default: "Managed by Pulumi", replaces: true }),
        egress: inlineRules(),
        ingress: inlineRules(),
        name: text({ replaces: true }),
        namePrefix: text({ replaces: true, remembered: true }),
        region: region(),
        revokeRulesOnDelete: flag({ default: false, remembered: true }),
        tags: tags(),
        vpcId: text({ replaces: true, computed: true }),
    },
    outputs: ["arn", "ownerId", "tagsAll"],
    autoName: { property: "name", maxLength: 255 },

    async create(call, inputs) {
        const ec2 = await call.aws.ec2();
        const made = await ec2.createSecurityGroup({
            Description: inputs.description,
            GroupName: givenName(inputs),
            VpcId: inputs.vpcId,
            ...tagSpecifications("security-group", call.tags),
        });
        return made.GroupId ?? "";
    },

    async settle(call, id, inputs, after) {
        if (after === "update") {
            return;
        }
        const ec2 = await call.aws.ec2();
        // Like the official provider: AWS lets a new group out to everywhere, which nobody asked for here.
        await revokeAll(ec2, id, "egress");
        await authorize(ec2, id, "egress", inputs.egress);
        await authorize(ec2, id, "ingress", inputs.ingress);
    },

    async read(call, id) {
        const ec2 = await call.aws.ec2();
        const found = await find(ec2, id);
        return (
            found && {
                arn: ec2Arn(call.region, found.OwnerId, `security-group/${id}`),
                description: found.Description,
                egress: fromPermissions(found.IpPermissionsEgress, id),
                ingress: fromPermissions(found.IpPermissions, id),
                name: found.GroupName,
                ownerId: found.OwnerId,
                tags: fromTagList(found.Tags),
                vpcId: found.VpcId,
            }
        );
    },

    async update(call, id, change) {
        const ec2 = await call.aws.ec2();
        for (const direction of ["ingress", "egress"] as const) {
            if (change.has(direction)) {
                await revokeAll(ec2, id, direction);
                await authorize(ec2, id, direction, change.inputs[direction]);
            }
        }
    },

    retag: retagEc2,

    async delete(call, id, state) {
        const ec2 = await call.aws.ec2();
        if (state["revokeRulesOnDelete"] === true) {
            await revokeAll(ec2, id, "ingress");
            await revokeAll(ec2, id, "egress");
        }
        await deleteWhenFree(call, id, deleteLimitSeconds, () => ec2.deleteSecurityGroup({ GroupId: id }));
    },
});
