import { defaultTimeoutSeconds } from "../../ports/defaultTimeout";
import type { Settings } from "../../../components/model/settings";
import type { UpRequest } from "../../applying/request";

/** Options of `up` for programs. */
export interface UpOptions {
    /**
     * All settings of the environment, without any file; where and as whom is up to `env` and Pulumi.yaml. Its state keeps them:
     * later verbs, also of other processes, go by them, and an `up` without settings leaves them as they are.
     * @default - what its settings file says
     */
    readonly settings?: Settings;
    /** Makes the environment a personal one with a copy of this environment's settings. @default - its own settings */
    readonly from?: string;
    /** Settings of a personal environment, by path such as `hosts.count`; null removes one. @default - none */
    readonly set?: Readonly<Record<string, unknown>>;
    /** How long a personal environment lives from now on, such as `8h`. @default - what its settings say */
    readonly ttl?: string;
    /** Uses an existing cluster without ever deleting it. @default false */
    readonly adoptCluster?: boolean;
    /** Wait for the hosts after the engine. @default true */
    readonly wait?: boolean;
    /** How long to wait for the hosts. @default 600 */
    readonly timeoutSeconds?: number;
    /** How many resources are worked on at once. @default - PULUMI_PARALLEL, or 60 */
    readonly parallel?: number;
    /** Go on when something would be replaced or deleted; otherwise that is the error CONSENT_NEEDED. @default false */
    readonly allowLosses?: boolean;
    /** Replaces hosts in turn, and their tasks first, where a change replaces them. @default false */
    readonly roll?: boolean;
    /** How many hosts of an Auto Scaling group go at once, with `roll`. @default 1 */
    readonly batch?: number;
    /** Also replaces a host whose tasks would stop with it, with `roll`. @default false */
    readonly allowInterruption?: boolean;
    /** How long to wait for the tasks of each host to move, with `roll`. @default 600 */
    readonly drainTimeoutSeconds?: number;
}

/** What a program asks for, with every default. */
export function requestOf(
    upOptions: UpOptions,
    of: Pick<UpRequest, "environment" | "projectDirectory" | "waitForLockSeconds">,
): UpRequest {
    return {
        ...of,
        given: upOptions.settings,
        from: upOptions.from,
        set: Object.entries(upOptions.set ?? {}).map(([path, value]) => `${path}=${JSON.stringify(value)}`),
        ttl: upOptions.ttl,
        adoptCluster: upOptions.adoptCluster ?? false,
        wait: upOptions.wait ?? true,
        timeoutSeconds: upOptions.timeoutSeconds ?? defaultTimeoutSeconds,
        parallel: upOptions.parallel,
        yes: upOptions.allowLosses ?? false,
        roll: upOptions.roll ?? false,
        batch: upOptions.batch ?? 1,
        allowInterruption: upOptions.allowInterruption ?? false,
        drainTimeoutSeconds: upOptions.drainTimeoutSeconds ?? defaultTimeoutSeconds,
    };
}
