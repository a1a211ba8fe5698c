import type { CommonOptions } from "../command/command";
import type { ReplacementStep } from "../hosts/plan";
import type { ReadyReport } from "../hosts/wait";
import type { LockRequest } from "../lock/withLock";
import type { Estimate } from "../output/costs";
import type { ChangeSummary, Outputs } from "../ports/engine";
import type { SettingsRequest } from "../settings/settingsRequest";

export interface UpRequest
    extends
        SettingsRequest,
        Pick<CommonOptions, "yes" | "projectDirectory">,
        Pick<LockRequest, "waitForLockSeconds"> {
    /** Wait for the hosts after the engine. */
    readonly wait: boolean;
    readonly timeoutSeconds: number;
    readonly parallel: number | undefined;
    /** Replace hosts one by one, or those of a group batch by batch, with their tasks moved first. */
    readonly roll: boolean;
    /** How many hosts of a group may go at once. */
    readonly batch: number;
    /** Also replace hosts whose tasks stop with them. */
    readonly allowInterruption: boolean;
    readonly drainTimeoutSeconds: number;
}

export interface ScaledHosts {
    /** Hosts that have been taken away after their tasks have moved. */
    readonly removed: readonly ReplacementStep[];
    /** ECS goes on from here by itself. */
    readonly isManaged: boolean;
}

export interface UpResult {
    readonly environment: string;
    readonly changes: ChangeSummary;
    readonly outputs: Outputs;
    /** Missing where nobody waited. */
    readonly ready?: ReadyReport;
    /** Hosts that have been replaced in turn, in this order; missing where that was not asked for. */
    readonly replaced?: readonly ReplacementStep[];
    /** What it costs; missing where AWS did not say what there is. */
    readonly costs?: Estimate;
    /** For `hosts scale` alone. */
    readonly scaled?: ScaledHosts;
    /** When the environment ends, ISO 8601, UTC; missing where it stays. */
    readonly expiresAt?: string;
    readonly seconds: number;
}
