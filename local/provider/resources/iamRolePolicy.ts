import { unlessGone } from "../aws/errors";
import { givenName } from "../schema/naming";
import { document, required, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

/** Role and policy of an id as the official provider has it, `<role>:<policy>`. */
function parts(id: string): { readonly RoleName: string; readonly PolicyName: string } {
    const [RoleName = "", PolicyName = ""] = id.split(":");
    return { RoleName, PolicyName };
}

/** `aws:iam/rolePolicy:RolePolicy` */
export const iamRolePolicy = defineResource({
    token: "aws:iam/rolePolicy:RolePolicy",
    inputs: {
        name: text({ replaces: true }),
        namePrefix: text({ replaces: true, remembered: true }),
        policy: required(document()),
        role: required(text({ replaces: true })),
    },
    outputs: [],
    autoName: { property: "name", maxLength: 128 },

    async create(call, inputs) {
        const iam = await call.aws.iam();
        const PolicyName = givenName(inputs);
        await iam.putRolePolicy({ PolicyDocument: inputs.policy, PolicyName, RoleName: inputs.role });
        return `${inputs.role}:${PolicyName}`;
    },

    async read(call, id) {
        const iam = await call.aws.iam();
        const found = await unlessGone(() => iam.getRolePolicy(parts(id)));
        return (
            found && {
                name: found.PolicyName,
                policy: decodeURIComponent(found.PolicyDocument ?? ""),
                role: found.RoleName,
            }
        );
    },

    async update(call, id, change) {
        const iam = await call.aws.iam();
        await iam.putRolePolicy({ ...parts(id), PolicyDocument: change.inputs.policy });
    },

    async delete(call, id) {
        const iam = await call.aws.iam();
        await unlessGone(() => iam.deleteRolePolicy(parts(id)));
    },
});
