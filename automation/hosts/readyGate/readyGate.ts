import type { Aws } from "../../ports/awsServices";
import type { Clock } from "../../ports/io";
import type { ReadyReport, ReadyRequest } from "../contracts";
import { findHosts, isGone } from "../hosts";
import { pollUntil } from "../poll";
import { describeFailure } from "./failure";
import { judgeHost, type HostVerdict, type Look, type WantedHost } from "./verdict";
import { countWantedHosts } from "../wantedHosts";

const longestPauseMilliseconds = 10_000;

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
    let look: Look = { wantedHosts: 0, verdicts: [], gone: [] };
    const deadline = startedAt + request.timeoutSeconds * 1000;
    const patience = { deadline, signal: request.signal, longestPauseMilliseconds };
    const areReady = await pollUntil(clock, patience, async () => {
        look = await lookAtHosts(aws, request, wanted);
        request.progress.status(progressLines(look.verdicts, look.wantedHosts));
        return look.verdicts.filter(({ ready }) => ready).length >= look.wantedHosts;
    });
    if (!areReady) {
        throw await describeFailure(aws, request, wanted, look);
    }
    return {
        clusterName: wanted.clusterName,
        hosts: look.verdicts.filter(({ ready }) => ready).map(({ host }) => host),
        wantedHosts: look.wantedHosts,
        seconds: (clock.now().getTime() - startedAt) / 1000,
    };
}

async function lookAtHosts(aws: Aws, request: ReadyRequest, wanted: WantedHost): Promise<Look> {
    const { stack, imageId } = request;
    const [hosts, wantedHosts] = await Promise.all([
        findHosts(aws, { stack, clusterName: wanted.clusterName }),
        request.hosts ?? countWantedHosts(aws, request.settings.hosts, stack),
    ]);
    const verdicts = hosts
        .filter((host) => imageId === undefined || host.imageId === imageId)
        .map((host) => judgeHost(host, wanted));
    return {
        wantedHosts,
        verdicts: verdicts.filter((verdict) => !isGone(verdict.host)),
        gone: verdicts.filter((verdict) => isGone(verdict.host)),
    };
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
