import { defaultTimeoutSeconds } from "../../ports/defaultTimeout";
import type { Context } from "../../ports/context";
import { activate, type ActivateResult } from "./activate/activate";
import { attach, type AttachResult } from "./attach/attach";
import { drain, type DrainResult } from "./drain/drain";
import { listHosts, type HostsResult } from "./list/list";
import { readLog, type LogResult } from "./logs/logs";
import { move, type MoveResult } from "./move/move";
import { reboot, type RebootResult } from "./reboot/reboot";
import { replace, type ReplaceResult } from "./replace/replace";
import { scale, type ScaleResult } from "./scale/scale";
import { startAgent, type StartAgentResult } from "./startAgent/startAgent";

/**
 * What can be done to single hosts of an environment, which are named by number, instance id, or the beginning of one. Nobody is
 * asked.
 */
export interface HostVerbs {
    list(environment: string): Promise<HostsResult>;
    /** @param deadlineSeconds for its tasks to move, 1800 by default */
    drain(environment: string, host: string, deadlineSeconds?: number): Promise<DrainResult>;
    activate(environment: string, host: string): Promise<ActivateResult>;
    /** Drains each host before, unless `drain` is false. */
    reboot(
        environment: string,
        hosts: readonly string[],
        options?: HostOptions & { readonly drain?: boolean },
    ): Promise<RebootResult>;
    /**
     * Replaces hosts by new ones of today's settings.
     * @param options.batch how many hosts of a group go at once, 1 by default
     * @param options.allowInterruption also hosts whose tasks stop with them, false by default
     */
    replace(
        environment: string,
        hosts: readonly string[],
        options?: HostOptions & { readonly batch?: number; readonly allowInterruption?: boolean },
    ): Promise<ReplaceResult>;
    /**
     * Writes another number of hosts into the settings of an environment, and makes it so.
     * @param options.adjustLimits also moves `hosts.min` or `hosts.max`, where the number is beyond them, false by default
     * @param options.allowInterruption also takes hosts away whose tasks stop with them, false by default
     */
    scale(
        environment: string,
        count: number,
        options?: HostOptions & { readonly adjustLimits?: boolean; readonly allowInterruption?: boolean },
    ): Promise<ScaleResult>;
    /**
     * Lets the hosts of an Auto Scaling group of others join the cluster.
     * @param options.managedScaling ECS sets the size of the group by its tasks, false by default
     */
    attach(
        environment: string,
        group: string,
        options?: Pick<HostOptions, "timeoutSeconds"> & { readonly managedScaling?: boolean },
    ): Promise<AttachResult>;
    /** @param hosts all that have not joined by default; @param timeoutSeconds 600 by default */
    startAgent(
        environment: string,
        hosts?: readonly string[],
        timeoutSeconds?: number,
    ): Promise<StartAgentResult>;
    move(environment: string, host: string, toCluster: string, options?: HostOptions): Promise<MoveResult>;
    /** The end of the agent's log, or of that of its boots. @param options.lines 200 by default */
    log(
        environment: string,
        host: string,
        options?: { readonly boot?: boolean; readonly lines?: number },
    ): Promise<LogResult>;
}

export interface HostOptions {
    /** For tasks to move. @default 1800 */
    readonly deadlineSeconds?: number;
    /** For a host to be ready, or to join. @default 600 */
    readonly timeoutSeconds?: number;
}

const halfAnHour = 1800;
/** These verbs over one context. */
export function hostVerbs(context: Context, waitForLockSeconds: number): HostVerbs {
    const on = (environment: string) => ({
        ...{ environment, projectDirectory: undefined },
        ...{ waitForLockSeconds, yes: true },
    });
    const times = ({
        deadlineSeconds = halfAnHour,
        timeoutSeconds = defaultTimeoutSeconds,
    }: HostOptions) => ({
        deadlineSeconds,
        timeoutSeconds,
    });
    return {
        list: (environment) => listHosts(on(environment), context),
        drain: (environment, host, deadlineSeconds = halfAnHour) =>
            drain({ ...on(environment), host, deadlineSeconds }, context),
        activate: (environment, host) => activate({ ...on(environment), host }, context),
        reboot: (environment, hosts, { drain: drains = true, ...options } = {}) =>
            reboot({ ...on(environment), ...times(options), hosts, drain: drains }, context),
        replace: (environment, hosts, { batch = 1, allowInterruption = false, ...options } = {}) => {
            const { deadlineSeconds: drainTimeoutSeconds, timeoutSeconds } = times(options);
            const how = {
                drainTimeoutSeconds,
                timeoutSeconds,
                batch,
                allowInterruption,
                parallel: undefined,
            };
            return replace({ ...on(environment), ...how, hosts }, context);
        },
        scale: (environment, count, { adjustLimits = false, allowInterruption = false, ...options } = {}) => {
            const { deadlineSeconds: drainTimeoutSeconds, timeoutSeconds } = times(options);
            const how = { drainTimeoutSeconds, timeoutSeconds, adjustLimits, allowInterruption };
            return scale({ ...on(environment), ...how, parallel: undefined, count }, context);
        },
        attach: (
            environment,
            group,
            { managedScaling = false, timeoutSeconds = defaultTimeoutSeconds } = {},
        ) => attach({ ...on(environment), group, managedScaling, timeoutSeconds }, context),
        startAgent: (environment, hosts = [], timeoutSeconds = defaultTimeoutSeconds) =>
            startAgent({ ...on(environment), hosts, timeoutSeconds }, context),
        move: (environment, host, toCluster, options = {}) =>
            move({ ...on(environment), ...times(options), host, toCluster }, context),
        log: (environment, host, { boot = false, lines = 200 } = {}) =>
            readLog({ ...on(environment), host, boot, lines }, context),
    };
}
