import type { Show } from "../../../components/model/commandLine";
import { calendarDate, daysBetween, showImageDate } from "../../../components/model/images/imageDate";
import { instant } from "../../../components/model/lease";
import { hostNumberIn } from "../../../components/model/tags";
import { describeImage, describeState } from "../../hosts/describeHost";
import { stageOf } from "../../hosts/judge";
import { describeImageState, needsAttention, type ImageStatus } from "../../images/imageStatus";
import type { KnownLease } from "../../lease/lease";
import { describeEnd } from "../../lease/view";
import { counted } from "../../output/counted";
import { costSentence } from "../../output/costs";
import { secondsBetween } from "../../output/durations";
import type { PictureFacts, PictureHost, PictureImage, PictureService, Told } from "../../picture/facts";
import { hostName } from "../../picture/words";
import type { Service, Task } from "../../ports/aws";
import type { MoreFacts } from "./readMore";
import type { EnvironmentStatus, StatusHost } from "./status";

interface Drawn {
    readonly now: Date;
    readonly show: Show;
}

/** Everything that is on the page, in people's words. */
export function pictureFacts(status: EnvironmentStatus, more: MoreFacts, drawn: Drawn): PictureFacts {
    const { cluster, hosts } = status;
    const pictured = hosts.map((host) => hostOf(host, more));
    return {
        environment: status.environment,
        stack: status.stack,
        drawnAt: drawn.now,
        accountId: more.accountId,
        region: status.region,
        clusterName: status.clusterName,
        cluster:
            cluster === undefined
                ? { text: "not there", tone: "bad" }
                : { text: cluster.status, tone: cluster.status === "ACTIVE" ? "good" : "doubtful" },
        state: stateOf(status),
        readyHosts: readyCount(status),
        wantedHosts: status.wantedHosts,
        tasks: cluster?.runningTasks ?? 0,
        lease: leaseText(more.lease, drawn.now),
        costs: more.costs && costSentence(more.costs),
        remarks: more.remarks,
        hosts: pictured,
        subnets: more.subnets.map(({ id, vpcId, zone, cidrBlock, mapPublicIpOnLaunch: isPublic }) => ({
            ...{ id, vpcId, zone, cidrBlock, isPublic },
        })),
        freeVolumes: more.volumes.filter(({ attachedTo }) => attachedTo === undefined),
        services: status.services.map((service) => serviceOf(service, hosts, more.tasks)),
        image: more.image && imageOf(more.image, drawn),
        runs: more.runs,
    };
}

function readyCount({ hosts }: EnvironmentStatus): number {
    return hosts.filter(({ ready }) => ready).length;
}

function stateOf(status: EnvironmentStatus): Told {
    const ready = readyCount(status);
    if (status.cluster === undefined) {
        return { text: "no cluster", tone: "bad" };
    }
    if (status.pausedSince !== undefined) {
        return { text: `paused since ${status.pausedSince}`, tone: "quiet" };
    }
    return ready >= status.wantedHosts
        ? { text: "ready", tone: "good" }
        : { text: `${ready} of ${counted(status.wantedHosts, "host")} ready`, tone: "doubtful" };
}

function leaseText(lease: KnownLease | undefined, now: Date): string | undefined {
    switch (lease?.kind) {
        case "lease": {
            const { owner, expiresAt } = lease;
            const end = expiresAt && describeEnd(instant(expiresAt), secondsBetween(now, expiresAt));
            return `of ${owner}, ${end ?? describeEnd(undefined, undefined)}`;
        }
        case "unreadable":
            return `of ${lease.owner}, its end is not known: ${lease.why}`;
        default:
            return undefined;
    }
}

function hostOf(host: StatusHost, { volumes, tasks, bootSteps }: MoreFacts): PictureHost {
    const { instanceId, zone, subnetId, instanceType, storage, ready, reached, containerInstance } = host;
    const text = describeState(host);
    const own = tasks.filter(
        ({ containerInstanceArn: arn }) => arn !== undefined && arn === containerInstance?.arn,
    );
    return {
        ...{ instanceId, zone, subnetId, instanceType, storage },
        number: hostNumberIn(host.tags),
        stage: stageOf({ host, ready }),
        state: ready
            ? {
                  text: text === "connected" ? "ready" : text,
                  tone: text === "connected" ? "good" : "doubtful",
              }
            : { text, tone: host.state === "running" || host.state === "pending" ? "doubtful" : "bad" },
        lacks: ready ? undefined : reached,
        agentVersion: containerInstance?.agentVersion,
        volumes: volumes.filter(({ attachedTo }) => attachedTo === instanceId),
        image: describeImage(host),
        tasks: countTasks(own),
        bootSteps: bootSteps.get(instanceId) ?? [],
    };
}

/** ECS's word for the tasks of a service. */
const ofService = "service:";

function countTasks(tasks: readonly Task[]): PictureHost["tasks"] {
    const counts = new Map<string, number>();
    for (const { group, taskDefinition } of tasks) {
        const name = group.startsWith(ofService) ? group.slice(ofService.length) : taskDefinition;
        counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => ({ name, count }));
}

function serviceOf(service: Service, hosts: readonly StatusHost[], tasks: readonly Task[]): PictureService {
    const { name, schedulingStrategy: strategy, status, running, desired, pending } = service;
    const places = new Set(
        tasks
            .filter(({ group }) => group === `${ofService}${name}`)
            .map(({ containerInstanceArn }) => containerInstanceArn),
    );
    const isSteady = status === "ACTIVE" && running >= desired;
    return {
        ...{ name, strategy, running, desired, pending },
        state: isSteady
            ? { text: "steady", tone: "good" }
            : { text: status === "ACTIVE" ? "not steady" : status, tone: "doubtful" },
        hosts: hosts
            .filter(({ containerInstance }) => places.has(containerInstance?.arn ?? ""))
            .map(({ instanceId, tags }) => hostName({ instanceId, number: hostNumberIn(tags) })),
    };
}

function imageOf(status: ImageStatus, { now, show }: Drawn): PictureImage | undefined {
    const { lock, running, newest, message, next } = status;
    const image = lock ?? running ?? newest;
    if (image === undefined) {
        return undefined;
    }
    const isGone = status.state === "gone" || status.state === "wrong";
    return {
        name: image.name,
        id: image.id,
        isLocked: lock !== undefined,
        date: showImageDate(image.date),
        ageDays: Math.max(0, daysBetween(image.date, calendarDate(now))),
        state: {
            text: describeImageState(status),
            tone: isGone ? "bad" : needsAttention(status) ? "doubtful" : "good",
        },
        newer: newest === undefined || newest.id === image.id ? undefined : newest.name,
        notice: message && show(message),
        next: next && show(next),
    };
}
