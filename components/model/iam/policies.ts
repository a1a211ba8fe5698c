import type { ResolvedCreatedRole } from "../settings/sections/instanceRole";

export interface PolicyStatement {
    readonly Effect: "Allow";
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument {
    readonly Version: "2012-10-17";
    readonly Statement: readonly PolicyStatement[];
}

interface TrustDocument {
    readonly Version: "2012-10-17";
    readonly Statement: readonly [
        {
            readonly Effect: "Allow";
            readonly Action: "sts:AssumeRole";
            readonly Principal: { readonly Service: string };
        },
    ];
}

/**
 * Lets EC2 instances take the role. In China the service has a name of its own (AWS CDK, region-info, servicePrincipal:
 * https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/region-info/lib/default.ts).
 */
export function assumeRoleDocument(partition: string): TrustDocument {
    const Service = partition === "aws-cn" ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com";
    return {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service } }],
    };
}

/** The policy of SUSE's guide, section 2, to the letter. */
export const susePolicy: PolicyDocument = {
    Version: "2012-10-17",
    Statement: [
        {
            Effect: "Allow",
            Action: [
                "ecs:CreateCluster",
                "ecs:DeregisterContainerInstance",
                "ecs:DiscoverPollEndpoint",
                "ecs:Poll",
                "ecs:RegisterContainerInstance",
                "ecs:Submit*",
                "ecs:StartTask",
                "ecs:DescribeTasks",
                "ecs:StopTask",
                "ecs:RegisterTaskDefinition",
                "ecs:DescribeTaskDefinition",
                "ecs:DescribeContainerInstances",
                "ecs:StartTelemetrySession",
            ],
            Resource: ["*"],
        },
    ],
};

/** ARN of AWS's own policy for container instances, in the partition (aws, aws-cn, aws-us-gov) it is used in. */
export function managedPolicyArn(partition: string): string {
    return `arn:${partition}:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role`;
}

/** What it allows of the things that depend on the agent's settings (AWS managed policy reference, version 10). */
const managedPolicyActions = [
    "ec2:DescribeTags",
    "ecs:TagResource",
    "ecs:UpdateContainerInstancesState",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
] as const;

/** Which of these actions a role with that policy may not call; `leastPrivilege` has what the settings need. */
export function missingFromPolicy(
    policy: ResolvedCreatedRole["policy"],
    actions: readonly string[],
): readonly string[] {
    switch (policy) {
        case "leastPrivilege":
            return [];
        case "suse":
            return notAllowed(
                actions,
                susePolicy.Statement.flatMap(({ Action }) => Action),
            );
        case "awsManaged":
            return notAllowed(actions, managedPolicyActions);
    }
}

function notAllowed(actions: readonly string[], allowed: readonly string[]): readonly string[] {
    return actions.filter(
        (action) =>
            !allowed.some((one) =>
                one.endsWith("*") ? action.startsWith(one.slice(0, -1)) : action === one,
            ),
    );
}
