import { expect } from "chai";
import { build } from "./environment";

const types = {
    role: "aws:iam/role:Role",
    policy: "aws:iam/rolePolicy:RolePolicy",
    attachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    profile: "aws:iam/instanceProfile:InstanceProfile",
};
interface Document {
    readonly Statement: readonly {
        readonly Action: readonly string[];
        readonly Resource: readonly string[];
    }[];
}

describe("the instance role", () => {
    it("is of the environment and the region, since IAM names are global, and lets only EC2 take it", async () => {
        const { recorder } = await build({});
        const { inputs } = recorder.only(types.role);
        expect(inputs).to.include({ name: "sles-ecs-dev-eu-west-1-0123abcd", forceDetachPolicies: true });
        expect(JSON.parse(String(inputs["assumeRolePolicy"]))).to.deep.equal({
            Version: "2012-10-17",
            Statement: [
                { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } },
            ],
        });
    });

    it("may have the guide's name", async () => {
        const { recorder, outputs } = await build({
            instanceRole: { mode: "create", name: "ecsInstanceRole" },
        });
        expect(recorder.only(types.role).inputs["name"]).to.equal("ecsInstanceRole");
        expect(recorder.only(types.profile).inputs).to.include({
            name: "ecsInstanceRole",
            role: "ecsInstanceRole",
        });
        expect(outputs.instanceRoleName).to.equal("ecsInstanceRole");
    });

    it("is bound to its cluster by default", async () => {
        const { recorder } = await build({});
        const { inputs, dependsOn } = recorder.only(types.policy);
        const [first] = (JSON.parse(String(inputs["policy"])) as Document).Statement;
        expect(first?.Resource).to.deep.equal(["arn:aws:ecs:eu-west-1:123456789012:cluster/dev"]);
        expect(dependsOn).to.include("sles-ecs-cluster");
        expect(recorder.ofType(types.attachment)).to.deep.equal([]);
    });

    it("has the guide's policy on request", async () => {
        const { recorder } = await build({ instanceRole: { mode: "create", policy: "suse" } });
        const { Statement } = JSON.parse(String(recorder.only(types.policy).inputs["policy"])) as Document;
        expect(Statement).to.have.length(1);
        expect(Statement[0]?.Action).to.include.members(["ecs:CreateCluster", "ecs:RegisterTaskDefinition"]);
        expect(Statement[0]?.Resource).to.deep.equal(["*"]);
    });

    it("has AWS's policy of its partition on request, which its hosts wait for", async () => {
        const { recorder } = await build(
            { instanceRole: { mode: "create", policy: "awsManaged" } },
            { partition: "aws-us-gov" },
        );
        expect(recorder.only(types.attachment).inputs).to.deep.equal({
            role: "sles-ecs-dev-eu-west-1-0123abcd",
            policyArn: "arn:aws-us-gov:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role",
        });
        expect(recorder.ofType(types.policy)).to.deep.equal([]);
        expect(recorder.only("aws:ec2/instance:Instance").dependsOn).to.include(
            "sles-ecs-instance-role-aws-managed",
        );
    });

    it("lets Systems Manager reach the hosts on request, beside whatever else they may, and reads no parameters", async () => {
        for (const policy of ["leastPrivilege", "suse"] as const) {
            const { recorder } = await build({ instanceRole: { mode: "create", policy, ssm: true } });
            const policies = recorder.ofType(types.policy);
            expect(policies.map(({ inputs }) => inputs["name"])).to.have.members([
                "sles-ecs-hosts",
                "sles-ecs-ssm",
            ]);
            const ssm = policies.find(({ inputs }) => inputs["name"] === "sles-ecs-ssm");
            const { Statement } = JSON.parse(String(ssm?.inputs["policy"])) as Document;
            const actions = Statement.flatMap(({ Action }) => Action);
            expect(actions).to.include.members([
                "ssm:UpdateInstanceInformation",
                "ssmmessages:OpenControlChannel",
                "ec2messages:GetMessages",
            ]);
            expect(actions.filter((action) => action.includes("Parameter"))).to.deep.equal([]);
        }
    });

    it("is not made at all where an instance profile exists", async () => {
        const { recorder, outputs } = await build(
            { instanceRole: { mode: "existing", instanceProfileName: "shared" } },
            { instanceProfiles: ["shared"] },
        );
        expect(Object.values(types).flatMap((type) => recorder.ofType(type))).to.deep.equal([]);
        expect(recorder.only("aws:ec2/instance:Instance").inputs["iamInstanceProfile"]).to.equal("shared");
        expect(outputs.instanceRoleName).to.equal("shared");
    });
});
