import {
    DeleteInstanceProfileCommand,
    DeleteRoleCommand,
    DeleteRolePolicyCommand,
    DetachRolePolicyCommand,
    GetInstanceProfileCommand,
    GetRoleCommand,
    IAMClient,
    ListAccountAliasesCommand,
    ListInstanceProfileTagsCommand,
    ListRoleTagsCommand,
    paginateListAttachedRolePolicies,
    paginateListInstanceProfiles,
    paginateListInstanceProfilesForRole,
    paginateListRolePolicies,
    paginateListRoles,
    paginateSimulatePrincipalPolicy,
    RemoveRoleFromInstanceProfileCommand,
    type EvaluationResult,
} from "@aws-sdk/client-iam";

import type { IamService, TaggedName, Tags } from "../ports/awsServices";
import { verdictOf, type RoleQuestion } from "../../components/model/checks/reads";
import type { DeniedAction } from "../../components/model/diagnosis/evidence";
import { carries, type TagQuery } from "../../components/model/tags";
import { collect, tagsOf, unless } from "./collect";
import type { AwsSession } from "./session";

const noEntity = ["NoSuchEntity", "NoSuchEntityException"];

/** It is told for the sake of people alone, and every command that locks waits for it: IAM may be out of reach where the rest is not. */
const aliasMilliseconds = 2_000;

export function createIamService(session: AwsSession): IamService {
    const client = session.connect(new IAMClient(session.configuration("IAM")), "IAM", "iam");
    const onceOnly = session.connect(
        new IAMClient({ ...session.configuration("IAM"), maxAttempts: 1 }),
        "IAM",
        "iam",
    );
    return {
        accountAlias: async () => {
            const abortSignal = AbortSignal.timeout(aliasMilliseconds);
            const { AccountAliases } = await onceOnly.send(new ListAccountAliasesCommand({}), {
                abortSignal,
            });
            return AccountAliases?.[0];
        },
        instanceProfile: (name) =>
            unless(noEntity, undefined, async () => {
                const command = new GetInstanceProfileCommand({ InstanceProfileName: name });
                const { InstanceProfile } = await client.send(command);
                return { roleArn: InstanceProfile?.Roles?.[0]?.Arn };
            }),
        verdictsOnRole: async (roleArn, question) =>
            new Map(
                (await simulate(client, roleArn, question)).map(
                    ({ EvalActionName = "", EvalDecision, MissingContextValues = [] }) => [
                        EvalActionName,
                        verdictOf(EvalDecision === "allowed", MissingContextValues),
                    ],
                ),
            ),
        trustedServices: (RoleName) =>
            unless(noEntity, undefined, async () => {
                const { Role } = await client.send(new GetRoleCommand({ RoleName }));
                return servicesIn(Role?.AssumeRolePolicyDocument);
            }),
        deniedToRole: async (roleArn, question) =>
            (await simulate(client, roleArn, question)).flatMap(denial),
        roles: async (tags, fits) => (await roles(client, tags, fits)).map(({ name }) => name),
        instanceProfiles: async (tags, fits) =>
            (await instanceProfiles(client, tags, fits)).map(({ name }) => name),
        tagged: async (tags, fits) => [
            ...(await roles(client, tags, fits)),
            ...(await instanceProfiles(client, tags, fits)),
        ],
        removeRole: (name) => removeRole(client, name),
        removeInstanceProfile: (name) => removeInstanceProfile(client, name),
    };
}

/** What IAM takes where it is told of no resource. */
const everything = "*";

async function simulate(
    client: IAMClient,
    PolicySourceArn: string,
    { actions, resource, context }: RoleQuestion,
): Promise<readonly EvaluationResult[]> {
    const question = {
        PolicySourceArn,
        ActionNames: [...actions],
        ResourceArns: resource === everything ? undefined : [resource],
        ContextEntries: Object.entries(context).map(([ContextKeyName, value]) => ({
            ContextKeyName,
            ContextKeyType: "string" as const,
            ContextKeyValues: [value],
        })),
    };
    return collect(paginateSimulatePrincipalPolicy({ client }, question), (page) => page.EvaluationResults);
}

/** A call that is certainly denied. IAM says of each layer whether it allows the call (API reference, EvaluationResult). */
function denial(result: EvaluationResult): readonly DeniedAction[] {
    const { EvalActionName: action = "", EvalDecision, MissingContextValues = [] } = result;
    if (verdictOf(EvalDecision === "allowed", MissingContextValues) !== "denied") {
        return [];
    }
    const { OrganizationsDecisionDetail: organization, PermissionsBoundaryDecisionDetail: boundary } = result;
    const isExplicit = EvalDecision === "explicitDeny" && ({ isExplicit: true } as const);
    if (organization?.AllowedByOrganizations === false) {
        return [{ action, by: "organization", ...isExplicit }];
    }
    const by = boundary?.AllowedByPermissionsBoundary === false ? "boundary" : "policies";
    return [{ action, by, ...isExplicit }];
}

interface TrustStatement {
    readonly Effect?: string;
    readonly Principal?: string | { readonly Service?: string | readonly string[] };
}

/** The services that a trust policy lets take the role; IAM gives it encoded for URLs. */
function servicesIn(document = "%7B%7D"): readonly string[] {
    const { Statement = [] } = JSON.parse(decodeURIComponent(document)) as {
        readonly Statement?: TrustStatement | readonly TrustStatement[];
    };
    return [Statement]
        .flat()
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap(({ Principal }) => (typeof Principal === "object" ? [Principal.Service ?? []].flat() : []));
}

/** Each step of its own: one that was done and asked for again, since its answer was lost, must not end the rest. */
async function unlessGone(step: () => Promise<unknown>): Promise<void> {
    await unless(noEntity, undefined, step);
}

/** A role goes when no profile has it and no policy hangs on it (IAM API reference, DeleteRole). */
async function removeRole(client: IAMClient, RoleName: string): Promise<void> {
    await unlessGone(async () => {
        const [profiles, attached, inline] = await Promise.all([
            collect(
                paginateListInstanceProfilesForRole({ client }, { RoleName }),
                (page) => page.InstanceProfiles,
            ),
            collect(
                paginateListAttachedRolePolicies({ client }, { RoleName }),
                (page) => page.AttachedPolicies,
            ),
            collect(paginateListRolePolicies({ client }, { RoleName }), (page) => page.PolicyNames),
        ]);
        for (const { InstanceProfileName } of profiles) {
            await takeOutOfProfile(client, RoleName, InstanceProfileName);
        }
        for (const { PolicyArn } of attached) {
            await unlessGone(() => client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })));
        }
        for (const PolicyName of inline) {
            await unlessGone(() => client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })));
        }
        await client.send(new DeleteRoleCommand({ RoleName }));
    });
}

async function removeInstanceProfile(client: IAMClient, InstanceProfileName: string): Promise<void> {
    await unlessGone(async () => {
        const { InstanceProfile } = await client.send(new GetInstanceProfileCommand({ InstanceProfileName }));
        for (const { RoleName } of InstanceProfile?.Roles ?? []) {
            await takeOutOfProfile(client, RoleName, InstanceProfileName);
        }
        await client.send(new DeleteInstanceProfileCommand({ InstanceProfileName }));
    });
}

function takeOutOfProfile(
    client: IAMClient,
    RoleName: string | undefined,
    InstanceProfileName: string | undefined,
): Promise<void> {
    return unlessGone(() =>
        client.send(new RemoveRoleFromInstanceProfileCommand({ RoleName, InstanceProfileName })),
    );
}

type Listed = readonly TaggedName[];

async function roles(client: IAMClient, tags: TagQuery, fits: (name: string) => boolean): Promise<Listed> {
    const all = await collect(paginateListRoles({ client, pageSize: 1000 }, {}), (page) => page.Roles);
    return withTags(all.map((role) => role.RoleName ?? "").filter(fits), tags, async (name) =>
        tagsOf((await client.send(new ListRoleTagsCommand({ RoleName: name }))).Tags),
    );
}

async function instanceProfiles(
    client: IAMClient,
    tags: TagQuery,
    fits: (name: string) => boolean,
): Promise<Listed> {
    const all = await collect(
        paginateListInstanceProfiles({ client, pageSize: 1000 }, {}),
        (page) => page.InstanceProfiles,
    );
    const names = all.map((profile) => profile.InstanceProfileName ?? "").filter(fits);
    return withTags(names, tags, async (name) =>
        tagsOf((await client.send(new ListInstanceProfileTagsCommand({ InstanceProfileName: name }))).Tags),
    );
}

// Neither list names tags, and neither takes a filter: the tags are read one by one, of the few whose name fits.
async function withTags(
    names: readonly string[],
    wanted: TagQuery,
    read: (name: string) => Promise<Tags>,
): Promise<Listed> {
    const found: TaggedName[] = [];
    for (const name of names) {
        const tags = await unless(noEntity, {}, () => read(name));
        if (carries(tags, wanted)) {
            found.push({ name, tags });
        }
    }
    return found;
}
