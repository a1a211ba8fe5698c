import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { formatBootStep } from "../../../../components/model/bootLog";
import { tagKeys } from "../../../../components/model/tags";
import { publicTable } from "../../../helpers/account";
import { cluster, instance, registered } from "../../../helpers/awsObjects";
import { createFakeAws, type FakeAwsState } from "../../../helpers/fakeAws";
import type { FakeStackOptions } from "../../../helpers/fakes";
import { expectGolden } from "../../../helpers/golden";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";

const stack: FakeStackOptions = {
    resources: [{ type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id: "arn:alice" }],
    outputs: { clusterName: "alice" },
};

/** Asks about the environment alice, which is to have this many hosts. */
function ask(argv: readonly string[], given: Partial<FakeAwsState>, count = 2) {
    const settings = `config:\n    sles-ecs:hosts: { count: ${count} }\n`;
    return play(argv, {
        directory: makeProject({ "Pulumi.alice.yaml": settings }),
        stacks: { alice: stack },
        aws: createFakeAws({ clusters: [cluster()], ...given }),
    });
}

const boot = ["hold", "storage", "configure", "start"].map((step) =>
    formatBootStep({ step: step as "hold", result: "ok", seconds: 1, reason: "" }),
);

const closed: Partial<FakeAwsState> = {
    instances: [
        instance(1),
        instance(2, { zone: "eu-central-1b", tags: { ...instance(2).tags, [tagKeys.host]: "2" } }),
    ],
    containerInstances: { alice: [registered(1)] },
    consoles: { "i-2": boot.join("\n") },
    subnets: [{ id: "subnet-1", vpcId: "vpc-1", zone: "eu-central-1b", mapPublicIpOnLaunch: true }],
    routeTables: [{ id: "rtb-1", vpcId: "vpc-1", main: true, subnetIds: [], routes: [] }],
};

describe("doctor of an environment", () => {
    afterEach(removeFolders);

    it("explains itself", async () => {
        expectGolden("cli/help-doctor.txt", (await ask(["doctor", "--help"], {})).transcript);
    });

    it("names the cause, what shows it and what mends it, and ends with the code of hosts that are not ready", async () => {
        const { transcript, exitCode } = await ask(["doctor", "alice"], closed);
        expect(exitCode).to.equal(5);
        expectGolden("cli/doctor.txt", transcript);
    });

    it("says the same to scripts, with the remedy as a command that can be run", async () => {
        const { context } = await ask(["doctor", "alice", "--output", "json"], closed);
        expectGolden("cli/doctor.json", context.io.out());
    });

    describe("asks hosts themselves where Systems Manager reaches them", () => {
        const settings =
            "config:\n    sles-ecs:hosts: { count: 3 }\n    sles-ecs:instanceRole: { mode: create, ssm: true }\n";
        const refused =
            'level=critical time=2026-11-30T06:00:00Z msg="Unable to fetch host resources" module=agent.go\n';

        async function askHosts(given: Partial<FakeAwsState>) {
            const instances = [1, 2, 3].map((number) => instance(number));
            const fake = createFakeAws({
                clusters: [cluster()],
                instances,
                containerInstances: { alice: [registered(1)] },
                consoles: { "i-2": boot.join("\n"), "i-3": boot.join("\n") },
                ...given,
            });
            const { context } = await play(["doctor", "alice", "--output", "json"], {
                directory: makeProject({ "Pulumi.alice.yaml": settings }),
                stacks: { alice: stack },
                aws: fake,
            });
            const { diagnoses } = JSON.parse(context.io.out()) as {
                diagnoses: { id: string; cause: string; evidence: string[] }[];
            };
            return { fake, diagnoses };
        }

        it("in one command for all that are not ready, and leaves alone those that are", async () => {
            const { fake, diagnoses } = await askHosts({
                managedNodes: { "i-1": "Online", "i-2": "Online", "i-3": "Online" },
                shell: () => ({ output: refused }),
            });
            expect(diagnoses.map(({ cause }) => cause)).to.deep.equal([
                "RESERVED_TOO_MUCH",
                "RESERVED_TOO_MUCH",
            ]);
            expect(fake.changes).to.deep.equal(["runShellScript sles-ecs doctor on i-2,i-3"]);
        });

        it("and says of those that do not answer in time that they are unseen", async () => {
            const { fake, diagnoses } = await askHosts({
                managedNodes: { "i-2": "Online", "i-3": "ConnectionLost" },
                shell: () => ({ status: "Pending", output: "" }),
            });
            expect(diagnoses.map(({ evidence }) => evidence.filter((one) => /logs/.test(one)))).to.deep.equal(
                [
                    ["not read: its logs are unseen: the host has not answered within 30 s"],
                    ["not read: its logs are unseen: Systems Manager has lost the host"],
                ],
            );
            expect(fake.changes).to.include("cancelCommand 0");
        });

        it("and does without where it may not", async () => {
            const denied = new AppError("AWS_ACCESS_DENIED", {
                message: "not allowed to call ssm:SendCommand",
            });
            const { diagnoses } = await askHosts({
                managedNodes: { "i-2": "Online" },
                errors: { "ssm.runShellScript": denied },
            });
            expect(diagnoses[0]?.evidence).to.include(
                "not read: their logs: not allowed to call ssm:SendCommand",
            );
        });
    });

    it("finds nothing where all hosts are ready, and reads nothing more then", async () => {
        const fake = createFakeAws({
            clusters: [cluster()],
            instances: [instance(1)],
            containerInstances: { alice: [registered(1)] },
        });
        const { context, exitCode } = await play(["doctor", "alice"], {
            directory: makeProject({ "Pulumi.alice.yaml": "config:\n    sles-ecs:hosts: { count: 1 }\n" }),
            stacks: { alice: stack },
            aws: fake,
        });
        expect(exitCode).to.equal(0);
        expect(context.io.out()).to.equal("alice: 1 of 1 host ready in cluster alice\n");
        expect(fake.reads).to.not.contain("ec2.consoleOutput");
        expect(fake.reads).to.not.contain("iam.deniedToRole");
        expect(fake.changes).to.deep.equal([]);
    });

    it("says so where no cause fits, and shows what it has read, and what it could not", async () => {
        const denied = new AppError("AWS_ACCESS_DENIED", { message: "not allowed to call iam:GetRole" });
        const { context } = await ask(
            ["doctor", "alice"],
            {
                instances: [instance(1, { instanceProfileName: "p" })],
                instanceProfiles: { p: {} },
                consoles: { "i-1": boot.join("\n") },
                errors: { "iam.trustedServices": denied },
            },
            1,
        );
        const out = context.io.out();
        expect(out).to.contain("i-1 eu-central-1a: no known cause fits; this is what was read\n");
        expect(out).to.contain("  its boot got through to the end\n");
        expect(out).to.contain("  not read: the role's trust policy: not allowed to call iam:GetRole\n");
    });

    it("tells of hosts that are not there at all", async () => {
        const { context, exitCode } = await ask(["doctor", "alice"], {});
        expect(exitCode).to.equal(5);
        expect(context.io.out()).to.equal(
            "alice: 0 of 2 hosts ready in cluster alice\n\n" +
                "2 hosts do not exist, and EC2 tells of none that was given up\n  Next: sles-ecs up alice\n",
        );
    });

    it("tells why EC2 gave up a host that is missing, and speaks of none that a person terminated", async () => {
        const lost = (stateReason: string) => ({
            instances: [instance(1, { state: "terminated", stateReason })],
        });
        const given = await ask(
            ["doctor", "alice"],
            lost("Server.InsufficientInstanceCapacity: Insufficient capacity to satisfy the request"),
            1,
        );
        expect(given.context.io.out()).to.contain("(NO_CAPACITY)\n");
        const taken = await ask(["doctor", "alice"], lost("Client.UserInitiatedShutdown: User initiated"), 1);
        expect(taken.context.io.out()).to.contain("1 host does not exist");
    });

    it("names the settings that the agent of a host ignores, which is no failure", async () => {
        const { context, exitCode } = await play(["doctor", "alice"], {
            directory: makeProject({
                "Pulumi.alice.yaml":
                    "config:\n    sles-ecs:hosts: { count: 1 }\n    sles-ecs:agent: { taskPidsLimit: 100 }\n",
            }),
            stacks: { alice: stack },
            aws: createFakeAws({
                clusters: [cluster()],
                instances: [instance(1)],
                containerInstances: { alice: [registered(1, { agentVersion: "1.53.0" })] },
            }),
        });
        expect(context.io.out()).to.equal(
            "alice: 1 of 1 host ready in cluster alice\n\n" +
                "i-1: its agent 1.53.0 ignores agent.taskPidsLimit (read from 1.77.0 on)\n",
        );
        expect(exitCode).to.equal(0);
    });

    it("asks for the public address of the host, whatever its subnet gives to later ones", async () => {
        const inSubnet = (mapPublicIpOnLaunch: boolean, publicIpAddress?: string): Partial<FakeAwsState> => ({
            instances: [instance(1, { publicIpAddress })],
            consoles: { "i-1": boot.join("\n") },
            subnets: [{ id: "subnet-1", vpcId: "vpc-1", zone: "eu-central-1a", mapPublicIpOnLaunch }],
            routeTables: [publicTable],
        });
        const said = async (given: Partial<FakeAwsState>) =>
            (await ask(["doctor", "alice"], given, 1)).context.io.out();
        expect(await said(inSubnet(true))).to.contain("(NO_PUBLIC_ADDRESS)");
        expect(await said(inSubnet(false, "192.0.2.1"))).to.not.contain("(NO_PUBLIC_ADDRESS)");
    });

    it("knows no environment without a stack", async () => {
        const { context, exitCode } = await play(["doctor", "bob"], {
            directory: makeProject({ "Pulumi.bob.yaml": "config: {}\n" }),
            stacks: { bob: { exists: false } },
        });
        expect(exitCode).to.equal(3);
        expect(context.io.err()).to.contain("ENVIRONMENT_NOT_FOUND");
    });
});
