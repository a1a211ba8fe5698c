import { readFile, writeFile } from "node:fs/promises";
import {
    DescribeInstancesCommand,
    DescribeVolumesCommand,
    EC2Client,
    GetConsoleOutputCommand,
} from "@aws-sdk/client-ec2";
import { ECS } from "@aws-sdk/client-ecs";
import { expect } from "chai";
import { parse } from "yaml";

import { Workplace } from "./harness";

/** The newest SLES 15 SP7 of the local cloud at its start, and its successor. */
const september = "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64";
const january = "suse-sles-15-sp7-v20270115-ecs-hvm-ssd-x86_64";

describe("an environment through the life of its host image", () => {
    let place: Workplace;
    let ec2: EC2Client;
    let ecs: ECS;

    before(async () => {
        place = await Workplace.create();
        const access = place.access;
        ec2 = new EC2Client(access);
        ecs = new ECS(access);
    });
    after(() => place.stop());

    async function goTo(next: string): Promise<void> {
        const response = await fetch(`${place.cloud.endpoint}/_local/settings`, {
            method: "POST",
            body: JSON.stringify({ imagesOn: next }),
        });
        expect(response.status).to.equal(200);
    }

    const run = (exitCode: number, ...args: readonly string[]) => place.expectSlesEcs(exitCode, ...args);

    /** Running instances of an environment by their number, with the volume on each. */
    async function hostsOf(environment: string) {
        const filters = [
            { Name: "tag:sles-ecs:environment", Values: [environment] },
            { Name: "instance-state-name", Values: ["running"] },
        ];
        const [{ Reservations = [] }, { Volumes = [] }] = await Promise.all([
            ec2.send(new DescribeInstancesCommand({ Filters: filters })),
            ec2.send(new DescribeVolumesCommand({})),
        ]);
        return Reservations.flatMap(({ Instances = [] }) => Instances)
            .map(({ InstanceId: id = "", ImageId: image = "", Tags = [] }) => ({
                id,
                image,
                number: Tags.find(({ Key }) => Key === "sles-ecs:host")?.Value ?? "",
                volume: Volumes.find(({ Attachments = [] }) =>
                    Attachments.some(({ InstanceId, Device }) => InstanceId === id && Device === "/dev/sdf"),
                )?.VolumeId,
            }))
            .sort((one, other) => one.number.localeCompare(other.number));
    }

    async function storageStep(instanceId: string): Promise<string> {
        const { Output = "" } = await ec2.send(new GetConsoleOutputCommand({ InstanceId: instanceId }));
        const lines = Buffer.from(Output, "base64").toString("utf8").split("\n");
        return lines.find((line) => line.includes("step=storage")) ?? "";
    }

    /** The section with the lock, as a settings file has it. */
    async function hostImageOf(environment: string): Promise<Record<string, unknown>> {
        const text = await readFile(place.settingsFile(environment), "utf8");
        const { config } = parse(text) as { config: Record<string, unknown> };
        return { hostImage: config["sles-ecs:hostImage"] };
    }

    async function startService(cluster: string): Promise<void> {
        await ecs.registerTaskDefinition({
            family: "web",
            containerDefinitions: [
                { name: "web", image: "registry.suse.com/suse/nginx", cpu: 64, memory: 128 },
            ],
        });
        await ecs.createService({ cluster, serviceName: "web", taskDefinition: "web", desiredCount: 2 });
        for (let look = 0; look < 50; look += 1) {
            const { services = [] } = await ecs.describeServices({ cluster, services: ["web"] });
            if (services[0]?.runningCount === 2) {
                return;
            }
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        throw new Error("the service never came up");
    }

    /** Counts, until some work is done, the hosts of a cluster that take tasks. */
    async function whileCounting<T>(cluster: string, work: () => Promise<T>) {
        const counts: number[] = [];
        const over = new AbortController();
        const counting = (async () => {
            while (!over.signal.aborted) {
                const { containerInstanceArns = [] } = await ecs.listContainerInstances({
                    cluster,
                    status: "ACTIVE",
                });
                counts.push(containerInstanceArns.length);
                await new Promise((resolve) => setTimeout(resolve, 50));
            }
        })();
        const result = await work().finally(() => {
            over.abort();
        });
        await counting;
        return { result, fewest: Math.min(...counts) };
    }

    it("published, no change, outdated, planned, updated; the old one deprecated, then deleted", async () => {
        await place.writeSettings("steady", {
            hosts: { count: 2 },
            dockerStorage: { mode: "volume", sizeGiB: 20 },
        });
        await place.writeSettings("sleepy", { hosts: { count: 1 } });
        await run(0, "up", "steady", "--yes");
        await run(0, "up", "sleepy", "--yes");
        const before = await hostsOf("steady");
        expect(before).to.have.length(2);
        await startService("steady");
        await run(0, "images", "outdated");

        await goTo("20270116");
        expect((await run(0, "up", "steady")).stdout).to.match(/nothing changed/);
        expect(await hostsOf("steady")).to.deep.equal(before);
        const outdated = await run(1, "images", "outdated");
        expect(outdated.stdout).to.match(new RegExp(`steady .*${september} +${january} +deprecated`));

        const plan = await run(0, "images", "update", "steady", "--plan");
        expect(plan.stdout).to.include(`${september} (`).and.to.include(`-> ${january} (`);
        // Made up by the local cloud of the months of September 2026 and January 2027, counted from 2020.
        expect(plan.stdout).to.include("kernel-default 6.4.0-150700.53.81.1 -> 6.4.0-150700.53.85.1\n");
        expect(plan.stdout).to.match(new RegExp(`1\\. ${before[0]?.id ?? ""} .*of service web move`));
        expect(await hostsOf("steady")).to.deep.equal(before);
        const asked = await run(2, "images", "update", "steady");
        expect(asked.stderr).to.include("CONSENT_NEEDED");

        const comment = "# The team's image.";
        const file = place.settingsFile("steady");
        await writeFile(file, `${comment}\n${await readFile(file, "utf8")}`);
        const { result: updated, fewest } = await whileCounting("steady", () =>
            run(0, "images", "update", "steady", "--yes"),
        );
        expect(fewest, "hosts that took tasks at any time").to.equal(1);
        expect(updated.stdout).to.match(
            /has moved to suse-sles-15-sp7-v20270115.*: 2 hosts replaced, 2 of 2 ready/,
        );
        const after = await hostsOf("steady");
        expect(after.map(({ volume }) => volume)).to.deep.equal(before.map(({ volume }) => volume));
        expect(new Set([...before, ...after].map(({ id }) => id)).size).to.equal(4);
        expect(new Set(after.map(({ image }) => image)).size).to.equal(1);
        expect(after[0]?.image).to.not.equal(before[0]?.image);
        for (const { id } of after) {
            expect(await storageStep(id))
                .to.match(/result=ok/)
                .and.not.match(/formatted/);
        }
        const { services = [] } = await ecs.describeServices({ cluster: "steady", services: ["web"] });
        expect(services[0]?.runningCount).to.equal(2);
        expect(await readFile(file, "utf8"))
            .to.include(comment)
            .and.to.include(january)
            .and.not.include(september);
        expect((await run(0, "images", "update", "steady", "--yes")).stdout).to.match(/already/);

        const warned = await run(0, "preview", "sleepy");
        expect(warned.stderr).to.match(
            new RegExp(
                `${september}.* is deprecated since 2027-01-15; SUSE is expected .* 2029-01-15 on.* is ${january}`,
            ),
        );
        await goTo("20290116");
        const stopped = await run(2, "preview", "sleepy");
        expect(stopped.stderr).to.include("IMAGE_RETIRED").and.to.include(january);
        await run(2, "up", "sleepy", "--yes");
        await place.writeSettings("sleepy", { hosts: { count: 2 }, ...(await hostImageOf("sleepy")) });
        const other = await run(2, "images", "update", "sleepy", "--yes");
        expect(other.stderr)
            .to.include("OTHER_CHANGES")
            .and.to.match(/create +host 2/);
        await place.writeSettings("sleepy", { hosts: { count: 1 }, ...(await hostImageOf("sleepy")) });
        await run(0, "images", "update", "sleepy", "--yes");
        expect((await hostsOf("sleepy"))[0]?.image).to.equal(after[0]?.image);

        await ecs.deleteService({ cluster: "steady", service: "web", force: true });
        await run(0, "destroy", "steady", "--yes");
        await run(0, "destroy", "sleepy", "--yes");
    });

    it("its lock leads on by the commands that errors name, and by no others", async () => {
        await goTo("20270116");
        await place.writeSettings("lost", { hosts: { count: 1 }, hostImage: { filter: september } });
        await run(0, "up", "lost", "--yes");
        const before = await hostsOf("lost");
        const file = place.settingsFile("lost");
        const right = await readFile(file, "utf8");

        await writeFile(file, right.replace(/ami-\w+/, "ami-0123456789abcdef0"));
        const mistyped = await run(2, "up", "lost", "--yes");
        expect(mistyped.stderr)
            .to.include("IMAGE_LOCK_WRONG")
            .and.include(`Next: sles-ecs images update lost --to ${september}\n`);
        const mended = await run(0, "images", "update", "lost", "--to", september, "--yes");
        expect(mended.stderr).to.not.include("EC2 does not offer it");
        expect(mended.stderr.match(/is deprecated since/g)).to.have.length(1);
        expect(parse(await readFile(file, "utf8"))).to.deep.equal(parse(right));
        expect(await hostsOf("lost")).to.deep.equal(before);

        await writeFile(file, right.replace(september, "suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64"));
        await goTo("20290116");
        const gone = await run(2, "up", "mine", "--from", "lost", "--yes");
        const next = "up mine --from lost --set hostImage.lock=";
        expect(gone.stderr).to.include("IMAGE_RETIRED").and.include(`Next: sles-ecs ${next}\n`);
        await run(0, ...next.split(" "), "--yes");
        await run(0, "destroy", "mine", "--yes");
        await run(0, "destroy", "lost", "--yes");
    });

    it("hosts of a group change one after the other, too", async () => {
        await goTo("20261123");
        await place.writeSettings("group", { hosts: { mode: "autoScaling", min: 2, max: 4, desired: 2 } });
        await run(0, "up", "group", "--yes");
        const before = await hostsOf("group");
        await goTo("20270116");
        const { result: updated, fewest } = await whileCounting("group", () =>
            run(0, "images", "update", "group", "--yes"),
        );
        // The group may have four hosts, so that each successor comes before its host goes.
        expect(fewest, "hosts that took tasks at any time").to.equal(2);
        expect(updated.stdout).to.match(/2 hosts replaced, 2 of 2 ready/);
        const after = await hostsOf("group");
        expect(after).to.have.length(2);
        expect(new Set([...before, ...after].map(({ id }) => id)).size).to.equal(4);
        expect(new Set(after.map(({ image }) => image)).size).to.equal(1);
        await run(0, "destroy", "group", "--yes");
    });
});
