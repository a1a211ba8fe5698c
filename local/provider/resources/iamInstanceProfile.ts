import type { IAM, InstanceProfile } from "@aws-sdk/client-iam";
import { fromTagList, toTagList } from "../aws/ec2Tags";
import { unlessGone } from "../aws/errors";
import { givenName } from "../schema/naming";
import { tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

async function find(iam: IAM, name: string): Promise<InstanceProfile | undefined> {
    return (await unlessGone(() => iam.getInstanceProfile({ InstanceProfileName: name })))?.InstanceProfile;
}

/** `aws:iam/instanceProfile:InstanceProfile` */
export const iamInstanceProfile = defineResource({
    token: "aws:iam/instanceProfile:InstanceProfile",
    inputs: {
        name: text({ replaces: true }),
        namePrefix: text({ replaces: true, remembered: true }),
        path: text({ default: "/", replaces: true }),
        role: text(),
        tags: tags(),
    },
    outputs: ["arn", "createDate", "tagsAll", "uniqueId"],
    autoName: { property: "name", maxLength: 128 },

    async create(call, inputs) {
        const iam = await call.aws.iam();
        const name = givenName(inputs);
        await iam.createInstanceProfile({
            InstanceProfileName: name,
            Path: inputs.path,
            Tags: toTagList(call.tags),
        });
        return name;
    },

    // A profile holds one role, so another one goes in only after the old one is out.
    async settle(call, id, inputs) {
        const iam = await call.aws.iam();
        const held = (await find(iam, id))?.Roles?.[0]?.RoleName;
        if (held === inputs.role) {
            return;
        }
        if (held !== undefined) {
            await iam.removeRoleFromInstanceProfile({ InstanceProfileName: id, RoleName: held });
        }
        if (inputs.role !== undefined) {
            await iam.addRoleToInstanceProfile({ InstanceProfileName: id, RoleName: inputs.role });
        }
    },

    async read(call, id) {
        const found = await find(await call.aws.iam(), id);
        return (
            found && {
                arn: found.Arn,
                createDate: found.CreateDate,
                name: found.InstanceProfileName,
                path: found.Path,
                role: found.Roles?.[0]?.RoleName ?? "",
                tags: fromTagList(found.Tags),
                uniqueId: found.InstanceProfileId,
            }
        );
    },

    async retag(call, id, change) {
        const iam = await call.aws.iam();
        if (change.remove.length > 0) {
            await iam.untagInstanceProfile({ InstanceProfileName: id, TagKeys: [...change.remove] });
        }
        if (Object.keys(change.set).length > 0) {
            await iam.tagInstanceProfile({ InstanceProfileName: id, Tags: toTagList(change.set) });
        }
    },

    async delete(call, id) {
        const iam = await call.aws.iam();
        for (const role of (await find(iam, id))?.Roles ?? []) {
            await unlessGone(() =>
                iam.removeRoleFromInstanceProfile({ InstanceProfileName: id, RoleName: role.RoleName }),
            );
        }
        await unlessGone(() => iam.deleteInstanceProfile({ InstanceProfileName: id }));
    },
});
