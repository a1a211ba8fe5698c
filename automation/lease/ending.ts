import { tagKeys } from "../../components/model/tags";
import type { OpenTarget } from "../environment/target";
import { AppError } from "../errors/appError";
import { findLease, type SomeLease } from "./lease";
import { beingDestroyed, counts, newMark } from "./mark";
import { isSameLease } from "./moveLease";

/** What the environment was when it was found to be over. */
export interface FoundOver {
    readonly lease: SomeLease;
    /** Of the stack: another one of its name is another environment. */
    readonly stackId: string | undefined;
}

/** How much longer than its tasks take to stop the emptying of a cluster may take. */
const emptyingSlackSeconds = 300;
/** How long the engine may take to delete what there is. */
const deletingSeconds = 3600;

/** The end of one environment, marked in the tags of its cluster for all others to see. */
export class Ending {
    private mark: string | undefined;
    private clusterArn: string | undefined;

    constructor(
        private readonly found: FoundOver,
        private readonly timeoutSeconds: number,
    ) {}

    /**
     * Marks the environment before anything of it goes, unless its lease was moved since it was found to be over.
     * @throws AppError LEASE_RENEWED, or LEASE_ENDED where somebody else destroys it
     */
    async begin(target: OpenTarget): Promise<void> {
        const now = await target.aws.identity.time();
        const before = await findLease(target);
        if (before.kind === "lease" && counts(before.mark, now)) {
            throw beingDestroyed(target.environment, before.mark);
        }
        this.requireSame(target, before);
        this.clusterArn = before.clusterArn;
        try {
            await this.setMark(target, now, this.timeoutSeconds + emptyingSlackSeconds);
            this.requireSame(target, await findLease(target));
        } catch (error) {
            // Whoever has moved the lease waits for the mark to go.
            await this.giveUp(target);
            throw error;
        }
    }

    /**
     * Looks once more, before the engine deletes: the mark must still be this one's.
     * @throws AppError LEASE_RENEWED
     */
    async hold(target: OpenTarget): Promise<void> {
        if (this.clusterArn === undefined) {
            return;
        }
        const lease = await findLease(target);
        if (lease.kind !== "lease" || lease.mark?.text !== this.mark) {
            this.mark = undefined;
            throw renewed(target);
        }
        await this.setMark(target, await target.aws.identity.time(), deletingSeconds);
    }

    /** Takes the mark away, if it is still this one's: the environment stays for now. */
    async giveUp(target: OpenTarget): Promise<void> {
        const lease = await findLease(target);
        const isOwn = lease.kind === "lease" && lease.mark !== undefined && lease.mark.text === this.mark;
        if (isOwn && this.clusterArn !== undefined) {
            await target.aws.ecs.untagCluster(this.clusterArn, [tagKeys.ending]);
        }
    }

    private async setMark(target: OpenTarget, now: Date, seconds: number): Promise<void> {
        if (this.clusterArn !== undefined) {
            this.mark = newMark(new Date(now.getTime() + seconds * 1000));
            await target.aws.ecs.tagCluster(this.clusterArn, { [tagKeys.ending]: this.mark });
        }
    }

    private requireSame(
        target: OpenTarget,
        lease: Awaited<ReturnType<typeof findLease>>,
    ): asserts lease is SomeLease {
        const { found } = this;
        if (
            target.owner.stackId !== found.stackId ||
            lease.kind === "none" ||
            !isSameLease(lease, found.lease)
        ) {
            throw renewed(target);
        }
    }
}

function renewed({ environment }: OpenTarget): AppError {
    return new AppError("LEASE_RENEWED", {
        message: `${environment} was extended or made anew meanwhile, and stays`,
    });
}
