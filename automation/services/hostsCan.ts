import { couldNotCheck } from "../../components/model/checks/finding";
import type { Verdict } from "../../components/model/checks/reads";
import { capabilities } from "../../components/model/capabilities/capabilities";
import { readEcrReference, type EcrReference } from "../../components/model/containers/ecrReference";
import { callContext, type HostCall } from "../../components/model/iam/hostCalls";
import { letsPull, pullActions } from "../../components/model/iam/registryPolicies";
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

/** A role that something is done with for tasks. */
interface Role extends Doer {
    readonly arn: string;
}

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
    const [ofHost, ofRole] = capabilities.awslogs.attributes;
    const wanted = [...new Set([ofHost, ...(task.executionRole === undefined ? [] : [ofRole]), ...required])];
    const lackingOn = (host: ContainerInstance): readonly string[] =>
        wanted.filter((name) => !(name in host.attributes));
    const able = hosts.filter((host) => lackingOn(host).length === 0);
    if (hosts.length > 0 && able.length === 0) {
        const lacking = [...new Set(hosts.flatMap(lackingOn))].sort();
        return [noneAble(lacking), ...(await rightProblems(aws, clusterName, task, hosts))];
    }
    return rightProblems(aws, clusterName, task, able);
}

function noneAble(lacking: readonly string[]): Problem {
    return {
        path: "",
        message: `no host has every attribute without which ECS places no task: ${lacking.map(attributeText).join(", ")} ${lacking.length === 1 ? "is" : "are"} missing`,
        hint: lacking.some((name) => name.endsWith("awslogs"))
            ? "let agent.availableLoggingDrivers have awslogs, or leave it out"
            : undefined,
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
                const ofPolicy = await pullsByPolicy(aws, image, role.arn, caller);
                return rights.flatMap((right) =>
                    judgeRight(right, role, (call) => ofPolicy(call) ?? verdictOn(call)),
                );
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
): Promise<(call: HostCall) => Verdict> {
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

/** IAM's simulator does not know what the policy of a repository allows beside it. */
async function pullsByPolicy(
    aws: Target["aws"],
    image: EcrReference | undefined,
    roleArn: string,
    { accountId, region }: Caller,
): Promise<(call: HostCall) => Verdict | undefined> {
    const isNear = image?.accountId === accountId && image.region === region;
    const policy = isNear ? await aws.ecr.policy(image.repository) : undefined;
    const lets = policy !== undefined && letsPull(policy, roleArn);
    const isPull = (action: string): boolean => pullActions.some((one) => one === action);
    return ({ action }) => (lets && isPull(action) ? "allowed" : undefined);
}
