import { command } from "../../../../components/model/commandLine";
import type { CommonOptions } from "../../../command/command";
import { requireConsent } from "../../../environment/consent";
import { withProgress } from "../../../environment/progressPhases";
import { approveShown, type Approve } from "../../../hosts/approve";
import { nameOfHost } from "../../../hosts/describeHost";
import { describeTasksOf } from "../../../hosts/describeTasks";
import { requireNotLent } from "../../../hosts/lent";
import type { ReplacementStep } from "../../../hosts/plan";
import { readDeparture } from "../../../hosts/readPlan";
import { rebootHost, undrained } from "../../../hosts/reboot";
import { requireRunning } from "../../../hosts/requireHost";
import { oneLine } from "../../../output/oneLine";
import { secondsBetween } from "../../../output/durations";
import type { Host } from "../../../ports/aws";
import type { Context } from "../../../ports/context";
import { onHosts, type HostsTarget, type OnHosts } from "../onHosts";

export interface RebootRequest extends OnHosts, Pick<CommonOptions, "yes"> {
    readonly drain: boolean;
    readonly deadlineSeconds: number;
    /** For each host to be ready. */
    readonly timeoutSeconds: number;
}

export interface RebootResult {
    readonly environment: string;
    readonly clusterName: string;
    readonly instanceIds: readonly string[];
    readonly seconds: number;
}

/**
 * Reboots hosts one after the other, and waits for each.
 * @throws AppError HOST_NOT_RUNNING, HOST_LENT, NO_ROOM_FOR_TASKS, CONSENT_NEEDED, DECLINED or LOCKED before anything is changed; TASKS_NOT_MOVED,
 * with the host taking tasks again; NOT_READY
 */
export async function reboot(request: RebootRequest, context: Context): Promise<RebootResult> {
    const startedAt = context.clock.now();
    return onHosts("hosts reboot", request, context, async (target) => {
        for (const host of target.chosen) {
            await requireRunning(target, host);
        }
        await requireNotLent(target, target.chosen);
        const approve = await agree(target, request, context);
        await withProgress(context, async (progress) => {
            progress.phase("checking lock and passphrase");
            await target.stack.requireWorkable("hosts reboot", progress);
            for (const host of target.chosen) {
                progress.phase(`rebooting host ${nameOfHost(host)}`);
                await rebootHost(target, host, { ...request, approve }, progress);
            }
        });
        return {
            environment: target.environment,
            clusterName: target.clusterName,
            instanceIds: target.chosen.map(({ instanceId }) => instanceId),
            seconds: secondsBetween(startedAt, context.clock.now()),
        };
    });
}

/** Shows what becomes of the tasks; asks where some stop that need not. */
async function agree(target: HostsTarget, request: RebootRequest, context: Context): Promise<Approve> {
    const steps = await Promise.all(target.chosen.map((host) => readDeparture(target, host.instanceId)));
    const planned = target.chosen.map((host, index) => ({ host, step: steps[index] }));
    const lines = planned.map(({ host, step }) => describe(host, step, request.drain));
    context.io.stderr(`${lines.map(oneLine).join("\n")}\n`);
    const { environment, hosts } = request;
    const again = command("hosts", "reboot", environment, hosts, !request.drain && "--no-drain");
    if (planned.some(({ step }) => step !== undefined && stopsTasks(step, request.drain))) {
        const names = target.chosen.map(nameOfHost).join(", ");
        await requireConsent(context, request, `Reboot ${names} of ${environment}?`, again);
    }
    const shown = steps.flatMap((step) => step ?? []);
    return request.yes ? () => undefined : approveShown(request.drain ? shown : shown.map(undrained), again);
}

function describe(host: Host, step: ReplacementStep | undefined, drains: boolean): string {
    const fates = step === undefined ? [] : describeTasksOf(drains ? step : undrained(step), "rebooted");
    return `host ${nameOfHost(host)}: ${fates.length === 0 ? "no tasks" : fates.join("; ")}`;
}

function stopsTasks({ homeless, ending, moving }: ReplacementStep, drains: boolean): boolean {
    return homeless.length > 0 || ending.length > 0 || (!drains && moving.length > 0);
}
