import type { PolicyDocument } from "./policyDocument";

/**
 * What the agent of a host in one cluster calls, and no more. Next to AWS's managed policy it lacks
 * ecs:CreateCluster (the agent calls it only when no cluster is configured, and then makes `default`), and
 * everything about a cluster is bound to this one. Which of resource and condition an action knows: Service
 * Authorization Reference, "Actions, resources, and condition keys for Amazon ECS".
 */
export function leastPrivilegePolicy(clusterArn: string): PolicyDocument {
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
                Action: ["ecs:Poll", "ecs:StartTelemetrySession"],
                Resource: ["*"],
                Condition: { ArnEquals: { "ecs:cluster": clusterArn } },
            },
            {
                Effect: "Allow",
                Action: [
                    "ecs:DiscoverPollEndpoint",
                    "ecr:GetAuthorizationToken",
                    "ecr:BatchCheckLayerAvailability",
                    "ecr:GetDownloadUrlForLayer",
                    "ecr:BatchGetImage",
                    "logs:CreateLogStream",
                    "logs:PutLogEvents",
                ],
                Resource: ["*"],
            },
        ],
    };
}
