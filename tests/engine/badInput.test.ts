import fs from "node:fs/promises";
import path from "node:path";

import { CreateClusterCommand, ECSClient } from "@aws-sdk/client-ecs";
import {
    CreateSecurityGroupCommand,
    CreateSubnetCommand,
    CreateVpcCommand,
    EC2Client,
} from "@aws-sdk/client-ec2";
import { expect } from "chai";

import { expectExit, Workplace, type Answer } from "./harness";
import type { Access, Inventory } from "./inventory";

/** One clear message with a code and a next step, and no stack trace. */
function expectRefusal(answer: Answer, exitCode: number, code: string): void {
    expectExit(answer, exitCode);
    expect(answer.stdout).to.equal("");
    expect(answer.stderr).to.include(code);
    expect(answer.stderr).not.to.match(/^\s+at /m);
    expect(answer.stderr).to.match(/Next: \S/);
}

describe("bad input on a whole system", () => {
    let place: Workplace;
    let initially: Inventory;
    let access: Access;

    before(async () => {
        place = await Workplace.create();
        access = place.access;
    });
    beforeEach(async () => {
        initially = await place.inventory();
    });
    afterEach(async () => {
        expect(await place.inventory()).to.deep.equal(initially);
    });
    after(() => place.stop());

    it("names every wrong setting at once with its path", async () => {
        await place.writeSettings("bad", {
            hosts: { count: -1, instancetype: "t3.small" },
            dockerStorag: {},
        });
        const answer = await place.slesEcs(["up", "bad", "--yes"]);
        expectRefusal(answer, 2, "SETTINGS_INVALID");
        expect(answer.stderr).to.include("hosts.count");
        expect(answer.stderr).to.include("instanceType");
        expect(answer.stderr).to.include("dockerStorage");
    });

    it("refuses an unknown environment with exit code 3", async () => {
        expectRefusal(await place.slesEcs(["status", "nobody"]), 3, "ENVIRONMENT_NOT_FOUND");
        expectRefusal(await place.slesEcs(["outputs", "nobody"]), 3, "ENVIRONMENT_NOT_FOUND");
    });

    it("refuses an image filter that fits nothing", async () => {
        await place.writeSettings("noimage", {
            hostImage: { filter: "suse-sles-12-sp1-v*-ecs-hvm-ssd-x86_64" },
        });
        expectRefusal(await place.slesEcs(["up", "noimage", "--yes"]), 3, "IMAGE_NOT_FOUND");
    });

    for (const name of ["taken", "default"]) {
        it(`refuses the ACTIVE cluster ${name} of somebody else, by every door`, async () => {
            await new ECSClient(access).send(new CreateClusterCommand({ clusterName: name }));
            initially = await place.inventory();
            await place.writeSettings("mine", { clusterName: name });
            const answer = await place.slesEcs(["up", "mine", "--yes"]);
            expectExit(answer, 2);
            expect(answer.stderr).to.include("CLUSTER_NAME_TAKEN").and.to.include("--adopt-cluster");
            expectExit(await place.pulumi(["stack", "init", "mine"]), 0);
            const pulumi = await place.pulumi(["up", "--stack", "mine", "--yes", "--skip-preview"]);
            expect(pulumi.exitCode).not.to.equal(0);
            expect(pulumi.stdout + pulumi.stderr)
                .to.include(`cluster ${name} is ACTIVE`)
                .and.to.include("[CLUSTER_NAME_TAKEN]");
            expectExit(await place.pulumi(["stack", "rm", "mine", "--yes", "--force"]), 0);
        });
    }

    it("uses a cluster of somebody else when told to, and never deletes it", async () => {
        await new ECSClient(access).send(new CreateClusterCommand({ clusterName: "shared" }));
        initially = await place.inventory();
        await place.writeSettings("guest", { clusterName: "shared" });
        expectExit(await place.slesEcs(["up", "guest", "--adopt-cluster", "--yes"]), 0);
        expect((await place.inventory())["instances"]).to.have.length(1);
        expectExit(await place.slesEcs(["destroy", "guest", "--yes"]), 0);
    });

    it("refuses a subnet and a security group of two VPCs", async () => {
        const ec2 = new EC2Client(access);
        const vpc = async (block: string) =>
            (await ec2.send(new CreateVpcCommand({ CidrBlock: block }))).Vpc?.VpcId ?? "";
        const [one, two] = [await vpc("10.1.0.0/16"), await vpc("10.2.0.0/16")];
        const subnet = await ec2.send(new CreateSubnetCommand({ VpcId: one, CidrBlock: "10.1.0.0/24" }));
        const group = await ec2.send(
            new CreateSecurityGroupCommand({ VpcId: two, GroupName: "far", Description: "another VPC's" }),
        );
        initially = await place.inventory();
        await place.writeSettings("twovpcs", {
            network: {
                mode: "existing",
                subnetIds: [subnet.Subnet?.SubnetId],
                securityGroupIds: [group.GroupId],
            },
        });
        const answer = await place.slesEcs(["up", "twovpcs", "--yes"]);
        expectExit(answer, 2);
        expect(answer.stderr).to.include("SUBNET_IN_ANOTHER_VPC").and.to.include(one).and.to.include(two);
    });

    it("says that there are no credentials", async () => {
        await place.writeSettings("plain", {});
        const env = { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "", HOME: place.directory };
        expectRefusal(await place.slesEcs(["up", "plain", "--yes"], { env }), 1, "AWS_CREDENTIALS_MISSING");
    });

    it("says which endpoint does not answer", async () => {
        await place.writeSettings("plain", {});
        const env = { AWS_ENDPOINT_URL: "http://127.0.0.1:9" };
        const answer = await place.slesEcs(["up", "plain", "--yes"], { env });
        expectExit(answer, 1);
        expect(answer.stderr).to.include("http://127.0.0.1:9");
    });

    it("says which state file is corrupt", async () => {
        await place.writeSettings("broken", { hosts: { count: 0 } });
        expectExit(await place.slesEcs(["up", "broken", "--yes"]), 0);
        const file = path.join(
            place.cloud.directory,
            "state",
            ".pulumi",
            "stacks",
            "sles-ecs",
            "broken.json",
        );
        initially = await place.inventory();
        await fs.writeFile(file, "{");
        const answer = await place.slesEcs(["up", "broken", "--yes"]);
        expectExit(answer, 1);
        expect(answer.stderr).to.include("STATE_CORRUPT").and.to.include(file);
        expect(answer.stderr).to.include("Next: sles-ecs state restore broken\n");
        expectExit(await place.slesEcs(["state", "restore", "broken"]), 0);
        expectExit(await place.slesEcs(["up", "broken", "--yes"]), 0);
        // What Pulumi's library keeps beside a state, as a kill in the middle of its writing leaves it.
        const state = await fs.readFile(file, "utf8");
        await fs.truncate(`${file}.attrs`, 0);
        const again = await place.slesEcs(["preview", "broken"]);
        expectExit(again, 1);
        expect(again.stderr).to.include("Next: sles-ecs state restore broken\n");
        expectExit(await place.slesEcs(["state", "restore", "broken"]), 0);
        expect(await fs.readFile(file, "utf8")).to.equal(state);
        expectExit(await place.slesEcs(["preview", "broken", "--expect-no-changes"]), 0);
        expectExit(await place.slesEcs(["destroy", "broken", "--yes"]), 0);
        initially = await place.inventory();
    });

    it("answers a locked stack with exit code 4 and who holds the lock", async () => {
        await place.writeSettings("locked", { hosts: { count: 0 } });
        expectExit(await place.slesEcs(["up", "locked", "--yes"]), 0);
        const locks = path.join(
            place.cloud.directory,
            "state",
            ".pulumi",
            "locks",
            "organization",
            "sles-ecs",
            "locked",
        );
        await fs.mkdir(locks, { recursive: true });
        await fs.writeFile(
            path.join(locks, "0f0e0d0c-0b0a-4908-8706-050403020100.json"),
            JSON.stringify({
                pid: 4242,
                username: "geeko",
                hostname: "chameleon",
                timestamp: "2026-11-23T10:00:00Z",
            }),
        );
        const answer = await place.slesEcs(["destroy", "locked", "--yes"]);
        expectRefusal(answer, 4, "LOCKED");
        expect(answer.stderr).to.include("geeko").and.to.include("4242");
        await fs.rm(locks, { recursive: true });
        expectExit(await place.slesEcs(["destroy", "locked", "--yes"]), 0);
        initially = await place.inventory();
    });
});
