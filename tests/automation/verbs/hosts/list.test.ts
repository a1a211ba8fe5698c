import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { instance } from "../../../helpers/awsObjects";
import { expectGolden } from "../../../helpers/golden";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { onAlice, runningAlice } from "../../pause/pauseCase";

describe("hosts list", () => {
    afterEach(removeFolders);

    it("shows each host as EC2, ECS and SSM have it, and below what one lacks", async () => {
        const account = runningAlice({ managedNodes: { "i-1": "Online", "i-2": "ConnectionLost" } });
        const { state } = account;
        state.instances = state.instances.map((one) => ({
            ...one,
            privateIpAddress: one.instanceId === "i-1" ? "172.31.0.4" : "172.31.0.5",
            publicIpAddress: one.instanceId === "i-1" ? "203.0.113.7" : undefined,
        }));
        state.containerInstances["alice"] = (state.containerInstances["alice"] ?? []).map((one) => ({
            ...one,
            runningTasks: one.instanceId === "i-1" ? 3 : 0,
            pendingTasks: one.instanceId === "i-1" ? 0 : 2,
            agentConnected: one.instanceId === "i-1",
        }));
        const { transcript } = await play(["hosts", "list", "alice"], onAlice(account));
        expectGolden("cli/hosts-list.txt", transcript);
    });

    it("tells how to use it", async () => {
        const { transcript } = await play(["hosts", "--help"], onAlice(runningAlice()));
        expectGolden("cli/help-hosts.txt", transcript);
    });

    it("asks EC2, ECS and SSM once each, however many hosts there are", async () => {
        const account = runningAlice();
        account.state.instances = Array.from({ length: 40 }, (_, index) => ({
            ...instance(index + 1),
            tags: account.state.instances[0]?.tags ?? {},
        }));
        await play(["hosts", "list", "alice"], onAlice(account));
        for (const query of ["ec2.instances", "ecs.containerInstances", "ssm.managedNodes"]) {
            expect(
                account.reads.filter((one) => one === query),
                query,
            ).to.have.lengthOf(1);
        }
    });

    it("leaves out hosts that are gone, and gives scripts the number of each", async () => {
        const account = runningAlice();
        const tags = account.state.instances[0]?.tags ?? {};
        account.state.instances.push(instance(3, { state: "terminated", tags }));
        const { context } = await play(["hosts", "list", "alice", "-o", "json"], onAlice(account));
        const { hosts } = JSON.parse(context.io.out()) as { hosts: { instanceId: string; number: number }[] };
        expect(hosts.map(({ instanceId, number }) => [instanceId, number])).to.deep.equal([
            ["i-1", 1],
            ["i-2", 2],
        ]);
    });

    const two = () => ({
        directory: makeProject({ "Pulumi.alice.yaml": "config:\n    sles-ecs:hosts: { count: 2 }\n" }),
    });

    it("says below which hosts are missing, as status does, and counts them for scripts", async () => {
        const account = runningAlice();
        const [first] = account.state.instances;
        account.state.instances = account.state.instances.filter((one) => one === first);
        const { context } = await play(["hosts", "list", "alice"], onAlice(account, two()));
        expect(context.io.out()).to.match(
            /\n\n1 more host does not exist: EC2 has no other instance with the tag sles-ecs:stack=organization\/sles-ecs\/alice\n$/,
        );
        account.state.instances.push(
            instance(2, {
                ...{ state: "terminated", tags: first?.tags ?? {} },
                stateReason: "Server.SpotInstanceTermination: taken back",
            }),
        );
        const json = await play(["hosts", "list", "alice", "-o", "json"], onAlice(account, two()));
        const answer = JSON.parse(json.context.io.out()) as {
            missingHosts: number;
            lostHosts: { instanceId: string; reached: string }[];
        };
        expect(answer.missingHosts).to.equal(1);
        expect(answer.lostHosts.map(({ instanceId, reached }) => [instanceId, reached])).to.deep.equal([
            ["i-2", "the instance is terminated: Server.SpotInstanceTermination: taken back"],
        ]);
    });

    it("says that there are no hosts, and how many there should be", async () => {
        const account = runningAlice();
        account.state.instances = [];
        const { context } = await play(["hosts", "list", "alice"], onAlice(account, two()));
        expect(context.io.out()).to.match(/^alice has no hosts\n2 more hosts do not exist: EC2 /);
    });

    it("says that nobody knows what SSM reaches where the caller may not ask, and goes on", async () => {
        const errors = {
            "ssm.managedNodes": new AppError("AWS_ACCESS_DENIED", {
                message: "ssm:DescribeInstanceInformation",
            }),
        };
        const { exitCode, context } = await play(
            ["hosts", "list", "alice", "--output", "json"],
            onAlice(runningAlice({ errors })),
        );
        expect(exitCode).to.equal(0);
        const { hosts } = JSON.parse(context.io.out()) as { hosts: { ssm: string }[] };
        expect(hosts.map(({ ssm }) => ssm)).to.deep.equal(["unknown", "unknown"]);
    });

    it("knows no environment of which nothing is up: exit code 3", async () => {
        const options = onAlice(runningAlice());
        const { exitCode, transcript } = await play(["hosts", "list", "alice"], {
            ...options,
            stacks: { alice: {} },
        });
        expect(exitCode).to.equal(3);
        expect(transcript).to.contain("nothing of alice is up").and.to.contain("sles-ecs up alice");
    });
});
