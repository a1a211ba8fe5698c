import { agentNeeds } from "../iam/agentNeeds";
import { callContext, hostCall, joiningActions, reportingActions, type HostCall } from "../iam/hostCalls";
import { managedPolicyArn } from "../iam/policies";
import { tokenAction } from "../iam/registryPolicies";
import { clusterArnOf, locationOf } from "../location";
import type { ResolvedSettings } from "../settings";
import { refusal, unansweredCode, warning, type Finding, type Findings } from "./finding";
import type { Caller, Reads, Verdict } from "./reads";

type ProfileReads = Pick<Reads, "instanceProfile" | "verdictsOnRole">;
type ProfileSettings = Pick<
    ResolvedSettings,
    "instanceRole" | "agent" | "clusterName" | "capabilities" | "containerRegistry"
>;

const path = "instanceRole.instanceProfileName";

/** Something that the settings want of a role, with what comes of it where the role may not do it. */
interface Need {
    readonly path: string;
    readonly actions: readonly string[];
    /** The log group that its calls of CloudWatch Logs are about. @default - the one of the agent's own log */
    readonly logGroupName?: string;
    readonly otherwise: string;
    readonly severity: "error" | "warning";
}

/**
 * An instance profile that exists must let hosts do what the settings want of them: IAM evaluates its role's policies.
 * Where the caller may not have that evaluated, what depends on settings is named, so that a person can look.
 */
export async function checkInstanceProfile(
    reads: ProfileReads,
    settings: ProfileSettings,
    caller: Promise<Caller>,
): Promise<Findings> {
    const { instanceRole } = settings;
    if (instanceRole.mode === "create") {
        return [];
    }
    const name = instanceRole.instanceProfileName;
    try {
        const profile = await reads.instanceProfile(name);
        if (profile === undefined) {
            return [refusal("INSTANCE_PROFILE_NOT_FOUND", path, `there is no instance profile ${name}`)];
        }
        if (profile.roleArn === undefined) {
            const message = `the instance profile ${name} holds no role: hosts could not join`;
            const hint = `aws iam add-role-to-instance-profile --instance-profile-name ${name} --role-name <role>`;
            return [refusal("INSTANCE_PROFILE_TOO_NARROW", path, message, hint)];
        }
        return await judgeRole(reads, settings, name, profile.roleArn, await caller);
    } catch (error) {
        const code = unansweredCode(error);
        if (code === undefined) {
            throw error;
        }
        const message = `could not check the instance profile: ${(error as Error).message}`;
        return [warning(code, "instanceRole", message), ...unjudged(code, settings, name)];
    }
}

async function judgeRole(
    reads: ProfileReads,
    settings: ProfileSettings,
    name: string,
    roleArn: string,
    caller: Caller,
): Promise<Findings> {
    const clusterArn = clusterArnOf(caller, settings.clusterName);
    const needs = [...everyNeed, ...needsOf(settings)].map((need) => ({
        ...need,
        calls: callsOf(need, clusterArn, settings.agent),
    }));
    const calls = needs.flatMap((need) => need.calls);
    const verdicts = new Map<string, Verdict>();
    const resources = [...new Set(calls.map(({ resource }) => resource))];
    await Promise.all(
        resources.map(async (resource) => {
            const same = calls.filter((call) => call.resource === resource);
            const actions = [...new Set(same.map(({ action }) => action))];
            const question = { actions, resource, context: callContext(clusterArn) };
            (await reads.verdictsOnRole(roleArn, question)).forEach((verdict, action) =>
                verdicts.set(keyOf({ action, resource }), verdict),
            );
        }),
    );
    const policy = `aws iam attach-role-policy --role-name ${roleArn.split("/").at(-1)} --policy-arn ${managedPolicyArn(locationOf(caller).partition)}`;
    return needs.flatMap((need) =>
        judgeNeed(need, verdicts, `the role of the instance profile ${name}`, policy),
    );
}

function callsOf({ actions, logGroupName }: Need, clusterArn: string, agent: ProfileSettings["agent"]) {
    const about = logGroupName === undefined ? agent : { logOpts: { "awslogs-group": logGroupName } };
    return actions.map((action) => hostCall(action, clusterArn, about));
}

function keyOf({ action, resource }: HostCall): string {
    return `${action} ${resource}`;
}

function judgeNeed(
    { path: of, calls, otherwise, severity }: Need & { readonly calls: readonly HostCall[] },
    verdicts: ReadonlyMap<string, Verdict>,
    role: string,
    hint: string,
): Findings {
    const are = (verdict: Verdict): readonly string[] =>
        calls
            .filter((call) => (verdicts.get(keyOf(call)) ?? "unknown") === verdict)
            .map(({ action }) => action);
    const [denied, unknown] = [are("denied"), are("unknown")];
    if (denied.length > 0) {
        const message = `needs ${denied.join(" and ")}, which ${role} does not allow: ${otherwise}`;
        const say = severity === "error" ? refusal : warning;
        return [say("INSTANCE_PROFILE_TOO_NARROW", of, message, hint)];
    }
    const message = `needs ${unknown.join(" and ")}, and whether ${role} allows that depends on conditions that only a host's own calls meet: without it ${otherwise}`;
    return unknown.length > 0 ? [warning("INSTANCE_PROFILE_TOO_NARROW", of, message)] : [];
}

const everyNeed: readonly Need[] = [
    { path, actions: joiningActions, otherwise: "hosts could not join", severity: "error" },
    {
        path,
        actions: reportingActions,
        otherwise: "ECS would not learn what becomes of tasks",
        severity: "warning",
    },
];

/**
 * What depends on settings. Of a pull only the token is asked for: the policies of the environment's repositories name the role, which
 * is enough within an account (IAM user guide, "Policy evaluation logic"), and IAM's simulator does not know them.
 */
function needsOf({ agent, capabilities, containerRegistry }: ProfileSettings): readonly Need[] {
    const ofAgent = agentNeeds(agent).map(({ field, ...need }) => ({ ...need, path: `agent.${field}` }));
    return [
        ...ofAgent,
        ...(containerRegistry === undefined ? [] : [pull]),
        ...(capabilities.awslogs === undefined ? [] : [logTo(capabilities.awslogs.logGroupName)]),
    ];
}

const pull: Need = {
    path: "containerRegistry",
    actions: [tokenAction],
    otherwise: "tasks could pull from the repositories with an execution role of their own only",
    severity: "warning",
};

function logTo(logGroupName: string): Need {
    return {
        path: "capabilities.awslogs",
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        logGroupName,
        otherwise: "tasks could log with an execution role of their own only",
        severity: "warning",
    };
}

function unjudged(code: Finding["code"], settings: ProfileSettings, name: string): Findings {
    return needsOf(settings).map(({ path: of, actions, otherwise }) =>
        warning(
            code,
            of,
            `needs ${actions.join(" and ")}, and nobody has looked whether the role of the instance profile ${name} allows that: without it ${otherwise}`,
        ),
    );
}
