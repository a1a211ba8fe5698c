import type { IAM } from "@aws-sdk/client-iam";

/** Makes a role for tasks, as ECS Exec wants one. @returns its ARN */
export async function makeTaskRole(iam: IAM): Promise<string> {
    const { Role } = await iam.createRole({
        RoleName: "web-tasks",
        AssumeRolePolicyDocument: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
                {
                    Effect: "Allow",
                    Principal: { Service: "ecs-tasks.amazonaws.com" },
                    Action: "sts:AssumeRole",
                },
            ],
        }),
    });
    return Role?.Arn ?? "";
}
