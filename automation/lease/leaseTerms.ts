import { formatDuration } from "../../components/model/duration";
import { resolveEnvironment } from "../settings/environmentSettings";
import { AppError } from "../errors/appError";
import type { OpenTarget } from "../environment/target";

/** What bounds a lease. */
export interface LeaseTerms {
    /** How long after its end the hosts are stopped. */
    readonly graceSeconds: number;
    /** From now on; missing where the lease may be as long as anybody likes. */
    readonly longestTtlSeconds?: number;
}

/** A working day. */
const usualSeconds = 8 * 3600;

/** How long to let an environment live where nobody has said it: a working day, or as long as its settings allow. */
export function usualExtension(target: OpenTarget): string {
    return formatDuration(Math.min(usualSeconds, leaseTerms(target).longestTtlSeconds ?? usualSeconds));
}

/** By the settings, where this machine has them and they can be read; else as the first update had them. */
export function leaseTerms({ project, file, environment, stack }: OpenTarget): LeaseTerms {
    const { lease } = stack;
    const first = { graceSeconds: lease?.graceSeconds ?? 0, longestTtlSeconds: lease?.longestTtlSeconds };
    if (!file.hasSettings) {
        return first;
    }
    try {
        return resolveEnvironment(project, environment, file).settings.lease ?? first;
    } catch (error) {
        if (error instanceof AppError) {
            return first;
        }
        throw error;
    }
}
