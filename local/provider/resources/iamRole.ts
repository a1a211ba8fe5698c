import type { IAM, Role } from "@aws-sdk/client-iam";
import { hasCode, hasMessage, unlessGone } from "../aws/errors";
import { toTagList } from "../aws/tags";
import { retryWhile } from "../aws/wait";
import { fromAws } from "../schema/awsNames";
import { document, flag, required, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

/** As long as the official provider waits for IAM to agree with itself. */
const propagationLimitSeconds = 120;

const inputs = {
    assumeRolePolicy: required(document({ aws: "AssumeRolePolicyDocument" })),
    description: text(),
    forceDetachPolicies: flag({ default: false, remembered: true }),
    name: required(text({ replaces: true, aws: "RoleName" })),
    tags: tags(),
};

async function find(iam: IAM, name: string): Promise<Role | undefined> {
    return (await unlessGone(() => iam.getRole({ RoleName: name })))?.Role;
}

async function leaveProfiles(iam: IAM, name: string): Promise<void> {
    const answer = await unlessGone(() => iam.listInstanceProfilesForRole({ RoleName: name }));
    for (const profile of answer?.InstanceProfiles ?? []) {
        await unlessGone(() =>
            iam.removeRoleFromInstanceProfile({
                InstanceProfileName: profile.InstanceProfileName,
                RoleName: name,
            }),
        );
    }
}

async function dropPolicies(iam: IAM, name: string): Promise<void> {
    const attached = await unlessGone(() => iam.listAttachedRolePolicies({ RoleName: name }));
    for (const policy of attached?.AttachedPolicies ?? []) {
        await unlessGone(() => iam.detachRolePolicy({ PolicyArn: policy.PolicyArn, RoleName: name }));
    }
    const inline = await unlessGone(() => iam.listRolePolicies({ RoleName: name }));
    for (const policyName of inline?.PolicyNames ?? []) {
        await unlessGone(() => iam.deleteRolePolicy({ PolicyName: policyName, RoleName: name }));
    }
}

/** `aws:iam/role:Role`; its policies are resources of their own. */
export const iamRole = defineResource({
    token: "aws:iam/role:Role",
    inputs,
    outputs: ["arn"],
    autoNameMaxLength: 64,

    async create(context, wanted) {
        await retryWhile(
            context,
            { what: "IAM to know the principal of the trust policy", limitSeconds: propagationLimitSeconds },
            hasMessage("MalformedPolicyDocument", /Invalid principal/),
            () =>
                context.aws.iam.createRole({
                    AssumeRolePolicyDocument: wanted.assumeRolePolicy,
                    Description: wanted.description,
                    RoleName: wanted.name,
                    Tags: toTagList(context.tags),
                }),
        );
        return wanted.name;
    },

    async read(context, id) {
        const found = await find(context.aws.iam, id);
        return found && { ...fromAws(inputs, found), arn: found.Arn };
    },

    async update(context, id, change) {
        const wanted = change.inputs;
        const { iam } = context.aws;
        if (change.has("assumeRolePolicy")) {
            await iam.updateAssumeRolePolicy({ PolicyDocument: wanted.assumeRolePolicy, RoleName: id });
        }
        if (change.has("description")) {
            await iam.updateRole({ Description: wanted.description ?? "", RoleName: id });
        }
    },

    async retag(context, id, change) {
        const { iam } = context.aws;
        if (change.remove.length > 0) {
            await iam.untagRole({ RoleName: id, TagKeys: [...change.remove] });
        }
        if (Object.keys(change.set).length > 0) {
            await iam.tagRole({ RoleName: id, Tags: toTagList(change.set) });
        }
    },

    async delete(context, id, state) {
        const { iam } = context.aws;
        await leaveProfiles(iam, id);
        if (state["forceDetachPolicies"] === true) {
            await dropPolicies(iam, id);
        }
        await retryWhile(
            context,
            { what: `the policies of ${id} to go`, limitSeconds: propagationLimitSeconds },
            hasCode("DeleteConflict", "DeleteConflictException"),
            () => unlessGone(() => iam.deleteRole({ RoleName: id })),
        );
    },
});
