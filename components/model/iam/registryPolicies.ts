import type { PolicyDocument, PolicyStatement } from "./policies";

/** What docker and the agent call to pull (https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html). */
export const pullActions = [
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:GetDownloadUrlForLayer",
] as const;
/** The same page: what a push calls beside the first of these. */
const pushActions = [
    "ecr:CompleteLayerUpload",
    "ecr:DescribeImages",
    "ecr:InitiateLayerUpload",
    "ecr:PutImage",
    "ecr:UploadLayerPart",
] as const;

/** What every pull and push begins with; it knows no resources. */
export const tokenAction = "ecr:GetAuthorizationToken";

/** Lets hosts pull from these repositories, and push where the settings say so. */
export function registryPolicy(repositoryArns: readonly string[], mayPush: boolean): PolicyDocument {
    return {
        Version: "2012-10-17",
        Statement: [
            { Effect: "Allow", Action: [tokenAction], Resource: ["*"] },
            {
                Effect: "Allow",
                Action: [...pullActions, ...(mayPush ? pushActions : [])],
                Resource: repositoryArns,
            },
        ],
    };
}

interface RepositoryPolicyDocument {
    readonly Version: "2012-10-17";
    readonly Statement: readonly (Omit<PolicyStatement, "Resource"> & {
        readonly Sid: string;
        readonly Principal: { readonly AWS: string };
    })[];
}

/** A repository's own policy: it names the hosts of one environment, and nobody else. */
export function repositoryPolicy(roleArn: string, mayPush: boolean): RepositoryPolicyDocument {
    return {
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "HostsOfTheEnvironment",
                Effect: "Allow",
                Principal: { AWS: roleArn },
                Action: [...pullActions, ...(mayPush ? pushActions : [])],
            },
        ],
    };
}

/**
 * Lets ECR delete the oldest images where there are more. What a list for several architectures names goes only with the list
 * (https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html).
 */
export function lifecyclePolicy(keepImages: number): object {
    return {
        rules: [
            {
                rulePriority: 1,
                description: `the newest ${keepImages} stay`,
                selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: keepImages },
                action: { type: "expire" },
            },
        ],
    };
}
