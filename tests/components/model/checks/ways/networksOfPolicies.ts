import { byEndpoints, byGateway, gateway, noGateway, ofEcs, others } from "./networksOfEndpoints";
import type { Case } from "./ways.test";

const allowEcs = (action: string | readonly string[], more: object = {}) => ({
    Statement: [{ Effect: "Allow", Principal: "*", Action: action, Resource: "*", ...more }],
});
const inside = { ...gateway, endpoints: [...gateway.endpoints, ...ofEcs], others };

/**
 * Policies of the interface endpoints of ECS (VPC user guide, "Control access to VPC endpoints"). The verdicts were worked out by
 * hand.
 */
export const networksOfPolicies: readonly Case[] = [
    [
        "endpoints of ECS whose policy is for nobody's joining",
        {
            ...inside,
            policyInside: allowEcs("ecs:Submit*"),
        },
        {
            s3: byGateway,
            ecs: "closed: the policy of its interface endpoint vpce-2 lets nobody call ecs:DiscoverPollEndpoint and ecs:RegisterContainerInstance",
            suse: noGateway,
        },
    ],
    [
        "endpoints of ECS whose policy lets hosts register, and not poll",
        {
            ...inside,
            policyInside: allowEcs(["ecs:Register*", "ecs:DiscoverPollEndpoint"]),
        },
        {
            s3: byGateway,
            ecs: "closed: the policy of its interface endpoint vpce-3 lets nobody call ecs:Poll",
            suse: noGateway,
        },
    ],
    [
        "endpoints of ECS whose policy denies what it also allows",
        {
            ...inside,
            policyInside: {
                Statement: [
                    ...allowEcs("*").Statement,
                    { Effect: "Deny", Principal: "*", Action: "ecs:Poll", Resource: "*" },
                ],
            },
        },
        {
            s3: byGateway,
            ecs: "closed: the policy of its interface endpoint vpce-3 lets nobody call ecs:Poll",
            suse: noGateway,
        },
    ],
    [
        "endpoints of ECS whose policy is for everybody",
        { ...inside, policyInside: allowEcs("ecs:*") },
        { s3: byGateway, ecs: byEndpoints, suse: noGateway },
    ],
    [
        "endpoints of ECS whose policy is for one role, or one cluster, which may be the hosts' own",
        {
            ...inside,
            policyInside: allowEcs("ecs:*", { Principal: { AWS: "arn:aws:iam::123456789012:role/hosts" } }),
        },
        {
            s3: byGateway,
            ecs: "doubtful: the policy of its interface endpoint vpce-2 lets nobody call ecs:DiscoverPollEndpoint and ecs:RegisterContainerInstance, unless what it allows is for the hosts' role and cluster",
            suse: noGateway,
        },
    ],
    [
        "endpoints of ECS whose policy has a condition",
        {
            ...inside,
            policyInside: allowEcs("ecs:*", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
        },
        { s3: byGateway, ecs: "doubtful: the policy of its interface endpoint vpce-2…", suse: noGateway },
    ],
];
