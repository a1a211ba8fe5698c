import { tagKeys } from "../../../../components/model/tags";
import { AppError } from "../../../errors/appError";
import type { Aws } from "../../../ports/awsServices";
import type { Clock } from "../../../ports/io";
import type { ClusterSurvey, Evidence, EvidenceItem, EvidenceRequest } from "../../../hosts/contracts";
import { deregisterGhosts } from "./ghosts";
import { findTagged, type Found, type Unseen } from "./inventory";

const settleMilliseconds = 120_000;
const firstPauseMilliseconds = 500;
const longestPauseMilliseconds = 10_000;

/**
 * Looks, after the engine, for everything that still carries the environment's tag, and gives what is on its way out
 * two minutes to go. Kept volumes and copies made by backups are listed as kept; anything else that is there is left behind.
 */
export async function gatherEvidence(aws: Aws, clock: Clock, request: EvidenceRequest): Promise<Evidence> {
    const unseen = createWarner(request);
    const ghosts = await deregisterGhosts(aws, request, unseen);
    const [caller, found] = await Promise.all([
        aws.identity.caller(),
        findSettled(aws, clock, request, unseen),
    ]);
    const removed = [...request.removedFromCluster, ...request.deletedByEngine, ...ghosts];
    return {
        environment: request.environment,
        stack: request.stack,
        accountId: caller.accountId,
        region: caller.region,
        startedAt: request.startedAt.toISOString(),
        finishedAt: clock.now().toISOString(),
        removed: [...removed, ...goneWithOthers(request.survey, [...removed, ...found])],
        kept: found.filter((item) => item.keep).map(toItem),
        left: found.filter((item) => !item.keep).map(toItem),
    };
}

async function findSettled(
    aws: Aws,
    clock: Clock,
    request: EvidenceRequest,
    unseen: Unseen,
): Promise<readonly Found[]> {
    const deadline = clock.now().getTime() + settleMilliseconds;
    let pause = firstPauseMilliseconds;
    for (;;) {
        const found = await findTagged(aws, request, unseen);
        const leaving = found.filter((item) => item.leaving);
        request.progress.status(leaving.map((item) => `${item.type} ${item.id}: on its way out`));
        if (leaving.length === 0 || clock.now().getTime() >= deadline) {
            return found;
        }
        await clock.sleep(pause, request.signal);
        pause = Math.min(Math.ceil(pause * 1.6), longestPauseMilliseconds);
    }
}

/** Hosts and volumes that nobody deleted by name: a group takes its hosts along, and a host its volumes. */
function goneWithOthers(survey: ClusterSurvey, told: readonly EvidenceItem[]): readonly EvidenceItem[] {
    const known = new Set(told.map((item) => item.id));
    const hosts = survey.hosts.map((host) => ({
        type: "ec2:instance",
        name: host.tags[tagKeys.name] ?? host.instanceId,
        id: host.instanceId,
        reason: "went with its group",
    }));
    const volumes = survey.volumes.map((volume) => ({
        type: "ec2:volume",
        name: volume.name,
        id: volume.volumeId,
        reason: "went with its host",
    }));
    return [...hosts, ...volumes].filter((item) => !known.has(item.id));
}

/** Warns once of what may not be looked for. Errors that are not AWS's answer pass. */
function createWarner(request: EvidenceRequest): Unseen {
    const warned = new Set<string>();
    return (what, error) => {
        if (
            !(error instanceof AppError) ||
            (error.code !== "AWS_ACCESS_DENIED" && error.code !== "AWS_FAILED")
        ) {
            throw error;
        }
        if (!warned.has(what)) {
            warned.add(what);
            request.progress.note(`warning: could not look for ${what}: ${error.message}`);
        }
    };
}

function toItem({ type, name, id, reason }: Found): EvidenceItem {
    return { type, name, id, reason };
}
