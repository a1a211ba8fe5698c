import type { CommonOptions } from "../../command/command";
import type { ReadyReport } from "../../hosts/wait";
import type { LockRequest } from "../../lock/withLock";
import type { ChangeSummary, Outputs } from "../../ports/engine";
import type { SettingsRequest } from "../../settings/settingsChanges";

export interface UpRequest
    extends
        SettingsRequest,
        Pick<CommonOptions, "yes" | "projectDirectory">,
        Pick<LockRequest, "waitForLockSeconds"> {
    /** Wait for the hosts after the engine. */
    readonly wait: boolean;
    readonly timeoutSeconds: number;
    readonly parallel: number | undefined;
}

export interface UpResult {
    readonly environment: string;
    readonly changes: ChangeSummary;
    readonly outputs: Outputs;
    /** Missing where nobody waited. */
    readonly ready?: ReadyReport;
    /** When the environment ends, ISO 8601, UTC; missing where it stays. */
    readonly expiresAt?: string;
    readonly seconds: number;
}
