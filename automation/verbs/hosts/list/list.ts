import { hostNumberIn } from "../../../../components/model/tags";
import type { CommonOptions } from "../../../command/command";
import { openToRead, type SettingsDoubt } from "../../../environment/reading";
import { requireUp, type Target } from "../../../environment/target";
import { strayRemark } from "../../../hosts/describeHost";
import { findElsewhere } from "../../../diagnosis/elsewhere";
import { countWantedHosts, findHosts, isGone } from "../../../hosts/find";
import { judgeHost } from "../../../hosts/judge";
import { missingOf, type ToldMissing } from "../../../hosts/missing";
import { wantedHost } from "../../../hosts/wanted";
import { readReach, type SsmReach } from "../../../hosts/reach";
import type { ContainerInstance, Host } from "../../../ports/aws";
import type { Context } from "../../../ports/context";

export interface HostsRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
}

export interface ListedHost extends Host {
    /** Of a fixed host; missing for those of a group. */
    readonly number?: number;
    readonly ready: boolean;
    /** `ready`, or what is missing. */
    readonly reached: string;
    readonly ssm: SsmReach;
}

export interface HostsResult extends SettingsDoubt, ToldMissing {
    readonly environment: string;
    readonly stack: string;
    readonly clusterName: string;
    /** Of those that are not gone. */
    readonly hosts: readonly ListedHost[];
}

/** Every host of an environment that is not gone, with what EC2, ECS and SSM say of it, and what there is to tell of missing ones. */
export async function listHosts(request: HostsRequest, context: Context): Promise<HostsResult> {
    const target = await openToRead(context, request);
    requireUp(target.stack);
    const { environment, owner, clusterName, settings, aws } = target;
    const found = await findHosts(target);
    const { hosts, strays } = found;
    const here = [...hosts.filter((host) => !isGone(host)), ...strays];
    const [reachOf, elsewhere] = await Promise.all([
        readReach(
            aws,
            here.map(({ instanceId }) => instanceId),
        ),
        findMissing(target, here),
    ]);
    const wanted = wantedHost(target, settings);
    const all = here.map((host) => ({
        ...host,
        containerInstance: host.containerInstance ?? elsewhere.get(host.instanceId),
    }));
    const strayIds = new Set(strays.map(({ instanceId }) => instanceId));
    const { lost, untold } = missingOf(countWantedHosts(settings.hosts, found), hosts);
    return {
        environment,
        stack: owner.stack,
        settingsInvalid: target.settingsInvalid,
        clusterName,
        hosts: all.map((host) => ({
            ...host,
            number: hostNumberIn(host.tags),
            ...describe(judgeHost(host, wanted), strayIds.has(host.instanceId)),
            ssm: reachOf(host.instanceId),
        })),
        missingHosts: untold + lost.length,
        lostHosts: lost.map((host) => ({ ...host, reached: judgeHost(host, wanted).reached })),
    };
}

/** Hosts that run, and that the cluster does not know, may be in another one; asked only where there are such. */
async function findMissing(
    { aws, clusterName }: Target,
    hosts: readonly Host[],
): Promise<ReadonlyMap<string, ContainerInstance>> {
    const missing = hosts.filter(
        ({ state, containerInstance }) => state === "running" && containerInstance === undefined,
    );
    return findElsewhere(aws, clusterName, missing);
}

function describe(
    { ready, reached }: Pick<ListedHost, "ready" | "reached">,
    isStray: boolean,
): Pick<ListedHost, "ready" | "reached"> {
    return isStray ? { ready: false, reached: strayRemark } : { ready, reached };
}
