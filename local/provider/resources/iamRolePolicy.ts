import { unlessGone } from "../aws/errors";
import { fromAws } from "../schema/awsNames";
import { document, required, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const inputs = {
    name: required(text({ replaces: true, aws: "PolicyName" })),
    policy: required(document({ aws: "PolicyDocument" })),
    role: required(text({ replaces: true, aws: "RoleName" })),
};

/** Role and policy of an id as the official provider has it, `<role>:<policy>`. */
function parts(id: string): { readonly RoleName: string; readonly PolicyName: string } {
    const [RoleName = "", PolicyName = ""] = id.split(":");
    return { RoleName, PolicyName };
}

/** `aws:iam/rolePolicy:RolePolicy` */
export const iamRolePolicy = defineResource({
    token: "aws:iam/rolePolicy:RolePolicy",
    inputs,
    autoNameMaxLength: 128,

    async create(context, { name, policy, role }) {
        await context.aws.iam.putRolePolicy({ PolicyDocument: policy, PolicyName: name, RoleName: role });
        return `${role}:${name}`;
    },

    async read(context, id) {
        const found = await unlessGone(() => context.aws.iam.getRolePolicy(parts(id)));
        return found && fromAws(inputs, found);
    },

    async update(context, id, change) {
        await context.aws.iam.putRolePolicy({ ...parts(id), PolicyDocument: change.inputs.policy });
    },

    async delete(context, id) {
        await unlessGone(() => context.aws.iam.deleteRolePolicy(parts(id)));
    },
});
