import type { IAM } from "@aws-sdk/client-iam";
import type { RoleFacts } from "../../hosts/decide/hostFacts";
import { isAllowed } from "../../hosts/decide/policy";
import type { PolicyDocument, PolicyRequest, PolicyStatement } from "../../hosts/decide/policy";

/** Finds the role behind an instance profile, and every policy of it. */
export async function gatherRole(iam: IAM, profileArn: string): Promise<RoleFacts> {
    const profileName = profileArn.slice(profileArn.lastIndexOf("/") + 1);
    const profile = await orMissing(iam.getInstanceProfile({ InstanceProfileName: profileName }));
    const role = profile?.InstanceProfile?.Roles?.[0];
    if (role?.RoleName === undefined) {
        const what = profile === undefined ? "does not exist any more" : "holds no role";
        return { kind: "unusable", why: `instance profile ${profileName} ${what}` };
    }
    if (!trusts(role.AssumeRolePolicyDocument, /^ec2\.amazonaws\.com(\.cn)?$/)) {
        return { kind: "unusable", why: `role ${role.RoleName} does not trust ec2.amazonaws.com` };
    }
    const [policies, boundary] = await Promise.all([
        policiesOfRole(iam, role.RoleName),
        boundaryOfRole(iam, role.RoleName),
    ]);
    return { kind: "role", roleName: role.RoleName, policies, boundary };
}

/** Every policy of a role. */
export async function policiesOfRole(iam: IAM, roleName: string): Promise<readonly PolicyDocument[]> {
    return (await Promise.all([inlinePolicies(iam, roleName), attachedPolicies(iam, roleName)])).flat();
}

/** What bounds a role, as far as something does. */
export async function boundaryOfRole(iam: IAM, roleName: string): Promise<PolicyDocument | undefined> {
    const { Role } = await iam.getRole({ RoleName: roleName });
    const arn = Role?.PermissionsBoundary?.PermissionsBoundaryArn;
    return arn === undefined ? undefined : managedPolicy(iam, arn);
}

/**
 * Whether a service may take the role: a trust policy names that where others name resources.
 * @param context condition keys of the service's call
 */
export function trusts(
    text: string | undefined,
    service: RegExp,
    context: PolicyRequest["context"] = {},
): boolean {
    const { Statement } = parseDocument(text);
    const statements = (Array.isArray(Statement) ? Statement : [Statement]) as readonly (
        | (PolicyStatement & {
              readonly Principal?: string | { readonly Service?: string | readonly string[] };
          })
        | undefined
    )[];
    const trusting = statements.filter((statement) => {
        const principal = statement?.Principal;
        const services = typeof principal === "object" ? [principal.Service ?? []].flat() : [];
        return principal === "*" || services.some((one) => service.test(one));
    });
    const documents = trusting.map((statement) => ({ Statement: { ...statement, Resource: "*" } }));
    return isAllowed(documents, { action: "sts:AssumeRole", resource: "*", context });
}

async function inlinePolicies(iam: IAM, roleName: string): Promise<PolicyDocument[]> {
    const { PolicyNames: names = [] } = await iam.listRolePolicies({ RoleName: roleName });
    return Promise.all(
        names.map(async (name) => {
            const { PolicyDocument: text } = await iam.getRolePolicy({
                RoleName: roleName,
                PolicyName: name,
            });
            return parseDocument(text);
        }),
    );
}

async function attachedPolicies(iam: IAM, roleName: string): Promise<PolicyDocument[]> {
    const { AttachedPolicies: attached = [] } = await iam.listAttachedRolePolicies({ RoleName: roleName });
    return Promise.all(attached.map(({ PolicyArn = "" }) => managedPolicy(iam, PolicyArn)));
}

async function managedPolicy(iam: IAM, PolicyArn: string): Promise<PolicyDocument> {
    const { Policy: policy } = await iam.getPolicy({ PolicyArn });
    const { PolicyVersion: version } = await iam.getPolicyVersion({
        PolicyArn,
        VersionId: policy?.DefaultVersionId,
    });
    return parseDocument(version?.Document);
}

/** IAM gives documents encoded for URLs. */
function parseDocument(text: string | undefined): PolicyDocument {
    try {
        const plain = text?.trimStart().startsWith("{") === true ? text : decodeURIComponent(text ?? "{}");
        return JSON.parse(plain) as PolicyDocument;
    } catch {
        return {};
    }
}

async function orMissing<Output>(call: Promise<Output>): Promise<Output | undefined> {
    try {
        return await call;
    } catch (error) {
        if (error instanceof Error && error.name.startsWith("NoSuchEntity")) {
            return undefined;
        }
        throw error;
    }
}
