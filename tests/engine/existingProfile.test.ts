import { IAM } from "@aws-sdk/client-iam";
import { expect } from "chai";

import { expectExit, Workplace } from "./harness";

const RoleName = "shared";

describe("an instance profile that existed before, on a whole system", () => {
    let place: Workplace;
    let iam: IAM;

    before(async () => {
        place = await Workplace.create();
        iam = new IAM(place.access);
        const trust = {
            Effect: "Allow",
            Principal: { Service: "ec2.amazonaws.com" },
            Action: "sts:AssumeRole",
        };
        await iam.createRole({
            RoleName,
            AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
        });
        await iam.createInstanceProfile({ InstanceProfileName: RoleName });
        await iam.addRoleToInstanceProfile({ InstanceProfileName: RoleName, RoleName });
        await place.writeSettings("guest", {
            instanceRole: { mode: "existing", instanceProfileName: RoleName },
            agent: { tags: { team: "web" } },
            hosts: { count: 1 },
        });
    });
    after(() => place.stop());

    async function allow(Action: readonly string[]): Promise<void> {
        await iam.putRolePolicy({
            RoleName,
            PolicyName: "own",
            PolicyDocument: JSON.stringify({
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Action, Resource: "*" }],
            }),
        });
    }

    it("is refused by both doors with what hosts lack, and serves once they lack nothing", async () => {
        await allow(["ecs:RegisterContainerInstance", "ecs:Submit*"]);
        const before = await place.inventory();
        const refused = await place.slesEcs(["up", "guest", "--yes"]);
        expectExit(refused, 2);
        const joining =
            "instanceRole.instanceProfileName: needs ecs:DiscoverPollEndpoint and ecs:Poll, which the role of the instance profile shared does not allow: hosts could not join";
        const tagging =
            "agent.tags: needs ecs:TagResource, which the role of the instance profile shared does not allow";
        expect(refused.stderr)
            .to.include("INSTANCE_PROFILE_TOO_NARROW")
            .and.include(joining)
            .and.include(tagging);
        expectExit(await place.pulumi(["stack", "init", "guest"]), 0);
        const byPulumi = await place.pulumi(["up", "--stack", "guest", "--yes", "--skip-preview"]);
        expect(byPulumi.exitCode).to.not.equal(0);
        expect(byPulumi.stdout + byPulumi.stderr)
            .to.include(joining)
            .and.include(tagging);
        expect(await place.inventory()).to.deep.equal(before);

        await iam.attachRolePolicy({
            RoleName,
            PolicyArn: "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role",
        });
        const done = await place.slesEcs(["up", "guest", "--yes"]);
        expectExit(done, 0);
        expect(done.stderr).to.not.include("needs ecs:");
        expectExit(await place.pulumi(["preview", "--stack", "guest", "--expect-no-changes"]), 0);
    });

    it("is told by names where the caller may not have policies evaluated, and hosts are made all the same", async () => {
        const fault = {
            service: "iam",
            action: "SimulatePrincipalPolicy",
            times: 100,
            errorCode: "AccessDenied",
            message: "not you",
            status: 403,
        };
        const response = await fetch(`${place.cloud.endpoint}/_local/faults`, {
            method: "POST",
            body: JSON.stringify(fault),
        });
        expect(response.status).to.equal(200);
        const named =
            "agent.tags: needs ecs:TagResource, and nobody has looked whether the role of the instance profile shared allows that";
        const preview = await place.slesEcs(["preview", "guest"]);
        expectExit(preview, 0);
        expect(preview.stderr).to.include("iam:SimulatePrincipalPolicy").and.include(named);
        const byPulumi = await place.pulumi(["preview", "--stack", "guest"]);
        expectExit(byPulumi, 0);
        expect(byPulumi.stdout + byPulumi.stderr)
            .to.include("iam:SimulatePrincipalPolicy")
            .and.include(named);
        expectExit(await place.slesEcs(["destroy", "guest", "--yes"]), 0);
    });
});
