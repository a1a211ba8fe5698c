import type { IAM, Role } from "@aws-sdk/client-iam";
import { fromTagList, toTagList } from "../aws/ec2Tags";
import { errorCode, unlessGone } from "../aws/errors";
import { retryWhile } from "../aws/wait";
import { givenName } from "../schema/naming";
import { document, flag, integer, required, tags, text, type Properties } from "../schema/property";
import { defineResource } from "../schema/resourceType";

/** As long as the official provider waits for IAM to agree with itself. */
const propagationLimitSeconds = 120;

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
    inputs: {
        assumeRolePolicy: required(document()),
        description: text(),
        forceDetachPolicies: flag({ default: false, remembered: true }),
        maxSessionDuration: integer({ default: 3600 }),
        name: text({ replaces: true }),
        namePrefix: text({ replaces: true, remembered: true }),
        path: text({ default: "/", replaces: true }),
        permissionsBoundary: text(),
        tags: tags(),
    },
    outputs: ["arn", "createDate", "tagsAll", "uniqueId"],
    autoName: { property: "name", maxLength: 64 },

    async create(call, inputs) {
        const iam = await call.aws.iam();
        const name = givenName(inputs);
        await retryWhile(
            call,
            { what: "IAM to know the principal of the trust policy", limitSeconds: propagationLimitSeconds },
            (error) =>
                errorCode(error) === "MalformedPolicyDocument" &&
                (error as Error).message.includes("Invalid principal"),
            () =>
                iam.createRole({
                    AssumeRolePolicyDocument: inputs.assumeRolePolicy,
                    Description: inputs.description,
                    MaxSessionDuration: inputs.maxSessionDuration,
                    Path: inputs.path,
                    PermissionsBoundary: inputs.permissionsBoundary,
                    RoleName: name,
                    Tags: toTagList(call.tags),
                }),
        );
        return name;
    },

    async read(call, id) {
        const found = await find(await call.aws.iam(), id);
        return (
            found && {
                arn: found.Arn,
                assumeRolePolicy: decodeURIComponent(found.AssumeRolePolicyDocument ?? ""),
                createDate: found.CreateDate,
                description: found.Description ?? "",
                maxSessionDuration: found.MaxSessionDuration,
                name: found.RoleName,
                path: found.Path,
                permissionsBoundary: found.PermissionsBoundary?.PermissionsBoundaryArn ?? "",
                tags: fromTagList(found.Tags),
                uniqueId: found.RoleId,
            }
        );
    },

    async update(call, id, change) {
        const iam = await call.aws.iam();
        const { inputs } = change;
        if (change.has("assumeRolePolicy")) {
            await iam.updateAssumeRolePolicy({ PolicyDocument: inputs.assumeRolePolicy, RoleName: id });
        }
        if (change.has("description", "maxSessionDuration")) {
            await iam.updateRole({
                Description: inputs.description ?? "",
                MaxSessionDuration: inputs.maxSessionDuration,
                RoleName: id,
            });
        }
        if (change.has("permissionsBoundary")) {
            await (inputs.permissionsBoundary === undefined
                ? iam.deleteRolePermissionsBoundary({ RoleName: id })
                : iam.putRolePermissionsBoundary({
                      PermissionsBoundary: inputs.permissionsBoundary,
                      RoleName: id,
                  }));
        }
    },

    async retag(call, id, change) {
        const iam = await call.aws.iam();
        if (change.remove.length > 0) {
            await iam.untagRole({ RoleName: id, TagKeys: [...change.remove] });
        }
        if (Object.keys(change.set).length > 0) {
            await iam.tagRole({ RoleName: id, Tags: toTagList(change.set) });
        }
    },

    async delete(call, id, state: Properties) {
        const iam = await call.aws.iam();
        await leaveProfiles(iam, id);
        if (state["forceDetachPolicies"] === true) {
            await dropPolicies(iam, id);
        }
        await retryWhile(
            call,
            { what: `the policies of ${id} to go`, limitSeconds: propagationLimitSeconds },
            (error) => /DeleteConflict/.test(errorCode(error) ?? ""),
            () => unlessGone(() => iam.deleteRole({ RoleName: id })),
        );
    },
});
