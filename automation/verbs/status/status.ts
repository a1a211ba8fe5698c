import { ignoredSettings, type IgnoredSetting } from "../../../components/model/agent/ignoredSettings";
import { unlessDeleted } from "../../../components/model/checks/reads";
import { attributeNames } from "../../../components/model/attributes";
import { pausedSince } from "../../../components/model/pause";
import type { CommonOptions } from "../../command/command";
import {
    openToRead,
    type ReadTarget,
    type SettingsDoubt,
    type SettingsToRead,
} from "../../environment/reading";
import { requireStack, type SettledTarget } from "../../environment/target";
import { bypassText } from "../../hosts/bypass";
import { strayRemark } from "../../hosts/describeHost";
import { countWantedHosts, findHosts, isGone } from "../../hosts/find";
import { findLent } from "../../hosts/lent";
import { inAnotherCluster, judgeHost, type WantedHost } from "../../hosts/judge";
import { missingOf, type ToldMissing } from "../../hosts/missing";
import { readWantedHost } from "../../hosts/wanted";
import type { ClusterStatus, Host, Service } from "../../ports/aws";
import type { Context } from "../../ports/context";

export interface StatusRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
}

export interface StatusHost extends Host {
    readonly ready: boolean;
    /** `ready`, or what is missing. */
    readonly reached: string;
    /** What a host of a group misses that is ready all the same; missing where it misses nothing. */
    readonly bypassed?: string;
    /** The cluster that its agent is in, where that is another one. */
    readonly lentTo?: string;
    /** Where docker keeps its data, as the host says; missing until its agent has registered. */
    readonly storage?: string;
    /** Settings of the agent that its version does not know; missing where it knows all, or its version is not known. */
    readonly ignoredSettings?: readonly IgnoredSetting[];
}

export interface EnvironmentStatus
    extends SettingsDoubt, ToldMissing, Pick<SettingsToRead, "settingsRemedy"> {
    readonly environment: string;
    readonly stack: string;
    readonly region: string;
    readonly clusterName: string;
    /** Missing where AWS has no ACTIVE cluster of that name. */
    readonly cluster?: ClusterStatus;
    /** Since when it is paused, ISO 8601, UTC; `unreadable` where somebody has edited the tag that tells; missing where it is not. */
    readonly pausedSince?: string;
    readonly wantedHosts: number;
    readonly lostHosts: readonly StatusHost[];
    /** Whether missing hosts come by themselves, as EC2 Auto Scaling brings those of a group. */
    readonly comeByThemselves: boolean;
    readonly hosts: readonly StatusHost[];
    readonly services: readonly Service[];
}

/** Finds the environment once; the answer to how it is can then be read as often as wanted. */
export async function openStatus(
    request: StatusRequest,
    context: Context,
): Promise<{ readonly target: ReadTarget; readonly read: () => Promise<EnvironmentStatus> }> {
    const target = await openToRead(context, request);
    requireStack(target.stack);
    return { target, read: () => readStatus(target) };
}

/** Cluster, hosts and services as AWS has them now. A missing cluster is part of the answer, not an error. */
async function readStatus(target: ReadTarget): Promise<EnvironmentStatus> {
    const { environment, owner, clusterName, settings, aws } = target;
    const [caller, cluster, found, services] = await Promise.all([
        aws.identity.caller(),
        aws.ecs.cluster(clusterName),
        findHosts(target),
        aws.ecs.services(clusterName),
    ]);
    // A host without its group's capacity provider is ready: so `up` and `wait` count.
    const { capacityProvider, ...wanted } = await readWantedHost(target, settings);
    const describe = (host: Host): StatusHost => ({
        ...describeHost(host, target, wanted),
        bypassed: bypassText(host, { clusterName, capacityProvider }),
    });
    const lent = await findLent(target, found.hosts);
    const wantedHosts = countWantedHosts(settings.hosts, found);
    const { lost, untold } = missingOf(wantedHosts, found.hosts);
    return {
        environment,
        stack: owner.stack,
        settingsInvalid: target.settingsInvalid,
        settingsRemedy: target.settingsRemedy,
        region: caller.region,
        clusterName,
        cluster: unlessDeleted(cluster),
        pausedSince: pausedSince(cluster, owner),
        wantedHosts,
        missingHosts: untold + lost.length,
        lostHosts: lost.map(describe),
        comeByThemselves: settings.hosts.mode === "autoScaling",
        hosts: [
            ...found.hosts
                .filter((host) => !isGone(host))
                .map((host) => inCluster(describe(host), lent.get(host.instanceId), clusterName)),
            ...found.strays.map((host) => ({
                ...describe(host),
                ready: false,
                reached: strayRemark,
            })),
        ],
        services,
    };
}

/** A host that is lent does not come by itself, however long one waits. */
function inCluster(host: StatusHost, cluster: string | undefined, expected: string): StatusHost {
    return cluster === undefined
        ? host
        : { ...host, reached: inAnotherCluster(cluster, expected), lentTo: cluster };
}

function describeHost(host: Host, { settings }: SettledTarget, wanted: WantedHost): StatusHost {
    const { ready, reached } = judgeHost(host, wanted);
    const storage = host.containerInstance?.attributes[attributeNames.dockerStorage];
    const { agentVersion } = host.containerInstance ?? {};
    const ignored = agentVersion === undefined ? [] : ignoredSettings(settings.agent, agentVersion);
    return {
        ...host,
        ready,
        reached,
        storage,
        ...(ignored.length > 0 && { ignoredSettings: ignored }),
    };
}
