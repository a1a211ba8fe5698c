import type { CommonOptions } from "../../../command/command";
import { openEnvironment, requireUp } from "../../../environment/target";
import { strayRemark } from "../../../hosts/describeHost";
import { findHosts, isGone } from "../../../hosts/find";
import { hostNumber, judgeHost } from "../../../hosts/judge";
import { readReach, type SsmReach } from "../../../hosts/reach";
import type { Host } from "../../../ports/aws";
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

export interface HostsResult {
    readonly environment: string;
    readonly clusterName: string;
    readonly hosts: readonly ListedHost[];
}

/** Every host of an environment that is not gone, with what EC2, ECS and SSM say of it. */
export async function listHosts(request: HostsRequest, context: Context): Promise<HostsResult> {
    const target = await openEnvironment(context, request, { reading: { unread: ["hostImage"] } });
    requireUp(target.stack);
    const { environment, clusterName, settings, aws } = target;
    const { hosts, strays } = await findHosts(target);
    const all = [...hosts.filter((host) => !isGone(host)), ...strays];
    const reachOf = await readReach(
        aws,
        all.map(({ instanceId }) => instanceId),
    );
    const wanted = { clusterName, dockerStorage: settings.dockerStorage };
    return {
        environment,
        clusterName,
        hosts: all.map((host) => ({
            ...host,
            number: hostNumber(host),
            ...describe(judgeHost(host, wanted), strays.includes(host)),
            ssm: reachOf(host.instanceId),
        })),
    };
}

function describe(
    { ready, reached }: Pick<ListedHost, "ready" | "reached">,
    isStray: boolean,
): Pick<ListedHost, "ready" | "reached"> {
    return isStray ? { ready: false, reached: strayRemark } : { ready, reached };
}
