import type { CommonOptions } from "../../command/command";
import { openUp, type OpenTarget } from "../../environment/target";
import { chooseHosts } from "../../hosts/chooseHosts";
import { withLock, type LockRequest } from "../../lock/withLock";
import type { Host } from "../../ports/aws";
import type { Context } from "../../ports/context";
import type { HostVerb } from "../../ports/engine";

/** What every command gets that changes hosts of an environment. */
export interface OnHosts
    extends Pick<CommonOptions, "projectDirectory">, Pick<LockRequest, "waitForLockSeconds"> {
    readonly environment: string;
    /** Their numbers, ids, or beginnings of ids. */
    readonly hosts: readonly string[];
}

/** A target, and the hosts of it that were named. */
export interface HostsTarget extends OpenTarget {
    readonly chosen: readonly Host[];
}

/**
 * Does something to hosts while nobody else is at work on their environment. What was named wrongly is refused before
 * anything is changed, the lock among it.
 * @throws AppError as `chooseHosts`; CLUSTER_NOT_FOUND where nothing of the environment is up; LOCKED
 */
export function onHosts<R>(
    verb: HostVerb,
    request: OnHosts,
    context: Context,
    work: (target: HostsTarget) => Promise<R>,
): Promise<R> {
    const open = async (): Promise<HostsTarget> => {
        const target = await openUp(context, request);
        return { ...target, chosen: await chooseHosts(target, request.hosts) };
    };
    return withLock({ ...request, verb }, context, open, work);
}

/** The same for one host. */
export function onHost<R>(
    verb: HostVerb,
    { host, ...request }: OneHost,
    context: Context,
    work: (target: HostsTarget, host: Host) => Promise<R>,
): Promise<R> {
    return onHosts(verb, { ...request, hosts: [host] }, context, (target) => {
        const [chosen] = target.chosen;
        if (chosen === undefined) {
            throw new Error(`no host was chosen for ${host}`);
        }
        return work(target, chosen);
    });
}

export interface OneHost extends Omit<OnHosts, "hosts"> {
    readonly host: string;
}
