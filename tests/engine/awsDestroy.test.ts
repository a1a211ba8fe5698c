import { expect } from "chai";

import { renderLine } from "../../components/model/commandLine";
import { findHosts } from "../../automation/hosts/find";
import { runPreflight } from "../../automation/preflight/preflight";
import { emptyCluster } from "../../automation/emptying/emptyCluster";
import { gatherEvidence, type Removal } from "../../automation/teardown/evidence";
import type { DestroyTarget } from "../../automation/emptying/cleanUp";
import { survey } from "../../automation/teardown/survey";
import { AppError } from "../../automation/errors/appError";
import type { Clock, Progress } from "../../automation/ports/io";
import { tagKeys } from "../../components/model/tags";
import { renderUserData } from "../../components/model/userData";
import { parseSettings } from "../../components/model/settings";
import { targetIn } from "../helpers/awsObjects";
import { recordProgress } from "../helpers/fakeTime";
import { AwsPlace } from "./awsPlace";

const stack = "organization/sles-ecs/alice";
const nobody = { holders: [], spared: [] };
const clock: Clock = {
    now: () => new Date(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

describe("a cluster on its way out, on the local cloud", () => {
    let place: AwsPlace;
    let notes: string[];
    let progress: Progress;

    before(async () => {
        place = await AwsPlace.create({ bootSeconds: 0.1, taskSeconds: 0.1 });
        await place.makeProfile("good", ["ecs:*"]);
        await place.ecs.registerTaskDefinition({
            family: "app",
            containerDefinitions: [{ name: "app", image: "registry.suse.com/bci/bci-base", memory: 64 }],
        });
    });
    after(() => place.stop());

    // As a state would have them.
    const launched = new Set<string>();

    function targetOf(clusterName: string, adopted = false): DestroyTarget {
        ({ notes, progress } = recordProgress());
        const owner = { environment: clusterName, stack };
        return { ...targetIn(place, { clock, clusterName, owner, stateIds: launched }), adopted };
    }

    function targetOfStack(ofStack: string, clusterName: string) {
        const owner = { environment: clusterName, stack: ofStack };
        return { aws: place.aws, owner, stateIds: launched, clusterName };
    }

    async function makeCluster(clusterName: string, owner: string, hosts: number): Promise<string[]> {
        await place.ecs.createCluster({ clusterName, tags: [{ key: tagKeys.stack, value: owner }] });
        const userData = renderUserData({ clusterName, generation: 15, storage: { mode: "imageStore" } });
        const ids = await Promise.all(
            Array.from({ length: hosts }, () => place.launch({ stack: owner, profile: "good", userData })),
        );
        ids.forEach((id) => launched.add(id));
        await eventually(async () => {
            const found = await findHosts(targetOfStack(owner, clusterName));
            const joined = found.hosts.filter((host) => host.containerInstance?.clusterName === clusterName);
            expect(joined).to.have.length.of.at.least(hosts);
        });
        return ids;
    }

    async function runServices(cluster: string): Promise<void> {
        await place.ecs.createService({
            cluster,
            serviceName: "web",
            taskDefinition: "app",
            desiredCount: 3,
        });
        const daemon = {
            cluster,
            serviceName: "logs",
            taskDefinition: "app",
            schedulingStrategy: "DAEMON" as const,
        };
        await place.ecs.createService(daemon);
        await place.ecs.runTask({ cluster, taskDefinition: "app", count: 1 });
        await eventually(async () => {
            expect(
                (await place.aws.ecs.tasks(cluster)).filter((task) => task.lastStatus === "RUNNING"),
            ).to.have.length.of.at.least(5);
        });
    }

    it("reads all hosts with one question a hundred", async () => {
        await makeCluster("many", "organization/sles-ecs/many", 4);
        await place.forgetRequests();
        await findHosts(targetOfStack("organization/sles-ecs/many", "many"));
        expect((await place.requests()).sort()).to.deep.equal([
            "DescribeAutoScalingGroups",
            "DescribeContainerInstances",
            "DescribeInstances",
            "ListContainerInstances",
        ]);
    });

    it("is emptied until DeleteCluster is willing, in the order of the guide", async () => {
        const ids = await makeCluster("alice", stack, 2);
        await runServices("alice");
        const target = targetOf("alice");
        const found = await survey(target, progress);
        expect(found.services.map((service) => service.name).sort()).to.deep.equal(["logs", "web"]);
        expect(found.standaloneTasks).to.have.lengthOf(1);

        const removed = await emptyCluster(target, { timeoutSeconds: 30 }, progress);
        expect(removed.map((item) => `${item.type} ${item.name}`)).to.deep.equal([
            "ecs:service web",
            "ecs:service logs",
            "ecs:task app:1",
        ]);
        expect(await place.aws.ecs.tasks("alice")).to.deep.equal([]);
        expect(await place.aws.ecs.services("alice")).to.deep.equal([]);
        expect(await emptyCluster(target, { timeoutSeconds: 30 }, progress)).to.deep.equal([]);

        const removal: Removal = {
            survey: found,
            inTheWay: nobody,
            record: { verb: "destroy", startedAt: new Date(), before: [], steps: [] },
            removedFromCluster: removed,
            deletedByEngine: [],
        };
        const before = await gatherEvidence(target, removal, progress);
        expect(before.left.map((item) => item.type).sort()).to.deep.equal([
            "ec2:instance",
            "ec2:instance",
            "ecs:cluster",
        ]);

        await place.ec2.terminateInstances({ InstanceIds: ids });
        await eventually(() => place.ecs.deleteCluster({ cluster: "alice" }));
        const after = await gatherEvidence(target, removal, progress);
        expect(after.left).to.deep.equal([]);
        expect(after.accountId).to.equal("123456789012");
        expect(after.region).to.equal("us-east-1");
    });

    it("loses the ghost that a host left in default", async () => {
        const owner = "organization/sles-ecs/alice";
        const id = await place.launch({ stack: owner, profile: "good" });
        await eventually(async () => {
            expect(
                (await place.aws.ecs.containerInstances("default")).map((one) => one.instanceId),
            ).to.include(id);
        });
        const target = targetOf("alice");
        const found = await survey(target, progress);
        await place.ec2.stopInstances({ InstanceIds: [id] });
        await eventually(async () => {
            expect(
                (await place.aws.ecs.containerInstances("default")).every((one) => !one.agentConnected),
            ).to.equal(true);
        });
        await place.ec2.terminateInstances({ InstanceIds: [id] });
        const evidence = await gatherEvidence(
            target,
            {
                survey: found,
                inTheWay: nobody,
                record: { verb: "destroy", startedAt: new Date(), before: [], steps: [] },
                removedFromCluster: [],
                deletedByEngine: [],
            },
            progress,
        );
        expect(evidence.removed).to.have.nested.property("[0].name", id);
        expect(await place.aws.ecs.containerInstances("default")).to.deep.equal([]);
    });

    it("is left to its owner when it belongs to somebody else", async () => {
        await makeCluster("shared", "organization/sles-ecs/bob", 2);
        await runServices("shared");
        const target = targetOf("shared");
        const found = await survey(target, progress);
        expect(found.services).to.deep.equal([]);
        expect(await emptyCluster(target, { timeoutSeconds: 5 }, progress)).to.deep.equal([]);
        const services = await place.aws.ecs.services("shared");
        expect(services.map((service) => service.status)).to.deep.equal(["ACTIVE", "ACTIVE"]);
        expect(services.find((service) => service.name === "web")?.desired).to.equal(3);
    });

    it("loses the scale-in protection of its hosts", async () => {
        const tags = [{ Key: tagKeys.stack, Value: stack, PropagateAtLaunch: true }];
        await place.ec2.createLaunchTemplate({
            LaunchTemplateName: "hosts",
            LaunchTemplateData: {
                ImageId: await place.imageId("suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64"),
                InstanceType: "t3.small",
            },
        });
        await place.autoScaling.createAutoScalingGroup({
            AutoScalingGroupName: "alice-hosts",
            LaunchTemplate: { LaunchTemplateName: "hosts" },
            MinSize: 1,
            MaxSize: 1,
            AvailabilityZones: ["us-east-1a"],
            NewInstancesProtectedFromScaleIn: true,
            Tags: tags.map((tag) => ({
                ...tag,
                ResourceType: "auto-scaling-group",
                ResourceId: "alice-hosts",
            })),
        });
        const ofStack = { [tagKeys.stack]: stack };
        await eventually(async () => {
            expect((await place.aws.autoScaling.groups(ofStack))[0]?.protectedInstanceIds).to.have.lengthOf(
                1,
            );
        });
        launched.add("alice-hosts");
        const target = targetOf("gone");
        await emptyCluster(target, { timeoutSeconds: 5 }, progress);
        expect((await place.aws.autoScaling.groups(ofStack))[0]?.protectedInstanceIds).to.deep.equal([]);
        expect(notes).to.deep.equal(["scale-in protection of 1 in alice-hosts dropped"]);
        expect(await place.aws.autoScaling.groups({ [tagKeys.stack]: "nobody" })).to.deep.equal([]);
    });

    it("is refused by the preflight when its name is taken, and passes it when adopted", async () => {
        await place.ecs.createCluster({ clusterName: "taken" });
        const preflight = (raw: object) => {
            const { settings } = parseSettings({ clusterName: "taken", ...raw }, "alice");
            if (settings === undefined) {
                throw new Error("the test's own settings are wrong");
            }
            const sources = { clock, loadPint: () => Promise.resolve(place.pint) };
            const request = { environment: "alice", stack, settings, stateIsEmpty: true };
            return runPreflight(place.aws, sources, request).catch((error: unknown) => error);
        };
        const refused = await preflight({});
        expect(refused).to.be.instanceOf(AppError);
        expect(refused).to.have.property("code", "CLUSTER_NAME_TAKEN");
        const wrong = await preflight({
            hosts: { keyName: "nobody", instanceType: "t9.huge" },
            hostImage: { filter: "suse-sles-15-sp9-v*-ecs-hvm-ssd-x86_64" },
            instanceRole: { mode: "existing", instanceProfileName: "nobody" },
            network: {
                mode: "existing",
                subnetIds: [await place.makeClosedSubnet(), "subnet-00000000"],
                securityGroupIds: ["sg-00000000"],
            },
        });
        // What belongs to a finding stands below it, further in.
        const findings = (wrong as AppError).details
            .map((line) => renderLine(line))
            .filter((line) => !line.startsWith("  "));
        const codes = findings.map((line) => /\[(\w+)\]$/.exec(line)?.[1]);
        expect(codes.sort()).to.deep.equal([
            "CLUSTER_NAME_TAKEN",
            "IMAGE_NOT_FOUND",
            "INSTANCE_PROFILE_NOT_FOUND",
            "INSTANCE_TYPE_NOT_OFFERED",
            "KEY_PAIR_NOT_FOUND",
            "NO_ROUTE_TO_S3",
            "SECURITY_GROUP_NOT_FOUND",
            "SUBNET_NOT_FOUND",
        ]);
        expect(await preflight({ adoptCluster: true })).to.deep.include({ warnings: [] });
    });
});

/** Tries until it succeeds, a minute at most. */
async function eventually(attempt: () => Promise<unknown>): Promise<void> {
    const deadline = Date.now() + 60_000;
    for (;;) {
        try {
            await attempt();
            return;
        } catch (error) {
            if (Date.now() > deadline) {
                throw error;
            }
            await clock.sleep(100);
        }
    }
}
