import { command, line } from "../../../../components/model/commandLine";
import { startAgentCommand, startAgentSeconds } from "../../../../components/model/hostCommands/startAgent";
import { isYoung } from "../../../../components/model/diagnosis/evidence";
import type { CommonOptions } from "../../../command/command";
import { requireConsent } from "../../../environment/consent";
import { withProgress } from "../../../environment/progressPhases";
import { nameOfHost } from "../../../hosts/describeHost";
import { findHosts } from "../../../hosts/find";
import { findLent, requireNotLent } from "../../../hosts/lent";
import { readReach, type SsmReach } from "../../../hosts/reach";
import { requireRunning } from "../../../hosts/requireHost";
import { runOnHosts } from "../../../hosts/runScript";
import { waitUntilReady } from "../../../hosts/wait";
import { oneLine } from "../../../output/oneLine";
import { formatSeconds, secondsBetween } from "../../../output/durations";
import { requireNotPaused } from "../../../pause/paused";
import type { Host } from "../../../ports/aws";
import type { Context } from "../../../ports/context";
import type { Progress } from "../../../ports/io";
import { onHosts, type HostsTarget, type OnHosts } from "../onHosts";

export interface StartAgentRequest extends OnHosts, Pick<CommonOptions, "yes"> {
    /** For the hosts to join. */
    readonly timeoutSeconds: number;
}

/** How a host is made to try again. */
type Way = "ssm" | "reboot";

export interface StartAgentResult {
    readonly environment: string;
    readonly clusterName: string;
    /** Hosts that have joined now, and how; none where no agent had to be started. */
    readonly started: readonly { readonly instanceId: string; readonly way: Way }[];
    /** Hosts whose agent has not come and was not started, as they may still boot or are in another cluster. */
    readonly leftAlone: readonly string[];
    readonly seconds: number;
}

interface Plan {
    readonly planned: readonly Planned[];
    readonly leftAlone: readonly string[];
}

interface Planned {
    readonly host: Host;
    readonly way: Way;
    readonly reach: SsmReach;
}

/**
 * Has hosts try again to join. Idempotent: hosts whose agent is connected are left alone.
 * @throws AppError PAUSED, HOST_NOT_RUNNING, HOST_LENT, CONSENT_NEEDED, DECLINED or LOCKED before anything is changed;
 * HOST_COMMAND_FAILED, NOT_READY
 */
export async function startAgent(request: StartAgentRequest, context: Context): Promise<StartAgentResult> {
    const startedAt = context.clock.now();
    return onHosts("hosts start-agent", request, context, async (target) => {
        await requireNotPaused(target);
        const isNamed = request.hosts.length > 0;
        const { planned, leftAlone } = isNamed ? await planNamed(target) : await planUnnamed(target, context);
        if (planned.length > 0) {
            await agree(planned, request, context);
            await withProgress(context, (progress) => start(target, planned, request, progress));
        }
        return {
            environment: target.environment,
            clusterName: target.clusterName,
            started: planned.map(({ host: { instanceId }, way }) => ({ instanceId, way })),
            leftAlone,
            seconds: secondsBetween(startedAt, context.clock.now()),
        };
    });
}

async function planNamed(target: HostsTarget): Promise<Plan> {
    for (const host of target.chosen) {
        await requireRunning(target, host);
    }
    await requireNotLent(target, target.chosen);
    return { planned: await plan(target, target.chosen.filter(isSilent)), leftAlone: [] };
}

/** All but those that are as they should be: lent to another cluster, or still at their first boot. */
async function planUnnamed(target: HostsTarget, { io, show }: Context): Promise<Plan> {
    const { clock, environment } = target;
    const silent = (await findHosts(target)).hosts.filter(isSilent);
    const lent = await findLent(target, silent);
    const settled: Host[] = [];
    const leftAlone: string[] = [];
    for (const host of silent) {
        const { instanceId, launchedAt } = host;
        const cluster = lent.get(instanceId);
        const ageSeconds = launchedAt && secondsBetween(launchedAt, clock.now());
        if (cluster !== undefined) {
            leftAlone.push(instanceId);
            io.stderr(`host ${nameOfHost(host)}: left alone, as it is in cluster ${cluster}\n`);
        } else if (!hasJoinedBefore(host) && ageSeconds !== undefined && isYoung({ ageSeconds })) {
            leftAlone.push(instanceId);
            const all = command("hosts", "start-agent", environment, instanceId);
            const since = formatSeconds(ageSeconds);
            io.stderr(
                `${show(line`host ${nameOfHost(host)}: left alone, as it may still boot, ${since} after its launch; all the same: ${all}`)}\n`,
            );
        } else {
            settled.push(host);
        }
    }
    return { planned: await plan(target, settled), leftAlone };
}

/** Its first boot is over then, however young it is. */
function hasJoinedBefore({ containerInstance }: Host): boolean {
    return containerInstance !== undefined;
}

function isSilent({ state, containerInstance }: Host): boolean {
    return state === "running" && containerInstance?.agentConnected !== true;
}

async function plan(target: HostsTarget, silent: readonly Host[]): Promise<readonly Planned[]> {
    const reachOf = await readReach(
        target.aws,
        silent.map(({ instanceId }) => instanceId),
    );
    return silent.map((host) => {
        const reach = reachOf(host.instanceId);
        return { host, reach, way: reach === "online" ? "ssm" : "reboot" };
    });
}

const whyReboot: Readonly<Record<Exclude<SsmReach, "online">, string>> = {
    none: "SSM does not reach it",
    lost: "SSM has not heard of it for minutes",
    unknown: "you may not ask whether SSM reaches it",
};

/** Shows which way each host goes; asks where a reboot would stop tasks. */
async function agree(
    planned: readonly Planned[],
    { environment, hosts, yes }: StartAgentRequest,
    context: Context,
): Promise<void> {
    context.io.stderr(`${planned.map((one) => oneLine(describe(one))).join("\n")}\n`);
    const stopping = planned.filter(({ host, way }) => way === "reboot" && runningTasks(host) > 0);
    if (stopping.length > 0) {
        const names = stopping.map(({ host }) => nameOfHost(host)).join(", ");
        const again = command("hosts", "start-agent", environment, hosts);
        await requireConsent(context, { yes }, `Reboot ${names} of ${environment}?`, again);
    }
}

function describe({ host, way, reach }: Planned): string {
    const name = `host ${nameOfHost(host)}`;
    if (way === "ssm" || reach === "online") {
        return `${name}: bootstrap and agent start again, by SSM`;
    }
    const tasks = runningTasks(host);
    const lost = tasks === 0 ? "" : `, and ${tasks === 1 ? "1 task stops" : `${tasks} tasks stop`}`;
    return `${name}: is rebooted, as ${whyReboot[reach]}${lost}`;
}

function runningTasks({ containerInstance }: Host): number {
    return containerInstance?.runningTasks ?? 0;
}

async function start(
    target: HostsTarget,
    planned: readonly Planned[],
    { timeoutSeconds }: StartAgentRequest,
    progress: Progress,
): Promise<void> {
    const { aws, environment, stack } = target;
    const going = (wanted: Way): readonly string[] =>
        planned.filter(({ way }) => way === wanted).map(({ host }) => host.instanceId);
    progress.phase("checking lock and passphrase");
    await stack.requireWorkable("hosts start-agent", progress);
    progress.phase("starting agents");
    const rebooting = going("reboot");
    if (rebooting.length > 0) {
        await aws.ec2.reboot(rebooting);
        progress.note(`rebooting ${rebooting.join(", ")}`);
    }
    const script = {
        text: startAgentCommand,
        comment: "sles-ecs hosts start-agent",
        timeoutSeconds: startAgentSeconds,
    };
    const startedAt = target.clock.now();
    await runOnHosts(target, going("ssm"), script, { waitSeconds: timeoutSeconds, mayGoOn: true }, progress);
    progress.phase("waiting for hosts");
    const ids = new Set(planned.map(({ host }) => host.instanceId));
    const counts = ({ instanceId }: Host): boolean => ids.has(instanceId);
    const next = command("wait", environment);
    const left = timeoutSeconds - secondsBetween(startedAt, target.clock.now());
    await waitUntilReady(
        target,
        { hosts: planned.length, counts, timeoutSeconds: Math.max(left, 0), next },
        progress,
    );
}
