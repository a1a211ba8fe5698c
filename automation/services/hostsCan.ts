import { couldNotCheck } from "../../components/model/checks/finding";
import type { Verdict } from "../../components/model/checks/reads";
import { capabilities } from "../../components/model/capabilities/capabilities";
import { readEcrReference, type EcrReference } from "../../components/model/containers/ecrReference";
import { callContext, type HostCall } from "../../components/model/iam/hostCalls";
import { pullActions } from "../../components/model/iam/registryPolicies";
import { withRepositoryPolicy } from "../../components/model/iam/repositoryVerdict";
import { clusterArnOf } from "../../components/model/location";
import type { Problem } from "../../components/model/problem";
import { attributeText } from "../../components/model/services/explainPlacement";
import {
    judgeRight,
    logRight,
    pullRight,
    type Doer,
    type TaskRight,
} from "../../components/model/services/taskRights";
import type { Target } from "../environment/target";
import type { Caller, ContainerInstance } from "../ports/aws";
import type { TaskForm } from "../ports/deploymentServices";

type Asked = Pick<Target, "aws" | "clusterName">;
type Task = Pick<TaskForm, "image" | "executionRole" | "logs">;

type VerdictOn = (call: HostCall) => Verdict;

/** A role that something is done with for tasks. */
interface Role extends Doer {
    readonly arn: string;
}

const [ofAwslogs, ofExecutionRole] = capabilities.awslogs.attributes;

/**
 * What keeps every host, or one that ECS may choose, from running a task: attributes that none has registered, logs that may not be
 * written, images that may not be pulled. ECS places tasks by attributes and knows nothing of roles, so each of these hosts must do.
 * What may not be asked is a warning. Where there are no hosts yet, nothing is said of them.
 * @param required attributes that ECS says a registered task definition needs
 */
export async function hostProblems(
    { aws, clusterName }: Asked,
    task: Task,
    required: readonly string[] = [],
): Promise<readonly Problem[]> {
    const hosts = (await aws.ecs.containerInstances(clusterName)).filter(({ status }) => status === "ACTIVE");
    const ofRole = task.executionRole === undefined ? [] : [ofExecutionRole];
    const wanted = [...new Set([ofAwslogs, ...ofRole, ...required])];
    const lackingOn = (host: ContainerInstance): readonly string[] =>
        wanted.filter((name) => !(name in host.attributes));
    const able = hosts.filter((host) => lackingOn(host).length === 0);
    if (hosts.length > 0 && able.length === 0) {
        const lacking = hosts.map((host) => ({ id: host.instanceId, names: lackingOn(host) }));
        return [noneAble(lacking), ...(await rightProblems(aws, clusterName, task, hosts))];
    }
    return rightProblems(aws, clusterName, task, able);
}

interface LackingHost {
    readonly id: string;
    readonly names: readonly string[];
}

/** What lets a host register an attribute. */
const remedies: Readonly<Record<string, string>> = {
    [ofAwslogs]: "let agent.availableLoggingDrivers have awslogs, or leave it out",
    [ofExecutionRole]: "set agent.enableAwslogsExecutionRoleOverride to true, or leave it out",
};

function noneAble(hosts: readonly LackingHost[]): Problem {
    const all = [...new Set(hosts.flatMap(({ names }) => names))].sort();
    const missing = all.map((name) => {
        const without = hosts.filter(({ names }) => names.includes(name)).map(({ id }) => id);
        const where = without.length === hosts.length ? "all" : without.sort().join(", ");
        return `${attributeText(name)} on ${where}`;
    });
    const hints = all.flatMap((name) => remedies[name] ?? []);
    return {
        path: "",
        message: `no host has every attribute without which ECS places no task: missing ${missing.length === 1 ? "is" : "are"} ${missing.join("; ")}`,
        hint: hints.length === 0 ? undefined : hints.join("; "),
        severity: "error",
    };
}

async function rightProblems(
    aws: Target["aws"],
    clusterName: string,
    task: Task,
    hosts: readonly ContainerInstance[],
): Promise<readonly Problem[]> {
    try {
        const [caller, roles] = await Promise.all([aws.identity.caller(), rolesFor(aws, task, hosts)]);
        const clusterArn = clusterArnOf(caller, clusterName);
        const image = readEcrReference(task.image);
        const rights = [
            logRight(task.logs.group, clusterArn),
            ...(image === undefined ? [] : [pullRight(image)]),
        ];
        const found = await Promise.all(
            roles.map(async (role) => {
                const verdictOn = await verdictsOn(aws, role.arn, rights, clusterArn);
                const byBoth = await besidePolicy(aws, image, role.arn, { caller, clusterArn, verdictOn });
                return rights.flatMap((right) => judgeRight(right, role, byBoth));
            }),
        );
        return found.flat();
    } catch (error) {
        return [couldNotCheck("", "whether hosts may write logs and pull the image", error)];
    }
}

/** The execution role, where one is named: the agent takes it in place of the hosts'. */
async function rolesFor(
    aws: Target["aws"],
    { executionRole }: Task,
    hosts: readonly ContainerInstance[],
): Promise<readonly Role[]> {
    if (executionRole !== undefined) {
        const exists = (await aws.iam.trustedServices(nameIn(executionRole))) !== undefined;
        const role = { arn: executionRole, name: `role ${nameIn(executionRole)}`, isExecutionRole: true };
        return exists ? [role] : [];
    }
    const instances = await aws.ec2.instancesById(hosts.map(({ instanceId }) => instanceId));
    const profiles = new Set(instances.flatMap(({ instanceProfileName }) => instanceProfileName ?? []));
    const roles = await Promise.all(
        [...profiles].map(async (profile) => {
            const arn = (await aws.iam.instanceProfile(profile))?.roleArn;
            const members = instances.filter(({ instanceProfileName }) => instanceProfileName === profile);
            const ids = members.map(({ instanceId }) => instanceId).sort();
            const name = `role ${nameIn(arn ?? "")} of ${ids.length === 1 ? "host" : "hosts"} ${ids.join(", ")}`;
            return arn === undefined ? [] : [{ arn, name, isExecutionRole: false }];
        }),
    );
    return roles.flat();
}

function nameIn(arn: string): string {
    return arn.split("/").at(-1) ?? arn;
}

/** What the role's own policies say, each resource asked about once. */
async function verdictsOn(
    aws: Target["aws"],
    roleArn: string,
    rights: readonly TaskRight[],
    clusterArn: string,
): Promise<VerdictOn> {
    const calls = rights.flatMap((right) => right.calls);
    const verdicts = new Map(
        await Promise.all(
            [...new Set(calls.map(({ resource }) => resource))].map(async (resource) => {
                const actions = calls
                    .filter((call) => call.resource === resource)
                    .map(({ action }) => action);
                const question = { actions, resource, context: callContext(clusterArn) };
                return [resource, await aws.iam.verdictsOnRole(roleArn, question)] as const;
            }),
        ),
    );
    return ({ action, resource }) => verdicts.get(resource)?.get(action) ?? "unknown";
}

/** What the role may do with the policy of the repository beside its own, of which IAM's simulator does not know. */
async function besidePolicy(
    aws: Target["aws"],
    image: EcrReference | undefined,
    roleArn: string,
    own: { readonly caller: Caller; readonly clusterArn: string; readonly verdictOn: VerdictOn },
): Promise<VerdictOn> {
    const { caller, clusterArn, verdictOn } = own;
    const isNear = image?.accountId === caller.accountId && image.region === caller.region;
    const policy = isNear ? await aws.ecr.policy(image.repository) : undefined;
    if (image === undefined || policy === undefined) {
        return verdictOn;
    }
    const pulls = pullRight(image).calls.filter(({ action }) => pullActions.some((one) => one === action));
    const refused = pulls.filter((call) => verdictOn(call) === "denied");
    const [first] = refused;
    const question = { actions: refused.map(({ action }) => action), context: callContext(clusterArn) };
    const denials =
        first === undefined
            ? []
            : await aws.iam.deniedToRole(roleArn, { ...question, resource: first.resource });
    const final = denials.filter(({ by, isExplicit }) => isExplicit === true || by !== "policies");
    return (call) => {
        const verdict = verdictOn(call);
        const isFinal = final.some(({ action }) => action === call.action);
        return pulls.some(({ action }) => action === call.action)
            ? withRepositoryPolicy(policy, roleArn, call.action, { verdict, isFinal })
            : verdict;
    };
}
