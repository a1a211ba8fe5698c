import { AppError } from "../../errors";
import type { Aws } from "../../ports/awsServices";
import type { Clock } from "../../ports/io";
import type { ReadyReport, ReadyRequest } from "../contracts";
import { findHosts, isGone } from "../hosts";
import { describeFailure } from "./failure";
import { judgeHost, type HostVerdict, type WantedHost } from "./verdict";
import { countWantedHosts } from "../wantedHosts";

const firstPauseMilliseconds = 500;
const longestPauseMilliseconds = 10_000;
const pauseGrowth = 1.6;

/** A moment of AWS not answering is no reason to give up on hosts that need minutes anyway. */
const passing = new Set(["AWS_THROTTLED", "AWS_UNREACHABLE"]);

/**
 * Waits until as many hosts as wanted run a connected agent in the right cluster with docker on the storage asked
 * for. Looks often at first and seldom later, with two or three queries a look however many hosts there are.
 * @throws AppError NOT_READY with one line a host when the time is over.
 */
export async function waitUntilReady(aws: Aws, clock: Clock, request: ReadyRequest): Promise<ReadyReport> {
    const wanted: WantedHost = {
        clusterName: clusterNameOf(request),
        dockerStorage: request.settings.dockerStorage,
    };
    const startedAt = clock.now().getTime();
    let pause = firstPauseMilliseconds;
    for (;;) {
        const look = await lookAtHosts(aws, request, wanted);
        const elapsed = clock.now().getTime() - startedAt;
        if (look.error === undefined) {
            const ready = look.verdicts.filter((verdict) => verdict.ready);
            request.progress.status(progressLines(look.verdicts, look.wantedHosts));
            if (ready.length >= look.wantedHosts) {
                const hosts = ready.map((verdict) => verdict.host);
                return {
                    clusterName: wanted.clusterName,
                    hosts,
                    wantedHosts: look.wantedHosts,
                    seconds: elapsed / 1000,
                };
            }
        }
        const left = request.timeoutSeconds * 1000 - elapsed;
        if (left <= 0) {
            throw look.error ?? (await describeFailure(aws, request, wanted, look));
        }
        await clock.sleep(Math.min(pause, left), request.signal);
        pause = Math.min(Math.ceil(pause * pauseGrowth), longestPauseMilliseconds);
    }
}

/** What one look at AWS showed. */
export interface Look {
    readonly wantedHosts: number;
    /** Of all hosts that are not gone. */
    readonly verdicts: readonly HostVerdict[];
    /** Instances that were there and are gone, with EC2's reason. */
    readonly gone: readonly HostVerdict[];
    /** Why this look showed nothing. */
    readonly error?: AppError;
}

async function lookAtHosts(aws: Aws, request: ReadyRequest, wanted: WantedHost): Promise<Look> {
    try {
        const [hosts, wantedHosts] = await Promise.all([
            findHosts(aws, { stack: request.stack, clusterName: wanted.clusterName }),
            request.hosts ?? countWantedHosts(aws, request.settings.hosts, request.stack),
        ]);
        const verdicts = hosts.map((host) => judgeHost(host, wanted));
        return {
            wantedHosts,
            verdicts: verdicts.filter((verdict) => !isGone(verdict.host)),
            gone: verdicts.filter((verdict) => isGone(verdict.host)),
        };
    } catch (error) {
        if (error instanceof AppError && passing.has(error.code)) {
            return { wantedHosts: 0, verdicts: [], gone: [], error };
        }
        throw error;
    }
}

function clusterNameOf({ outputs, settings }: ReadyRequest): string {
    const name = outputs["clusterName"];
    return typeof name === "string" ? name : settings.clusterName;
}

function progressLines(verdicts: readonly HostVerdict[], wantedHosts: number): readonly string[] {
    const ready = verdicts.filter((verdict) => verdict.ready).length;
    return [
        `${ready} of ${wantedHosts} ${wantedHosts === 1 ? "host" : "hosts"} ready`,
        ...verdicts.map(({ host, reached }) => `${host.instanceId} ${host.zone}: ${reached}`),
    ];
}
