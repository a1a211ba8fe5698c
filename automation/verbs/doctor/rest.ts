import { command, line, type Line } from "../../../components/model/commandLine";
import { isOpenAt } from "../../../components/model/hours";
import { instant } from "../../../components/model/lease";
import { pausedSince } from "../../../components/model/pause";
import type { SettledTarget } from "../../environment/target";
import { findLease, isOver, type KnownLease } from "../../lease/lease";
import { leaseTerms, usualExtension } from "../../lease/leaseTerms";

/** Why hosts are off on purpose: no failure. */
export interface Rest {
    readonly because: "PAUSED" | "LEASE_OVER" | "OFFICE_HOURS";
    /** One clause. */
    readonly reason: string;
    /** What brings the hosts back. */
    readonly remedy: Line;
}

/** Whether hosts of an environment are off because it is paused, its lease is over, or its office hours are closed. */
export async function readRest(target: SettledTarget): Promise<Rest | undefined> {
    const { aws, clusterName, owner, environment, settings } = target;
    const [cluster, lease, now] = await Promise.all([
        aws.ecs.cluster(clusterName),
        findLease(target),
        aws.identity.time(),
    ]);
    const since = pausedSince(cluster, owner);
    if (since !== undefined) {
        const when = since === "unreadable" ? "nobody knows since when" : `since ${since}`;
        return {
            because: "PAUSED",
            reason: `the environment is paused, ${when}`,
            remedy: command("resume", environment),
        };
    }
    if (lease.kind === "lease" && lease.expiresAt !== undefined && areStopped(lease, target, now)) {
        return {
            because: "LEASE_OVER",
            reason: `the lease of the environment has ended at ${instant(lease.expiresAt)}`,
            remedy: line`${command("extend", environment, usualExtension(target))}, then: ${command("up", environment)}`,
        };
    }
    return settings.hours === undefined || isOpenAt(settings.hours, now)
        ? undefined
        : {
              because: "OFFICE_HOURS",
              reason: `the office hours of the environment are closed, by the clock of ${settings.hours.timeZone}`,
              remedy: command("up", environment),
          };
}

/** Until its grace is over too, a lease stops no host. */
function areStopped(lease: KnownLease, target: SettledTarget, now: Date): boolean {
    return isOver(lease, new Date(now.getTime() - leaseTerms(target).graceSeconds * 1000));
}
