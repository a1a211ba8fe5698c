import { unlessGone } from "../aws/errors";
import { asText, required, text, type Properties } from "../schema/property";
import { defineResource } from "../schema/resourceType";

interface Attachment {
    readonly RoleName: string;
    readonly PolicyArn: string;
}

/** Role and policy: from the state, or in an import from the id `<role>/<policy ARN>`. */
function attachmentOf(id: string, known: Properties): Attachment {
    const cut = id.indexOf("/");
    return {
        RoleName: asText(known["role"], id.slice(0, cut)),
        PolicyArn: asText(known["policyArn"], id.slice(cut + 1)),
    };
}

/** `aws:iam/rolePolicyAttachment:RolePolicyAttachment` */
export const iamRolePolicyAttachment = defineResource({
    token: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    inputs: {
        policyArn: required(text({ replaces: true })),
        role: required(text({ replaces: true })),
    },
    // As in the official provider: deleting the old one last would take away the equal new one.
    deleteBeforeReplace: true,

    async create(context, inputs) {
        await context.aws.iam.attachRolePolicy({ PolicyArn: inputs.policyArn, RoleName: inputs.role });
        return `${inputs.role}/${inputs.policyArn}`;
    },

    async read(context, id, known) {
        const { RoleName, PolicyArn } = attachmentOf(id, known);
        const answer = await unlessGone(() => context.aws.iam.listAttachedRolePolicies({ RoleName }));
        const isAttached = (answer?.AttachedPolicies ?? []).some((policy) => policy.PolicyArn === PolicyArn);
        return isAttached ? { policyArn: PolicyArn, role: RoleName } : undefined;
    },

    async delete(context, id, state) {
        await unlessGone(() => context.aws.iam.detachRolePolicy(attachmentOf(id, state)));
    },
});
