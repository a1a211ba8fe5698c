import { expect } from "chai";
import { renderLine } from "../../../components/model/commandLine";
import { AppError } from "../../../automation/errors/appError";
import { formatBootStep } from "../../../components/model/bootLog";
import { tagKeys } from "../../../components/model/tags";
import { cluster, emptyGroup, instance, registered } from "../../helpers/awsObjects";
import { createFakeAws, ownTags, type FakeAwsState } from "../../helpers/fakeAws";
import { gate } from "../../helpers/gate";
import { publicTable } from "../../helpers/account";

const group = emptyGroup();

/** What the gate says of the one host that is there, when time is up. */
async function failureLine(given: Partial<FakeAwsState>): Promise<string> {
    const { result } = await gate(createFakeAws({ clusters: [cluster()], ...given }), {
        settings: { hosts: { count: 1 } },
        timeoutSeconds: 5,
    });
    expect(result).to.be.instanceOf(AppError);
    const error = result as AppError;
    expect(error.code).to.equal("NOT_READY");
    expect(error.exitCode).to.equal(5);
    expect(error.details).to.have.lengthOf(1);
    return renderLine(error.details[0] ?? "");
}

describe("waitUntilReady when time is up", () => {
    const step = (
        name: "hold" | "storage" | "configure" | "start" | "packages",
        result: "ok" | "failed" = "ok",
        reason = "",
    ) => formatBootStep({ step: name, result, seconds: 1, reason });

    it("tells how far each host has got, and what to do next", async () => {
        const fake = createFakeAws({
            instances: [instance(1), instance(2, { hasInstanceProfile: false, zone: "eu-central-1b" })],
            containerInstances: { alice: [registered(1)] },
            clusters: [cluster()],
        });
        const { result } = await gate(fake, { settings: { hosts: { count: 3 } }, timeoutSeconds: 30 });
        const error = result as AppError;
        expect(error.message).to.equal("1 of 3 hosts are ready in cluster alice after 30 s");
        expect(error.details).to.deep.equal([
            "i-1 eu-central-1a: ready",
            "i-2 eu-central-1b: the instance has no instance profile (NO_INSTANCE_PROFILE): i-2 has no instance profile",
            "1 more host does not exist: EC2 has no other instance with the tag sles-ecs:stack=organization/sles-ecs/alice",
        ]);
        expect(renderLine(error.hint ?? "")).to.equal(
            "aws ec2 associate-iam-instance-profile --instance-id i-2 --iam-instance-profile Name=<profile>, or: sles-ecs up alice",
        );
    });

    it("names the cause for which a group launches none, in the words of the doctor", async () => {
        const { result } = await gate(
            createFakeAws({
                clusters: [cluster()],
                groups: [group],
                failedLaunches: {
                    [group.name]: "The key pair 'ours' does not exist. Launching EC2 instance failed.",
                },
            }),
            {
                settings: { hosts: { mode: "autoScaling", min: 0, max: 2, desired: 1 } },
                timeoutSeconds: 5,
            },
        );
        const { details, hint } = result as AppError;
        expect(details.map((one) => renderLine(one))[1]).to.equal(
            `${group.name}: the key pair of the hosts does not exist any more (KEY_PAIR_GONE): the last launch of group ${group.name} failed: The key pair 'ours' does not exist. Launching EC2 instance failed.`,
        );
        expect(renderLine(hint ?? "")).to.contain("aws ec2 describe-key-pairs");
    });

    it("goes on without what it may not read of the group, and says so", async () => {
        const denied = new AppError("AWS_ACCESS_DENIED", {
            message: "not allowed to call autoscaling:DescribeScalingActivities",
        });
        const { result } = await gate(
            createFakeAws({
                clusters: [cluster()],
                groups: [group],
                errors: { "autoScaling.failedLaunch": denied },
            }),
            {
                settings: { hosts: { mode: "autoScaling", min: 0, max: 2, desired: 1 } },
                timeoutSeconds: 5,
            },
        );
        const { code, details } = result as AppError;
        expect(code).to.equal("NOT_READY");
        expect(details.map((one) => renderLine(one)).at(-1)).to.equal(
            "not read: why its group launches no host: not allowed to call autoscaling:DescribeScalingActivities",
        );
    });

    it("lets a host pass that registered before its group had the capacity provider, and warns of it", async () => {
        const arn = "arn:aws:ecs:eu-central-1:123456789012:capacity-provider/alice";
        const fake = createFakeAws({
            clusters: [cluster()],
            groups: [{ ...group, instanceIds: ["i-1"] }],
            instances: [instance(1)],
            containerInstances: { alice: [registered(1)] },
            clusterCapacityProviders: { alice: [{ name: "alice", arn, isScoped: true, status: "ACTIVE" }] },
        });
        const settings = { hosts: { mode: "autoScaling", min: 0, max: 2, desired: 1 } };
        const { result, recorded } = await gate(fake, { settings, timeoutSeconds: 5, stateIds: [arn] });
        expect(result).to.have.nested.property("hosts[0].instanceId", "i-1");
        expect(recorded.notes.join("\n")).to.contain(
            "i-1 registered before its group had capacity provider alice",
        );
    });

    it("finds an agent that registered in the cluster default", async () => {
        const line = await failureLine({
            instances: [instance(1)],
            clusters: [cluster(), cluster({ name: "team" }), cluster({ name: "default" })],
            containerInstances: { default: [registered(1, { clusterName: "default" })] },
        });
        expect(line).to.equal(
            "i-1 eu-central-1a: the agent registered in another cluster (OTHER_CLUSTER): its agent registered in cluster default, expected alice",
        );
    });

    it("finds an agent that registered in any other cluster, although another host has shown up nowhere", async () => {
        const fake = createFakeAws({
            instances: [instance(1), instance(2)],
            clusters: [cluster(), cluster({ name: "alcie" })],
            containerInstances: { alcie: [registered(2, { clusterName: "alcie" })] },
        });
        const { result } = await gate(fake, { timeoutSeconds: 5 });
        expect((result as AppError).details[1]).to.equal(
            "i-2 eu-central-1a: the agent registered in another cluster (OTHER_CLUSTER): its agent registered in cluster alcie, expected alice",
        );
    });

    it("quotes the step at which the boot stopped", async () => {
        const line = await failureLine({
            instances: [instance(1)],
            consoles: {
                "i-1": `[1.0] kernel\n${step("hold")}\n${step("storage", "failed", "volume vol-1 did not show up")}\n`,
            },
        });
        expect(line).to.equal(
            "i-1 eu-central-1a: a step of the boot failed (BOOT_STEP_FAILED): its boot stopped at step storage (put docker's storage in place): volume vol-1 did not show up",
        );
    });

    it("advises another boot where the volume came later than the host waited for it", async () => {
        const late = "docker volume vol-0123456789abcdef0 (/dev/sdf) was not attached within 600 s";
        const fake = createFakeAws({
            instances: [instance(1, { tags: { ...ownTags, [tagKeys.host]: "1" } })],
            clusters: [cluster()],
            consoles: { "i-1": `${step("hold")}\n${step("storage", "failed", late)}\n` },
            volumes: [
                {
                    id: "vol-0123456789abcdef0",
                    sizeGiB: 20,
                    attachedTo: "i-1",
                    tags: { ...ownTags, [tagKeys.host]: "1", [tagKeys.storage]: "docker" },
                },
            ],
        });
        const { result } = await gate(fake, { timeoutSeconds: 5 });
        expect(renderLine((result as AppError).hint ?? "")).to.equal("sles-ecs hosts reboot alice i-1");
    });

    it("looks only at the last boot of a host that booted before", async () => {
        const first = [step("hold"), step("storage", "failed", "no volume")];
        const second = [step("hold"), step("storage")];
        const line = await failureLine({
            instances: [instance(1)],
            consoles: { "i-1": [...first, ...second].join("\n") },
        });
        expect(line).to.equal(
            "i-1 eu-central-1a: the instance runs, no ECS agent has registered yet; status checks: system ok, instance ok; its boot got through step storage (put docker's storage in place) and no further",
        );
    });

    it("does not take packages that could not be installed for the end of a boot", async () => {
        const steps = [step("hold"), step("packages", "failed", "no repository"), step("storage")];
        const line = await failureLine({
            instances: [instance(1)],
            consoles: { "i-1": steps.join("\n") },
        });
        expect(line).to.match(/its boot got through step storage .* and no further$/);
    });

    it("names the route to Amazon S3 that the subnet lacks", async () => {
        const line = await failureLine({
            instances: [instance(1)],
            consoles: { "i-1": [step("hold"), step("storage"), step("configure"), step("start")].join("\n") },
            subnets: [{ id: "subnet-1", vpcId: "vpc-1", zone: "eu-central-1a", mapPublicIpOnLaunch: true }],
            routeTables: [{ id: "rtb-1", vpcId: "vpc-1", main: true, subnetIds: [], routes: [] }],
        });
        expect(line).to.equal(
            "i-1 eu-central-1a: the subnet has no route out (NO_ROUTE): rtb-1 leads to no internet or NAT gateway and has no S3 gateway endpoint",
        );
    });

    it("names the public address that the subnet gives no host for its only way out", async () => {
        const line = await failureLine({
            instances: [instance(1, { publicIpAddress: undefined })],
            subnets: [{ id: "subnet-1", vpcId: "vpc-1", zone: "eu-central-1a", mapPublicIpOnLaunch: false }],
            routeTables: [{ ...publicTable, id: "rtb-1" }],
        });
        expect(line).to.match(
            /\(NO_PUBLIC_ADDRESS\): rtb-1 leads only to the internet gateway igw-1, and the subnet gives hosts no public address to use it with$/,
        );
    });

    it("says when there is no sign of the agent at all", async () => {
        expect(await failureLine({ instances: [instance(1)] })).to.equal(
            "i-1 eu-central-1a: the instance runs, no ECS agent has registered yet; status checks: system ok, instance ok; EC2 has no console output of it yet",
        );
        expect(
            await failureLine({ instances: [instance(1)], consoles: { "i-1": "ip-10-0-0-1 login: " } }),
        ).to.equal(
            "i-1 eu-central-1a: the instance was launched without user data (USER_DATA_MISSING): its boot is over, and its console shows no line of sles-ecs-bootstrap",
        );
    });

    it("still answers when it may look neither at other clusters nor at the console", async () => {
        const denied = new AppError("AWS_ACCESS_DENIED", { message: "not allowed" });
        const errors = { "ecs.clusterNames": denied, "ec2.consoleOutput": denied, "ec2.subnets": denied };
        expect(await failureLine({ instances: [instance(1)], errors })).to.equal(
            "i-1 eu-central-1a: the instance runs, no ECS agent has registered yet; status checks: system ok, instance ok; its console could not be read; not read: other clusters: not allowed; not read: the network: not allowed; not read: its console: not allowed",
        );
    });

    it("gives EC2's reason for an instance that did not stay", async () => {
        const stateReason = "Client.InvalidSnapshot.NotFound: the snapshot does not exist";
        expect(
            await failureLine({ instances: [instance(1, { state: "terminated", stateReason })] }),
        ).to.equal(
            `i-1 eu-central-1a: EC2 gave the instance up (INSTANCE_GIVEN_UP): terminated: ${stateReason}`,
        );
    });

    it("does not speak of hosts that a person terminated", async () => {
        const stateReason = "Client.UserInitiatedShutdown: User initiated shutdown";
        expect(
            await failureLine({ instances: [instance(1, { state: "terminated", stateReason })] }),
        ).to.match(/^1 more host does not exist/);
    });

    it("reads consoles and other clusters only now", async () => {
        const fake = createFakeAws({ instances: [instance(1)], clusters: [cluster()] });
        await gate(fake, { timeoutSeconds: 600 });
        expect(fake.reads.filter((read) => read === "ec2.consoleOutput")).to.have.lengthOf(1);
        expect(fake.reads.filter((read) => read === "ecs.clusterNames")).to.have.lengthOf(1);
    });
});
