import type { AgentSettings } from "../settings/settings.generated";
import { agentNeeds } from "./agentNeeds";
import type { PolicyDocument, PolicyStatement } from "./policies";

/** What an environment has of its own, so that its hosts need nobody else's. */
interface HostRights {
    /** Repositories, with a policy that lets hosts pull from these alone. @default false */
    readonly hasRegistry?: boolean;
    /** Names of the only log groups that tasks log to with the host's role, `*` for any end. @default - they may log to any */
    readonly taskLogGroups?: readonly string[];
}

/**
 * What the agent of a host in one cluster calls with its settings, and no more. Next to AWS's managed policy it lacks
 * ecs:CreateCluster (the agent calls it only when no cluster is configured, and then makes `default`), and
 * everything about a cluster is bound to this one. Which of resource and condition an action knows: Service
 * Authorization Reference, "Actions, resources, and condition keys for Amazon ECS".
 */
export function leastPrivilegePolicy(
    clusterArn: string,
    agent: AgentSettings,
    { hasRegistry = false, taskLogGroups }: HostRights = {},
): PolicyDocument {
    const ofThisCluster = { ArnEquals: { "ecs:cluster": clusterArn } };
    const needed = new Set(agentNeeds(agent).flatMap(({ actions }) => actions));
    const draining = [...needed].filter((action) => action === "ecs:UpdateContainerInstancesState");
    const anywhere = [...needed].filter(
        (action) => action === "ec2:DescribeTags" || action === "logs:CreateLogGroup",
    );
    return {
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Action: [
                    "ecs:RegisterContainerInstance",
                    "ecs:DeregisterContainerInstance",
                    "ecs:SubmitAttachmentStateChanges",
                    "ecs:SubmitContainerStateChange",
                    "ecs:SubmitTaskStateChange",
                ],
                Resource: [clusterArn],
            },
            {
                Effect: "Allow",
                Action: ["ecs:Poll", "ecs:StartTelemetrySession", ...draining],
                Resource: ["*"],
                Condition: ofThisCluster,
            },
            {
                Effect: "Allow",
                Action: [
                    "ecs:DiscoverPollEndpoint",
                    ...(hasRegistry ? [] : pullsFromAnywhere),
                    ...(taskLogGroups === undefined ? logActions : []),
                    ...anywhere,
                ],
                Resource: ["*"],
            },
            ...(taskLogGroups === undefined ? [] : [writeLogs(clusterArn, taskLogGroups, agent)]),
            readTags(clusterArn),
            ...(needed.has("ecs:TagResource") ? [tagAtRegistration(clusterArn)] : []),
        ],
    };
}

/** In the order that roles which stand have them. */
const pullsFromAnywhere = [
    "ecr:GetAuthorizationToken",
    "ecr:BatchCheckLayerAvailability",
    "ecr:GetDownloadUrlForLayer",
    "ecr:BatchGetImage",
];
const logActions = ["logs:CreateLogStream", "logs:PutLogEvents"] as const;

/** To the log groups of tasks, and to that of the agent's own container, where it has one. */
function writeLogs(
    clusterArn: string,
    taskLogGroups: readonly string[],
    { logDriver, logOpts = {} }: AgentSettings,
): PolicyStatement {
    const [arn, partition, , ownRegion = "", accountId] = clusterArn.split(":");
    const streamsOf = (name: string, region = ownRegion): string =>
        [arn, partition, "logs", region, accountId, "log-group", name, "log-stream", "*"].join(":");
    const agentGroup = logDriver === "awslogs" ? logOpts["awslogs-group"] : undefined;
    return {
        Effect: "Allow",
        Action: logActions,
        Resource: [
            ...taskLogGroups.map((name) => streamsOf(name)),
            ...(agentGroup === undefined ? [] : [streamsOf(agentGroup, logOpts["awslogs-region"])]),
        ],
    };
}

/**
 * The agent reads the tags of a task and of its own host when a container asks for `/taskWithTags` (amazon-ecs-agent,
 * agent/handlers/v2/response.go).
 */
function readTags(clusterArn: string): PolicyStatement {
    return {
        Effect: "Allow",
        Action: ["ecs:ListTagsForResource"],
        Resource: [membersOf(clusterArn, "container-instance"), membersOf(clusterArn, "task")],
    };
}

/** ARNs of what is in a cluster have its name in them, such as .../container-instance/<cluster>/<id>. */
function membersOf(clusterArn: string, kind: "container-instance" | "task"): string {
    return `${clusterArn.replace(":cluster/", `:${kind}/`)}/*`;
}

function tagAtRegistration(clusterArn: string): PolicyStatement {
    return {
        Effect: "Allow",
        Action: ["ecs:TagResource"],
        Resource: [membersOf(clusterArn, "container-instance")],
        Condition: { StringEquals: { "ecs:CreateAction": ["RegisterContainerInstance"] } },
    };
}
