import { readFile } from "node:fs/promises";
import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { EC2 } from "@aws-sdk/client-ec2";
import { ECS } from "@aws-sdk/client-ecs";
import { expect } from "chai";
import { parse } from "yaml";

import { Workplace } from "./harness";

const family = "web";

describe("up --roll on a whole system", () => {
    let place: Workplace;
    let ec2: EC2;
    let ecs: ECS;
    let autoScaling: AutoScaling;

    before(async () => {
        place = await Workplace.create();
        ec2 = new EC2(place.access);
        ecs = new ECS(place.access);
        autoScaling = new AutoScaling(place.access);
    });
    after(() => place.stop());

    const run = (exitCode: number, ...args: readonly string[]) => place.expectSlesEcs(exitCode, ...args);

    /** Writes settings, with the lock of the host image that the first `up` has written. */
    async function change(environment: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
        const text = await readFile(place.settingsFile(environment), "utf8");
        const { config } = parse(text) as { config: Record<string, unknown> };
        await place.writeSettings(environment, { ...settings, hostImage: config["sles-ecs:hostImage"] });
    }

    /** Running instances with their types, and the volumes that are attached to them as docker's. */
    async function hostsOf(environment: string) {
        const [{ Reservations = [] }, { Volumes = [] }] = await Promise.all([
            ec2.describeInstances({
                Filters: [
                    { Name: "tag:sles-ecs:environment", Values: [environment] },
                    { Name: "instance-state-name", Values: ["running"] },
                ],
            }),
            ec2.describeVolumes({}),
        ]);
        return Reservations.flatMap(({ Instances = [] }) => Instances).map(
            ({ InstanceId: id = "", InstanceType: type = "" }) => ({
                id,
                type,
                volume: Volumes.find(({ Attachments = [] }) =>
                    Attachments.some((one) => one.InstanceId === id && one.Device === "/dev/sdf"),
                )?.VolumeId,
            }),
        );
    }

    async function startService(cluster: string, desiredCount: number, minimumHealthyPercent: number) {
        await ecs.registerTaskDefinition({
            family,
            containerDefinitions: [
                { name: family, image: "registry.suse.com/suse/nginx", cpu: 64, memory: 128 },
            ],
        });
        await ecs.createService({
            // Hosts boot so fast here that some join before their capacity provider is the cluster's.
            ...{ cluster, serviceName: family, taskDefinition: family, desiredCount, launchType: "EC2" },
            deploymentConfiguration: { minimumHealthyPercent, maximumPercent: 200 },
            placementStrategy: [{ type: "spread", field: "instanceId" }],
        });
        for (let look = 0; look < 300 && (await runningIn(cluster)) < desiredCount; look += 1) {
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        const { services = [] } = await ecs.describeServices({ cluster, services: [family] });
        expect(services[0]?.runningCount, services[0]?.events?.[0]?.message).to.equal(desiredCount);
    }

    async function runningIn(cluster: string): Promise<number> {
        const { services = [] } = await ecs.describeServices({ cluster, services: [family] });
        return services[0]?.runningCount ?? 0;
    }

    /** Samples, until some work is done, running tasks of the service and hosts that take tasks. */
    async function whileSampling<T>(cluster: string, work: () => Promise<T>) {
        const samples: (readonly [tasks: number, hosts: number])[] = [];
        const over = new AbortController();
        const sampling = (async () => {
            while (!over.signal.aborted) {
                const [tasks, { containerInstanceArns = [] }] = await Promise.all([
                    runningIn(cluster),
                    ecs.listContainerInstances({ cluster, status: "ACTIVE" }),
                ]);
                samples.push([tasks, containerInstanceArns.length]);
                await new Promise((resolve) => setTimeout(resolve, 50));
            }
        })();
        const result = await work().finally(() => over.abort());
        await sampling;
        return {
            result,
            samples: samples.length,
            fewestTasks: Math.min(...samples.map(([tasks]) => tasks)),
            fewestHosts: Math.min(...samples.map(([, hosts]) => hosts)),
        };
    }

    it("six hosts of a group go two by two, and no service has less than its minimum meanwhile", async () => {
        const hosts = { mode: "autoScaling", min: 6, max: 8, desired: 6 };
        await place.writeSettings("group", { hosts: { ...hosts, instanceType: "t3.medium" } });
        await run(0, "up", "group", "--yes");
        await startService("group", 6, 80);
        const before = await hostsOf("group");
        expect(before).to.have.length(6);

        await change("group", { hosts: { ...hosts, instanceType: "t3.large" } });
        const roll = "sles-ecs up group --roll";
        expect((await run(0, "preview", "group")).stdout).to.include(roll);
        // An `up` as ever: the hosts stay, and are of an older version from then on.
        expect((await run(0, "up", "group", "--yes")).stdout).to.include(roll);
        expect(await hostsOf("group")).to.deep.equal(before);
        const status = await run(0, "status", "group");
        expect(status.stdout.match(/ outdated /g)).to.have.length(6);
        expect(status.stdout).to.include(`Next: ${roll}\n`);

        const [{ AutoScalingGroupName = "" } = {}] =
            (await autoScaling.describeAutoScalingGroups({})).AutoScalingGroups ?? [];
        await autoScaling.suspendProcesses({ AutoScalingGroupName, ScalingProcesses: ["Launch"] });
        const suspended = await run(2, "up", "group", "--roll", "--yes");
        expect(suspended.stderr).to.include("GROUP_SUSPENDED").and.include("Launch is suspended");
        expect(await hostsOf("group")).to.deep.equal(before);
        await autoScaling.resumeProcesses({ AutoScalingGroupName, ScalingProcesses: ["Launch"] });

        const { result, samples, fewestTasks, fewestHosts } = await whileSampling("group", () =>
            run(0, "up", "group", "--roll", "--batch", "2", "--yes"),
        );
        expect(result.stdout).to.include("hosts: 6 replaced, 6 of 6 ready");
        expect(result.stderr).to.match(/ {2}2 at once, their successors first: group \S+ may have 8 hosts\n/);
        expect(samples).to.be.at.least(20);
        // 80 % of six tasks, rounded up.
        expect(fewestTasks, "running tasks at any time").to.be.at.least(5);
        expect(fewestHosts, "hosts that took tasks at any time").to.equal(6);
        const after = await hostsOf("group");
        expect(after.map(({ type }) => type)).to.deep.equal(Array.from({ length: 6 }, () => "t3.large"));
        expect(new Set([...before, ...after].map(({ id }) => id)).size).to.equal(12);
        expect((await run(0, "status", "group")).stdout).to.not.include("outdated");
        expect(await runningIn("group")).to.equal(6);
        // Nothing is left to do, and the engine sees no difference.
        expect((await run(0, "up", "group", "--roll")).stdout).to.include("nothing changed");
        await ecs.deleteService({ cluster: "group", service: family, force: true });
        await run(0, "destroy", "group", "--yes");
    });

    it("a fixed pair goes one after the other for another instance type, with its volumes", async () => {
        const dockerStorage = { mode: "volume", sizeGiB: 20 };
        await place.writeSettings("pair", { hosts: { count: 2, instanceType: "t3.medium" }, dockerStorage });
        await run(0, "up", "pair", "--yes");
        await startService("pair", 2, 50);
        const before = await hostsOf("pair");

        await change("pair", { hosts: { count: 2, instanceType: "t3.large" }, dockerStorage });
        const asked = await run(2, "up", "pair");
        expect(asked.stderr)
            .to.include("CONSENT_NEEDED")
            .and.include("host by host, and tasks first: sles-ecs up pair --roll\n");
        const { result, fewestTasks, fewestHosts } = await whileSampling("pair", () =>
            run(0, "up", "pair", "--roll", "--yes"),
        );
        expect(result.stderr).to.match(
            /1\. i-\w+ in \S+, for a change of instanceType: 1 task of service web moves/,
        );
        expect(result.stdout).to.include("hosts: 2 replaced, 2 of 2 ready");
        expect(fewestTasks, "running tasks at any time").to.be.at.least(1);
        expect(fewestHosts, "hosts that took tasks at any time").to.equal(1);
        const after = await hostsOf("pair");
        expect(after.map(({ type }) => type)).to.deep.equal(["t3.large", "t3.large"]);
        const volumesOf = (all: typeof after) => all.map(({ volume }) => volume).sort();
        expect(volumesOf(after)).to.deep.equal(volumesOf(before));
        expect(new Set([...before, ...after].map(({ id }) => id)).size).to.equal(4);
        expect((await run(0, "up", "pair", "--roll")).stdout).to.include("nothing changed");
        await ecs.deleteService({ cluster: "pair", service: family, force: true });
        await run(0, "destroy", "pair", "--yes");
    });
});
