import type { PictureFacts, PictureHost, PictureSubnet } from "../../automation/picture/facts";
import type { RunHost, RunRecord, RunResource } from "../../components/model/runRecord";

/** When the pictures of the tests are drawn. */
const drawnAt = new Date("2026-11-23T10:00:00Z");
const begin = Date.parse("2026-11-23T08:30:00Z");

function at(seconds: number): string {
    return new Date(begin + seconds * 1000).toISOString();
}

function span(from: number, to: number) {
    return { startedAt: at(from), endedAt: at(to) };
}

function hex(number: number): string {
    return ((number * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, "0");
}

const region = "eu-central-1";
const zones = ["a", "b", "c"].map((letter) => `${region}${letter}`);

function subnetIn(zone: string): PictureSubnet {
    const index = zones.indexOf(zone);
    return {
        ...{ id: `subnet-0${hex(index + 7)}`, vpcId: "vpc-0a1b2c3d4e5f60718", zone },
        ...{ cidrBlock: `10.0.${index * 16}.0/20`, isPublic: index === 0 },
    };
}

/** Host number `number`, in one of the first zones; ready unless said otherwise. */
function hostAt(number: number, zoneCount: number, changes: Partial<PictureHost> = {}): PictureHost {
    const zone = zones[(number - 1) % zoneCount] ?? region;
    return {
        ...{ instanceId: `i-0a1b2c3d4${hex(number)}`, number, zone, subnetId: subnetIn(zone).id },
        ...{ instanceType: "t3.medium", image: "15 SP7 20260922", agentVersion: "1.105.1" },
        ...{ stage: "ready", state: { text: "ready", tone: "good" }, storage: "imageStore" },
        volumes: number === 1 ? [{ id: "vol-0f1e2d3c4b5a69788", sizeGiB: 100, type: "gp3" }] : [],
        tasks: [
            { name: "web", count: 1 + (number % 2) },
            { name: "logs", count: 1 },
        ],
        bootSteps: (["hold", "storage", "configure", "start"] as const).map((step, index) => ({
            ...{ step, result: "ok", reason: "", seconds: 0.2 + index * 0.8 },
        })),
        ...changes,
    };
}

function resource(part: string, label: string, from: number, to: number, operation = "create"): RunResource {
    return { part, label, operation, outcome: "done", ...span(from, to) };
}

/** An `up` that has made so many hosts. */
function firstRun(hosts: readonly PictureHost[]): RunRecord {
    const hostEnd = (number: number) => 34 + (number % 7) * 3;
    const last = 150;
    return {
        ...{ verb: "up", stack: "organization/sles-ecs/alice", outcome: "done", ...span(0, last) },
        phases: [
            { title: "checking", ...span(0, 6) },
            { title: "creating", ...span(6, 66) },
            { title: "waiting for hosts", ...span(66, last) },
        ],
        resources: [
            resource("cluster", "cluster", 8, 19),
            resource("permissions", "instance role", 8, 10.5),
            resource("permissions", "policy of the instance role", 10.5, 11.4),
            resource("permissions", "instance profile", 10.6, 18),
            resource("network", "VPC", 8, 10),
            ...zones.map((zone, index) => resource("network", `subnet ${zone}`, 10, 11 + index * 0.4)),
            resource("network", "internet gateway", 10, 10.9),
            resource("network", "security group of hosts", 10, 12.6),
            ...hosts.map(({ number = 0 }) => resource("hosts", `host ${number}`, 20, hostEnd(number))),
            resource("hosts", "docker volume of host 1", 12, 24),
            resource("hosts", "attachment of the docker volume of host 1", 37, 66),
        ],
        hosts: hosts.map(({ instanceId, zone, number = 0, stage }): RunHost => {
            const [booting, joining] = [hostEnd(number), hostEnd(number) + 48 + (number % 5) * 4];
            const ready = joining + 6 + (number % 3);
            const start = { stage: "starting", ...span(21, booting) } as const;
            return {
                ...{ instanceId, zone, number },
                stages:
                    stage === "booting"
                        ? [start, { stage, ...span(booting, last) }]
                        : [
                              start,
                              { stage: "booting", ...span(booting, joining) },
                              { stage: "joining", ...span(joining, ready) },
                              { stage: "ready", ...span(ready, last) },
                          ],
            };
        }),
    };
}

/** A picture of an environment with so many hosts. */
export function pictureOf(hostCount: number, changes: Partial<PictureFacts> = {}): PictureFacts {
    const zoneCount = Math.min(hostCount, zones.length);
    const hosts = Array.from({ length: hostCount }, (_, index) => hostAt(index + 1, zoneCount));
    return {
        ...{ environment: "alice", stack: "organization/sles-ecs/alice", drawnAt },
        ...{ accountId: "123456789012", region, clusterName: "alice" },
        cluster: { text: "ACTIVE", tone: "good" },
        state: { text: "ready", tone: "good" },
        ...{ readyHosts: hostCount, wantedHosts: hostCount, tasks: hostCount * 2, remarks: [] },
        lease: "of alice@example.com, ends in 6 h 30 min, at 2026-11-23T16:30:00Z",
        costs: "about 0.05 USD an hour, 36 USD a month (1 host 0.05)",
        hosts,
        subnets: zones.slice(0, Math.max(1, zoneCount)).map(subnetIn),
        freeVolumes: [],
        services: [
            {
                ...{ name: "web", strategy: "REPLICA", state: { text: "steady", tone: "good" } },
                ...{ running: hostCount, desired: hostCount, pending: 0 },
                hosts: hosts.map(({ number }) => `Host ${number}`),
            },
            {
                ...{ name: "logs", strategy: "DAEMON", state: { text: "steady", tone: "good" } },
                ...{ running: hostCount, desired: hostCount, pending: 0 },
                hosts: hosts.map(({ number }) => `Host ${number}`),
            },
        ],
        image: {
            name: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
            ...{ id: "ami-0123456789abcdef0", isLocked: true, date: "2026-09-22", ageDays: 62 },
            state: { text: "current", tone: "good" },
        },
        runs: [firstRun(hosts)],
        ...changes,
    };
}

/** One in which much is not as it should be. */
export function troubledPicture(hostCount: number): PictureFacts {
    const well = pictureOf(hostCount);
    const [first, ...others] = well.hosts;
    const ill: PictureHost = {
        ...(first ?? hostAt(1, 1)),
        ...{ stage: "booting", state: { text: "no agent", tone: "doubtful" }, agentVersion: undefined },
        ...{ storage: undefined, tasks: [], lacks: "the instance runs, no ECS agent has registered yet" },
        bootSteps: [
            { step: "hold", result: "ok", seconds: 0.2, reason: "" },
            {
                ...{ step: "storage", result: "failed", seconds: 120 },
                reason: "the docker volume was not attached within 120 s",
            },
        ],
    };
    const hosts = [ill, ...others];
    const failed = firstRun(hosts);
    return {
        ...well,
        hosts,
        state: { text: `${hostCount - 1} of ${hostCount} hosts ready`, tone: "doubtful" },
        readyHosts: hostCount - 1,
        remarks: ["not read: the host image: AccessDenied: not authorized to perform ec2:DescribeImages"],
        freeVolumes: [{ id: "vol-0123456789abcdef0", sizeGiB: 50, type: "gp3" }],
        lease: "of alice@example.com, is over since 12 min",
        image: well.image && {
            ...well.image,
            state: { text: "deleted soon", tone: "doubtful" },
            newer: "suse-sles-15-sp7-v20261110-ecs-hvm-ssd-x86_64",
            notice: "ami-0123456789abcdef0 (suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64) will be deleted by SUSE on 2026-12-01",
            next: "sles-ecs images update alice",
        },
        runs: [
            firstRun(well.hosts),
            {
                ...failed,
                ...{ outcome: "failed", code: "NOT_READY" },
                resources: failed.resources.map((one) =>
                    one.label.startsWith("attachment") ? { ...one, outcome: "failed" } : one,
                ),
            },
        ],
    };
}
