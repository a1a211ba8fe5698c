import type { AgentSettings } from "../settings/settings.generated";

/** A call that a host makes with its role. */
export interface HostCall {
    readonly action: string;
    /** ARN of what it is about; `*` where the action knows no resources. */
    readonly resource: string;
}

/** Without these no host joins its cluster, and no task starts there (amazon-ecs-agent, ecs-agent/api/ecs/interface.go). */
export const joiningActions = [
    "ecs:RegisterContainerInstance",
    "ecs:DiscoverPollEndpoint",
    "ecs:Poll",
] as const;

/** Without these ECS does not learn what becomes of a host's tasks. */
export const reportingActions = ["ecs:SubmitContainerStateChange", "ecs:SubmitTaskStateChange"] as const;

/** What ECS gives a container instance as its id, made up. */
const someId = "0123456789abcdef0123456789abcdef";
const ofContainerInstance = ["ecs:Poll", "ecs:TagResource", "ecs:UpdateContainerInstancesState"];

/**
 * A call of a host in a cluster, with the resource that it is about (Service Authorization Reference, "Actions,
 * resources, and condition keys" for Amazon ECS, Amazon CloudWatch Logs and Amazon ECR).
 */
export function hostCall(action: string, clusterArn: string, agent: AgentSettings): HostCall {
    if (ofContainerInstance.includes(action)) {
        return { action, resource: `${clusterArn.replace(":cluster/", ":container-instance/")}/${someId}` };
    }
    if (action.startsWith("ecs:") && action !== "ecs:DiscoverPollEndpoint") {
        return { action, resource: clusterArn };
    }
    return { action, resource: action.startsWith("logs:") ? logResource(action, clusterArn, agent) : "*" };
}

/** What a host's calls carry that policies ask for, beside the resource. */
export function callContext(clusterArn: string): Readonly<Record<string, string>> {
    return {
        "aws:RequestedRegion": clusterArn.split(":")[3] ?? "",
        "ecs:cluster": clusterArn,
        "ecs:CreateAction": "RegisterContainerInstance",
    };
}

function logResource(action: string, clusterArn: string, { logOpts = {} }: AgentSettings): string {
    const [arn, partition, , region, accountId] = clusterArn.split(":");
    const group = [
        arn,
        partition,
        "logs",
        logOpts["awslogs-region"] ?? region,
        accountId,
        "log-group",
        logOpts["awslogs-group"] ?? "*",
    ].join(":");
    return action === "logs:CreateLogGroup"
        ? group
        : `${group}:log-stream:${logOpts["awslogs-stream"] ?? someId}`;
}
