import { randomUUID } from "node:crypto";
import { command } from "../../components/model/commandLine";
import { instant, readInstant } from "../../components/model/lease";
import { tagKeys, type Tags } from "../../components/model/tags";
import type { OpenTarget } from "../environment/target";
import { AppError } from "../errors/appError";

/** That somebody is destroying an environment because its lease is over; a tag of its cluster. */
export interface Mark {
    /** As it stands in the tag. */
    readonly text: string;
    /** Until when it counts: whoever set it may have been killed. Missing where it is no mark of ours. */
    readonly until?: Date;
}

/** A mark of one's own, which nobody else's equals. */
export function newMark(until: Date): string {
    return `${instant(until)} ${randomUUID().slice(0, 8)}`;
}

/** The mark that tags tell of. */
export function readMark(tags: Tags): Mark | undefined {
    const text = tags[tagKeys.ending];
    return text === undefined ? undefined : { text, until: readInstant(text.split(" ")[0] ?? "") };
}

/** Whether whoever has set a mark may still be at work. */
export function counts(mark: Mark | undefined, now: Date): boolean {
    return mark?.until !== undefined && mark.until > now;
}

/** How long a mark may take to be taken away again by whoever finds that the lease was moved. */
const longestDoubtMilliseconds = 15_000;
const pauseMilliseconds = 1000;

/**
 * Waits until no mark stands that counts. To be called once the new end is written: whoever destroys an environment marks it
 * first and looks at its lease then, so that one of the two sees the other. One that is given up is gone within seconds.
 * @throws AppError LEASE_ENDED where it stays
 */
export async function requireUnmarked(target: OpenTarget): Promise<void> {
    const { aws, clock, signal, clusterName, environment } = target;
    const deadline = clock.now().getTime() + longestDoubtMilliseconds;
    for (;;) {
        const [cluster, now] = await Promise.all([aws.ecs.cluster(clusterName), aws.identity.time()]);
        const mark = readMark(cluster?.tags ?? {});
        if (!counts(mark, now)) {
            if (mark !== undefined && cluster !== undefined) {
                await aws.ecs.untagCluster(cluster.arn, [tagKeys.ending]);
            }
            return;
        }
        if (clock.now().getTime() >= deadline) {
            throw beingDestroyed(environment, mark);
        }
        await clock.sleep(pauseMilliseconds, signal);
    }
}

/** @param mark of whoever does it */
export function beingDestroyed(environment: string, mark: Mark | undefined): AppError {
    const until = mark?.until === undefined ? "" : `, until ${instant(mark.until)} at the latest`;
    return new AppError("LEASE_ENDED", {
        message: `${environment} is being destroyed, for its lease was over${until}`,
        hint: command("list"),
    });
}
