import { command, type CommandLine } from "../../components/model/commandLine";
import type { ResolvedSettings } from "../../components/model/settings";
import { hostNumberIn } from "../../components/model/tags";
import { readerTo } from "../diagnosis/readerTo";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import { formatSeconds } from "../output/durations";
import type { Host } from "../ports/aws";
import type { HostReached, Progress } from "../ports/io";
import type { ScalingGroup } from "../ports/scalingServices";
import { bypassText } from "./bypass";
import { causeText, explain, explainGroup, groupText, remedyFor } from "./explain";
import { countWantedHosts, findHosts, isGone, type Hosts } from "./find";
import { judgeHost, stageOf, type HostVerdict, type WantedHost } from "./judge";
import { missingLine, missingOf } from "./missing";
import { pollUntil } from "./poll";
import { SlowBoots } from "./slowBoots";
import { readWantedHost } from "./wanted";

const longestPauseMilliseconds = 10_000;

/** How many hosts must be ready, and what makes one ready. */
export type ReadyRequest = ReadyBounds &
    (
        | {
              readonly settings: Pick<
                  ResolvedSettings,
                  "hosts" | "dockerStorage" | "capabilities" | "agent" | "proxy"
              >;
              /** @default - as many as the settings, or the Auto Scaling group at present, ask for */
              readonly hosts?: number;
          }
        /** Hosts that were ready once, on whatever storage. */
        | { readonly settings?: undefined; readonly hosts: number }
    );

interface ReadyBounds {
    readonly timeoutSeconds: number;
    /** Whether a host counts; of a group, the others are taken for hosts that it has instead. @default - every one does */
    readonly counts?: (host: Host) => boolean;
    /** What goes on where the time is over. @default - `wait` */
    readonly next?: CommandLine;
}

export interface ReadyReport {
    readonly clusterName: string;
    readonly hosts: readonly Host[];
    readonly wantedHosts: number;
    readonly seconds: number;
}

/** The hosts at one time, as AWS has them. */
interface HostsSeen {
    readonly wantedHosts: number;
    /** Of all hosts that are not gone. */
    readonly verdicts: readonly HostVerdict[];
    /** Instances that were there and are gone, with EC2's reason. */
    readonly gone: readonly HostVerdict[];
    /** Ids of instances that carry the environment's tags, and that its state does not know. */
    readonly strays: readonly string[];
    readonly group?: ScalingGroup;
}

/**
 * Waits until as many hosts as wanted run a connected agent in the right cluster with docker on the storage asked
 * for. Asks often at first and seldom later, with two or three queries each time however many hosts there are, and of a boot
 * that takes long now and then what its bootstrap says.
 * @throws AppError NOT_READY (exit 5) with one line a host when the time is over.
 */
export async function waitUntilReady(
    target: Target,
    request: ReadyRequest,
    progress: Progress,
): Promise<ReadyReport> {
    const { clock, signal, clusterName } = target;
    const startedAt = clock.now().getTime();
    const deadline = startedAt + request.timeoutSeconds * 1000;
    let seen: HostsSeen = { wantedHosts: 0, verdicts: [], gone: [], strays: [] };
    const { capacityProvider, ...wanted }: WantedHost =
        request.settings === undefined ? { clusterName } : await readWantedHost(target, request.settings);
    const slowBoots = new SlowBoots(target);
    const areReady = await pollUntil(clock, { deadline, signal, longestPauseMilliseconds }, async () => {
        seen = await seeHosts(target, request, wanted);
        const told = await slowBoots.explain(seen.verdicts);
        progress.hosts?.(told.map(reachedBy), seen.wantedHosts);
        return readyOf(seen.verdicts).length >= seen.wantedHosts;
    });
    if (!areReady) {
        throw await notReady(target, request, { ...seen, wanted });
    }
    if (seen.strays.length > 0) {
        progress.note(`warning: ${strayLine(seen.strays)}`);
    }
    const hosts = readyOf(seen.verdicts).map(({ host }) => host);
    hosts.forEach((host) => {
        const bypassed = bypassText(host, { clusterName, capacityProvider });
        if (bypassed !== undefined) {
            progress.note(`warning: host ${host.instanceId} ${bypassed}`);
        }
    });
    return {
        clusterName,
        hosts,
        wantedHosts: seen.wantedHosts,
        seconds: (clock.now().getTime() - startedAt) / 1000,
    };
}

async function seeHosts(target: Target, request: ReadyRequest, wanted: WantedHost): Promise<HostsSeen> {
    const { counts = () => true } = request;
    const found = await findHosts(target);
    const verdicts = found.hosts.filter(counts).map((host) => judgeHost(host, wanted));
    return {
        wantedHosts:
            request.settings === undefined
                ? request.hosts
                : wantedOf(request.settings.hosts, found, { hosts: request.hosts, counts }),
        verdicts: verdicts.filter((verdict) => !isGone(verdict.host)),
        gone: verdicts.filter((verdict) => isGone(verdict.host)),
        strays: found.strays.map(({ instanceId }) => instanceId),
        group: found.group,
    };
}

/** Never more than there will be: a group that has shrunk meanwhile brings no others beside the hosts that do not count. */
function wantedOf(
    settings: ResolvedSettings["hosts"],
    found: Hosts,
    { hosts, counts }: { readonly hosts: number | undefined; readonly counts: (host: Host) => boolean },
): number {
    if (hosts === undefined) {
        return countWantedHosts(settings, found);
    }
    if (settings.mode === "fixed" || found.desired === undefined) {
        return hosts;
    }
    const others = found.hosts.filter((host) => !isGone(host) && !counts(host));
    return Math.min(hosts, Math.max(0, found.desired - others.length));
}

function reachedBy(verdict: HostVerdict): HostReached {
    const { instanceId, zone, launchedAt, tags } = verdict.host;
    const { reached } = verdict;
    return { instanceId, zone, number: hostNumberIn(tags), launchedAt, stage: stageOf(verdict), reached };
}

function readyOf(verdicts: readonly HostVerdict[]): readonly HostVerdict[] {
    return verdicts.filter(({ ready }) => ready);
}

/** The error for hosts that are not ready in time: one line a host, with the cause where it can be found. */
async function notReady(
    target: Target,
    { timeoutSeconds, settings, next }: ReadyRequest,
    { wanted, ...seen }: HostsSeen & { readonly wanted: WantedHost },
): Promise<AppError> {
    const { clusterName, owner, environment } = target;
    const unread = [...(wanted.unread ?? [])];
    const read = readerTo(unread);
    const all = [...seen.verdicts, ...seen.gone];
    const { lost, untold: missing } = missingOf(
        seen.wantedHosts,
        all.map(({ host }) => host),
    );
    const gone = seen.gone.filter(({ host }) => lost.includes(host));
    const [explained, ofGroup = []] = await Promise.all([
        explain(target, { ...wanted, settings }, [...seen.verdicts, ...gone]),
        missing > 0 ? read("why its group launches no host", explainGroup(target, seen.group)) : [],
    ]);
    const reasonOf = new Map(explained.map((one) => [one.verdict, causeText(one)]));
    const detail = (verdict: HostVerdict): string =>
        hostLine({ ...verdict, reached: reasonOf.get(verdict) ?? verdict.reached });
    return new AppError("NOT_READY", {
        message:
            `${readyOf(seen.verdicts).length} of ${seen.wantedHosts} ${seen.wantedHosts === 1 ? "host is" : "hosts are"} ready in cluster ` +
            `${clusterName} after ${formatSeconds(timeoutSeconds)}`,
        details: [
            ...[...seen.verdicts, ...gone].map(detail),
            ...(missing > 0 ? [missingLine(missing, owner)] : []),
            ...ofGroup.map(groupText),
            ...(seen.strays.length > 0 ? [strayLine(seen.strays)] : []),
            ...unread.map((one) => `not read: ${one}`),
        ],
        hint:
            remedyFor(environment, [...explained, ...ofGroup], next) ??
            next ??
            command(missing > 0 ? "doctor" : "wait", environment),
    });
}

function hostLine({ host, reached }: HostVerdict): string {
    return `${host.instanceId} ${host.zone}: ${reached}`;
}

/** What a killed update leaves: instances that no `up` would count or change. */
function strayLine(ids: readonly string[]): string {
    const [which, them] =
        ids.length === 1 ? ["an instance carries", "it"] : [`${ids.length} instances carry`, "them"];
    return `${which} this environment's tags, and its state does not know ${them}: ${ids.join(", ")}`;
}
