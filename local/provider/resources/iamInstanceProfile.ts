import type { IAM, InstanceProfile } from "@aws-sdk/client-iam";
import { hasMessage, unlessGone } from "../aws/errors";
import { toTagList } from "../aws/tags";
import { onceVisible, retryWhile } from "../aws/wait";
import { fromAws } from "../schema/awsNames";
import { required, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

/**
 * As long as the official provider waits for IAM to agree with itself, and for the same refusal.
 * Source: https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/iam/instance_profile.go
 */
const propagationLimitSeconds = 120;

const inputs = {
    name: required(text({ replaces: true, aws: "InstanceProfileName" })),
    role: text({ aws: false }),
    tags: tags(),
};

async function find(iam: IAM, name: string): Promise<InstanceProfile | undefined> {
    return (await unlessGone(() => iam.getInstanceProfile({ InstanceProfileName: name })))?.InstanceProfile;
}

/** `aws:iam/instanceProfile:InstanceProfile` */
export const iamInstanceProfile = defineResource({
    token: "aws:iam/instanceProfile:InstanceProfile",
    inputs,
    autoNameMaxLength: 128,

    async create(context, { name }) {
        await context.aws.iam.createInstanceProfile({
            InstanceProfileName: name,
            Tags: toTagList(context.tags),
        });
        return name;
    },

    // A profile holds one role, so another one goes in only after the old one is out.
    async settle(context, id, { role }) {
        const { iam } = context.aws;
        const visible = { what: `IAM to show ${id}`, limitSeconds: propagationLimitSeconds };
        const profile = await onceVisible(context, visible, () => find(iam, id));
        const held = profile.Roles?.[0]?.RoleName;
        if (held === role) {
            return;
        }
        if (held !== undefined) {
            await iam.removeRoleFromInstanceProfile({ InstanceProfileName: id, RoleName: held });
        }
        if (role !== undefined) {
            await retryWhile(
                context,
                { what: `IAM to know the role ${role}`, limitSeconds: propagationLimitSeconds },
                hasMessage("NoSuchEntityException", /The role with name/),
                () => iam.addRoleToInstanceProfile({ InstanceProfileName: id, RoleName: role }),
            );
        }
    },

    async read(context, id) {
        const found = await find(context.aws.iam, id);
        return found && { ...fromAws(inputs, found), role: found.Roles?.[0]?.RoleName };
    },

    async retag(context, id, change) {
        const { iam } = context.aws;
        if (change.remove.length > 0) {
            await iam.untagInstanceProfile({ InstanceProfileName: id, TagKeys: [...change.remove] });
        }
        if (Object.keys(change.set).length > 0) {
            await iam.tagInstanceProfile({ InstanceProfileName: id, Tags: toTagList(change.set) });
        }
    },

    async delete(context, id) {
        const { iam } = context.aws;
        for (const { RoleName } of (await find(iam, id))?.Roles ?? []) {
            await unlessGone(() => iam.removeRoleFromInstanceProfile({ InstanceProfileName: id, RoleName }));
        }
        await unlessGone(() => iam.deleteInstanceProfile({ InstanceProfileName: id }));
    },
});
