/**
 * The endpoints that the agent speaks to
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html).
 */
export const ecsServices = ["ecs", "ecs-agent", "ecs-telemetry"] as const;
