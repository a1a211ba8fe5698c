import { expect } from "chai";
import { trustPolicy } from "./hostHelpers";
import { errorOf, useCloud } from "./testCloud";

const cluster = "arn:aws:ecs:us-east-1:123456789012:cluster/dev";
const document = {
    Version: "2012-10-17",
    Statement: [
        { Effect: "Allow", Action: "ecs:Register*", Resource: cluster },
        {
            Effect: "Allow",
            Action: "ecs:Poll",
            Resource: "*",
            Condition: { ArnEquals: { "ecs:cluster": cluster } },
        },
        { Effect: "Deny", Action: "ecs:CreateCluster", Resource: "*" },
    ],
};

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html and API_EvaluationResult.html
describe("the policy simulator of the local cloud", () => {
    const cloud = useCloud();

    it("evaluates a role's policies for each action and resource, with the condition keys that it is told", async () => {
        const { iam } = cloud();
        const RoleName = "judged";
        const { Role } = await iam.createRole({
            RoleName,
            Path: "/hosts/",
            AssumeRolePolicyDocument: trustPolicy("ec2.amazonaws.com"),
        });
        await iam.putRolePolicy({ RoleName, PolicyName: "own", PolicyDocument: JSON.stringify(document) });
        const simulate = async (actions: string[], resources?: string[], context?: string) => {
            const { EvaluationResults = [], IsTruncated } = await iam.simulatePrincipalPolicy({
                PolicySourceArn: Role?.Arn,
                ActionNames: actions,
                ResourceArns: resources,
                ContextEntries:
                    context === undefined
                        ? undefined
                        : [
                              {
                                  ContextKeyName: "ecs:cluster",
                                  ContextKeyType: "string",
                                  ContextKeyValues: [context],
                              },
                          ],
            });
            expect(IsTruncated).to.equal(false);
            return EvaluationResults.map((one) =>
                [one.EvalActionName, one.EvalDecision, ...(one.MissingContextValues ?? [])].join(" "),
            );
        };
        expect(
            await simulate(["ecs:RegisterContainerInstance", "ecs:CreateCluster", "ecs:Poll"], [cluster]),
        ).to.deep.equal([
            "ecs:RegisterContainerInstance allowed",
            "ecs:CreateCluster explicitDeny",
            "ecs:Poll implicitDeny ecs:cluster",
        ]);
        expect(await simulate(["ecs:RegisterContainerInstance"], [cluster, `${cluster}2`])).to.deep.equal([
            "ecs:RegisterContainerInstance allowed",
            "ecs:RegisterContainerInstance implicitDeny",
        ]);
        expect(await simulate(["ecs:Poll"], undefined, cluster)).to.deep.equal(["ecs:Poll allowed"]);
        expect(await simulate(["ecs:Poll"], undefined, `${cluster}2`)).to.deep.equal([
            "ecs:Poll implicitDeny",
        ]);
    });

    it("knows no role that is not there, and nobody but roles", async () => {
        const of = (PolicySourceArn: string) =>
            errorOf(cloud().iam.simulatePrincipalPolicy({ PolicySourceArn, ActionNames: ["ecs:Poll"] }));
        expect(await of("arn:aws:iam::123456789012:role/nobody")).to.include("NoSuchEntity");
        expect(await of("arn:aws:iam::123456789012:user/alice")).to.include("InvalidInput");
    });
});
