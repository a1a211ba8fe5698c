import { AppError } from "../../../errors/appError";
import type { Aws } from "../../../ports/awsServices";
import type { Clock } from "../../../ports/io";
import type { EmptyClusterRequest, EvidenceItem } from "../../../hosts/contracts";

/** What the parts of emptying a cluster share. */
export interface Emptying {
    readonly aws: Aws;
    readonly clock: Clock;
    readonly request: EmptyClusterRequest;
    /** Moment in milliseconds at which waiting for tasks ends. */
    readonly deadline: number;
    /** What went, in the order in which it went. */
    readonly removed: EvidenceItem[];
}

/** Goes on with a warning where the caller lacks a permission, or AWS (or what stands in for it) lacks the call. */
export async function orWarn(emptying: Emptying, what: string, work: () => Promise<void>): Promise<void> {
    try {
        await work();
    } catch (error) {
        if (
            !(error instanceof AppError) ||
            (error.code !== "AWS_ACCESS_DENIED" && error.code !== "AWS_FAILED")
        ) {
            throw error;
        }
        emptying.request.progress.note(`warning: ${what} is left out: ${error.message}`);
    }
}
