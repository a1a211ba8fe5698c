import pLimit from "p-limit";

import { attributeNames } from "../../components/model/attributes";
import { lackingCapabilities } from "../../components/model/capabilities/lacking";
import type { HostEvidence, Registration } from "../../components/model/diagnosis/evidence";
import { proxiesOf } from "../../components/model/checks/reach";
import { lacksCapacityProvider } from "../../components/model/diagnosis/ready";
import {
    storageOfHost,
    type ResolvedCapabilities,
    type ResolvedDockerStorage,
    type ResolvedSettings,
} from "../../components/model/settings";
import { hostNumberIn, proofOf, tagKeys } from "../../components/model/tags";
import { clusterNamedIn } from "../../components/model/userData/clusterNamed";
import { isOwnUserData } from "../../components/model/userData/ownUserData";
import type { Target } from "../environment/target";
import type { ContainerInstance, Host } from "../ports/aws";
import type { Volume } from "../ports/awsServices";
import { findElsewhere } from "./elsewhere";
import { missingLinks } from "./links";
import { readProfiles } from "./profiles";
import { readerTo } from "./readerTo";

/** The environment whose hosts they are, with what makes one of them a ready one. */
export interface Asked extends Pick<Target, "aws" | "clock" | "clusterName" | "owner"> {
    /** @default - docker may keep its data wherever the host says */
    readonly dockerStorage?: ResolvedDockerStorage;
    /** What it is to offer beside running tasks. @default - nothing */
    readonly capabilities?: ResolvedCapabilities;
    /** The capacity provider of its group. @default - it has none */
    readonly capacityProvider?: string;
    /** By which proxies they go out. @default - directly */
    readonly settings?: Pick<ResolvedSettings, "agent" | "proxy">;
    /** Asks hosts themselves, by the ids of their instances. @default - no host is asked */
    readonly readLogs?: (instanceIds: readonly string[]) => Promise<ReadonlyMap<string, HostLogs>>;
}

/** What a host tells of itself, or why it does not. */
export type HostLogs = { readonly text: string } | { readonly unseen: string };

/**
 * Reads about hosts what can be read without logging in: lists once for all of them, and what EC2 gives one by one, the console of
 * those that run, and the user data of those whose agent is not connected. What may not be read is noted, and hides nothing else.
 */
export async function gatherEvidence(asked: Asked, hosts: readonly Host[]): Promise<readonly HostEvidence[]> {
    const { aws, clusterName, owner, settings } = asked;
    const unread: string[] = [];
    const read = readerTo(unread);
    const running = hosts.filter(({ state }) => state === "running");
    const silent = running.filter(({ containerInstance }) => containerInstance === undefined);
    const [clusterStatus, checks, elsewhere, volumes, profiles, links, logs] = await Promise.all([
        read(
            "the cluster",
            aws.ecs.cluster(clusterName).then((cluster) => cluster?.status ?? "none"),
        ),
        read("status checks", aws.ec2.statusChecks(running.map(({ instanceId }) => instanceId))),
        read("other clusters", findElsewhere(aws, clusterName, silent)),
        read("volumes", aws.ec2.volumes(proofOf(owner))),
        readProfiles(asked, running, read),
        read("the network", missingLinks(aws, running, settings && proxiesOf(settings))),
        asked.readLogs && read("their logs", asked.readLogs(running.map(({ instanceId }) => instanceId))),
    ]);
    const one = pLimit(hostsAtOnce);
    return Promise.all(
        hosts.map(async (host): Promise<HostEvidence> => {
            const { instanceId } = host;
            const ownUnread: string[] = [];
            const readOwn = readerTo(ownUnread);
            const [console, userData] = await one(() =>
                Promise.all([
                    host.state === "running"
                        ? readOwn("its console", aws.ec2.consoleOutput(instanceId))
                        : undefined,
                    hasNoAgent(host) ? readOwn("its user data", aws.ec2.userData(instanceId)) : undefined,
                ]),
            );
            return {
                instanceId,
                state: host.state,
                isOfGroup: hostNumberIn(host.tags) === undefined,
                stateReason: host.stateReason,
                imageName: host.imageName,
                clusterName,
                clusterStatus,
                wantedStorage: wantedStorage(asked, host),
                checks: checks?.get(instanceId),
                registration: registrationOf(host.containerInstance ?? elsewhere?.get(instanceId), asked),
                console,
                logs: textOf(logs?.get(instanceId)),
                userData: userData && (userData.length === 0 ? "none" : whose(userData)),
                userDataCluster: userData && userData.length > 0 ? clusterNamedIn(userData) : undefined,
                metadata: host.metadataEndpoint === "disabled" ? "disabled" : "enabled",
                profile: profiles.get(instanceId),
                volume: volumeOf(host, volumes ?? []),
                missingLinks: links?.get(instanceId),
                ageSeconds: ageSeconds(asked, host),
                unread: [...unread, ...ownUnread, ...unseen(logs?.get(instanceId))],
            };
        }),
    );
}

/** What one host is asked for takes two calls, which EC2 lets through by and by. */
const hostsAtOnce = 8;

/** Its agent has not registered, or ECS has no connection of it. */
function hasNoAgent({ state, containerInstance }: Host): boolean {
    return state === "running" && containerInstance?.agentConnected !== true;
}

function textOf(logs: HostLogs | undefined): string | undefined {
    return logs !== undefined && "text" in logs ? logs.text : undefined;
}

function unseen(logs: HostLogs | undefined): readonly string[] {
    return logs !== undefined && "unseen" in logs ? [`its logs are unseen: ${logs.unseen}`] : [];
}

function whose(userData: Uint8Array): "own" | "foreign" {
    return isOwnUserData(userData) ? "own" : "foreign";
}

function wantedStorage({ dockerStorage }: Asked, { tags }: Host): HostEvidence["wantedStorage"] {
    return dockerStorage && storageOfHost(dockerStorage, hostNumberIn(tags)).mode;
}

function registrationOf(instance: ContainerInstance | undefined, asked: Asked): Registration | undefined {
    return (
        instance && {
            clusterName: instance.clusterName,
            status: instance.status,
            agentConnected: instance.agentConnected,
            storage: instance.attributes[attributeNames.dockerStorage],
            agentVersion: instance.agentVersion,
            lacking: lackingCapabilities(asked.capabilities, instance.attributes),
            lacksCapacityProvider: lacksCapacityProvider(instance, asked),
        }
    );
}

/** The docker volume of a fixed host; hosts of a group have theirs made with them. */
function volumeOf({ tags }: Host, volumes: readonly Volume[]): HostEvidence["volume"] {
    const number = hostNumberIn(tags);
    const volume = volumes.find(
        (one) =>
            number !== undefined &&
            hostNumberIn(one.tags) === number &&
            one.tags[tagKeys.storage] === "docker",
    );
    return volume && { id: volume.id, attachedTo: volume.attachedTo };
}

function ageSeconds({ clock }: Asked, { launchedAt }: Host): number | undefined {
    return launchedAt && (clock.now().getTime() - launchedAt.getTime()) / 1000;
}
