import { expect } from "chai";
import { guidePolicy } from "../../helpers/guidePolicy";
import type { AgentSettings } from "../../../components/model/settings";
import { leastPrivilegePolicy } from "../../../components/model/iam/leastPrivilegePolicy";
import { assumeRoleDocument, managedPolicyArn, susePolicy } from "../../../components/model/iam/policies";

const clusterArn = "arn:aws:ecs:eu-west-1:123456789012:cluster/dev";

describe("the policy suse", () => {
    it("is the guide's document to the letter (section 2)", () => {
        expect(susePolicy).to.deep.equal(guidePolicy);
    });
});

describe("the policy leastPrivilege", () => {
    const { Statement: statements } = leastPrivilegePolicy(clusterArn, {});
    const actions = statements.flatMap(({ Action }) => Action);

    it("allows what the agent needs to join, work and pull from ECR", () => {
        expect(actions).to.include.members([
            "ecs:DiscoverPollEndpoint",
            "ecs:RegisterContainerInstance",
            "ecs:DeregisterContainerInstance",
            "ecs:Poll",
            "ecs:StartTelemetrySession",
            "ecs:SubmitTaskStateChange",
            "ecr:GetAuthorizationToken",
            "ecr:BatchGetImage",
            "logs:PutLogEvents",
        ]);
    });

    it("allows nothing that the agent never calls, and no wildcard", () => {
        const uncalled = /CreateCluster|StartTask|StopTask|TaskDefinition|Describe|TagResource|\*/;
        expect(actions.filter((action) => uncalled.test(action))).to.deep.equal([]);
    });

    it("binds every action on a cluster to this one, by resource or by condition", () => {
        for (const { Action, Resource, Condition } of statements) {
            const onCluster = Action.some(
                (action) => action.startsWith("ecs:") && action !== "ecs:DiscoverPollEndpoint",
            );
            if (onCluster) {
                const bound =
                    Resource.every((resource) => resource === clusterArn || resource.includes("/dev/")) ||
                    Condition?.["ArnEquals"]?.["ecs:cluster"] === clusterArn;
                expect(bound, Action.join()).to.equal(true);
            }
        }
    });
});

describe("the policy leastPrivilege and tags", () => {
    it("lets hosts read those of tasks and hosts of this cluster, for containers that ask for /taskWithTags", () => {
        const { Statement: statements } = leastPrivilegePolicy(clusterArn, {});
        const [reading, ...others] = statements.filter(({ Action }) =>
            Action.includes("ecs:ListTagsForResource"),
        );
        expect(others).to.deep.equal([]);
        expect(reading).to.deep.equal({
            Effect: "Allow",
            Action: ["ecs:ListTagsForResource"],
            Resource: [
                "arn:aws:ecs:eu-west-1:123456789012:container-instance/dev/*",
                "arn:aws:ecs:eu-west-1:123456789012:task/dev/*",
            ],
        });
    });
});

describe("who may take the role", () => {
    for (const [partition, service] of [
        ["aws", "ec2.amazonaws.com"],
        ["aws-us-gov", "ec2.amazonaws.com"],
        ["aws-cn", "ec2.amazonaws.com.cn"],
    ] as const) {
        it(`is EC2, which is ${service} in the partition ${partition}`, () => {
            expect(assumeRoleDocument(partition).Statement[0].Principal).to.deep.equal({ Service: service });
        });
    }
});

describe("the policy leastPrivilege of an agent with settings", () => {
    const more = (agent: AgentSettings) => {
        const usual = new Set(leastPrivilegePolicy(clusterArn, {}).Statement.flatMap(({ Action }) => Action));
        const { Statement: statements } = leastPrivilegePolicy(clusterArn, agent);
        return statements.flatMap(({ Action }) => Action).filter((action) => !usual.has(action));
    };

    it("has what they need, and only then", () => {
        expect(more({ tags: { team: "a" } })).to.deep.equal(["ecs:TagResource"]);
        expect(more({ propagateTagsFrom: "ec2_instance" })).to.deep.equal([
            "ec2:DescribeTags",
            "ecs:TagResource",
        ]);
        expect(more({ enableSpotInstanceDraining: true })).to.deep.equal([
            "ecs:UpdateContainerInstancesState",
        ]);
        const logOpts = { "awslogs-group": "hosts", "awslogs-create-group": "true" };
        expect(more({ logDriver: "awslogs", logOpts })).to.deep.equal(["logs:CreateLogGroup"]);
        expect(
            more({
                propagateTagsFrom: "none",
                enableSpotInstanceDraining: false,
                logDriver: "awslogs",
                logOpts: { "awslogs-group": "hosts" },
                enableTaskIamRole: true,
                availableLoggingDrivers: ["awslogs", "splunk"],
            }),
        ).to.deep.equal([]);
    });

    it("lets hosts tag container instances of this cluster, when they register and never later", () => {
        const { Statement: statements } = leastPrivilegePolicy(clusterArn, { tags: { team: "a" } });
        expect(statements.find(({ Action }) => Action.includes("ecs:TagResource"))).to.deep.equal({
            Effect: "Allow",
            Action: ["ecs:TagResource"],
            Resource: ["arn:aws:ecs:eu-west-1:123456789012:container-instance/dev/*"],
            Condition: { StringEquals: { "ecs:CreateAction": ["RegisterContainerInstance"] } },
        });
    });

    it("lets hosts drain hosts of this cluster only", () => {
        const { Statement: statements } = leastPrivilegePolicy(clusterArn, {
            enableSpotInstanceDraining: true,
        });
        const draining = statements.find(({ Action }) =>
            Action.includes("ecs:UpdateContainerInstancesState"),
        );
        expect(draining?.Condition).to.deep.equal({ ArnEquals: { "ecs:cluster": clusterArn } });
    });
});

describe("the policy awsManaged", () => {
    it("is AWS's own, in the partition of the account", () => {
        const name = "policy/service-role/AmazonEC2ContainerServiceforEC2Role";
        expect(managedPolicyArn("aws")).to.equal(`arn:aws:iam::aws:${name}`);
        expect(managedPolicyArn("aws-cn")).to.equal(`arn:aws-cn:iam::aws:${name}`);
        expect(managedPolicyArn("aws-us-gov")).to.equal(`arn:aws-us-gov:iam::aws:${name}`);
    });
});
