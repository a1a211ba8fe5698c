import { command } from "../../components/model/commandLine";
import { proofOf } from "../../components/model/tags";
import { locate, type SettledTarget, type Target } from "../environment/target";
import { AppError } from "../errors/appError";
import { formatSeconds } from "../output/durations";
import type { Host } from "../ports/aws";
import type { Progress } from "../ports/io";
import { drainHost, reopenHost, type DrainOptions } from "./drain";
import { isGone } from "./find";
import type { ReplacementPlan, ReplacementStep } from "./plan";
import { pollUntil } from "./poll";
import { readReplacement } from "./readPlan";
import { waitUntilReady, type ReadyReport } from "./wait";

/** Without these a group does not replace what is terminated (EC2 Auto Scaling user guide, "Suspend and resume"). */
const neededProcesses = ["Launch", "Terminate"];

/** Which hosts are replaced, and with what. */
export interface Replacement {
    /** What the new hosts run. */
    readonly imageId: string;
    /** Hosts that run it already. */
    readonly done: number;
    /** All hosts, these among them. */
    readonly hosts: number;
    /** The engine's name of each fixed host to replace, by its instance; empty for a group. */
    readonly urns: ReadonlyMap<string, string>;
}

export interface ReplacementOptions extends DrainOptions {
    readonly parallel: number | undefined;
    /** For the new hosts to be ready, each time. */
    readonly timeoutSeconds: number;
    /** Called before each host is touched. @throws AppError where it may not be replaced as things are */
    readonly approve: (step: ReplacementStep) => void;
    /** A host has gone, and its successor is on its way. */
    readonly onReplaced: (step: ReplacementStep) => void;
}

/**
 * Replaces hosts one after the other: its tasks move, the host goes, its successor is ready, and only then comes the
 * next, planned anew, as tasks have moved since and new ones have come. May be stopped at any point and begun again:
 * hosts that are done are not planned then, and the next one goes only when those are ready.
 * @param target whose settings already say what the new hosts are to be
 * @throws AppError TASKS_NOT_MOVED, UPDATE_FAILED or NOT_READY; the hosts after that one have not been touched
 */
export async function replaceHosts(
    target: SettledTarget,
    replacement: Replacement,
    options: ReplacementOptions,
    progress: Progress,
): Promise<ReadyReport> {
    const { stack, settings, signal } = target;
    const { hosts, imageId, urns } = replacement;
    // Each run of the engine makes hosts that the state had not.
    const ready = async (count?: number): Promise<ReadyReport> =>
        waitUntilReady(
            await locate(target),
            { settings, timeoutSeconds: options.timeoutSeconds, imageId, hosts: count },
            progress,
        );
    const updateAll = async (): Promise<void> => {
        progress.phase("updating");
        await stack.up({ settings, observer: progress, parallel: options.parallel });
    };
    let { done } = replacement;
    if (settings.hosts.mode === "autoScaling") {
        await updateAll();
    }
    if (done > 0) {
        await ready(done);
    }
    for (;;) {
        const [step] = ownSteps(target, urns, await readReplacement(await locate(target), imageId)).steps;
        if (step === undefined) {
            break;
        }
        options.approve(step);
        progress.phase(
            `replacing host ${done + 1} of ${hosts}: ${step.host.instanceId} in ${step.host.zone}`,
        );
        try {
            await replaceHost(target, replacement, step, options, progress);
        } catch (error) {
            await reopen(target, step.host, progress);
            throw error;
        }
        options.onReplaced(step);
        done += 1;
        signal.throwIfAborted();
        await ready(done);
    }
    await updateAll();
    return ready();
}

/** Of a plan by tags, what the preview names as the environment's own, and the hosts that it does not know. */
export function ownSteps(
    { settings }: SettledTarget,
    urns: Replacement["urns"],
    { steps, strays }: ReplacementPlan,
): Pick<ReplacementPlan, "steps" | "strays"> {
    const isOwn = ({ host }: ReplacementStep): boolean =>
        settings.hosts.mode === "autoScaling" || urns.has(host.instanceId);
    const others = steps.filter((step) => !isOwn(step)).map(({ host }) => host.instanceId);
    return { steps: steps.filter(isOwn), strays: [...strays, ...others] };
}

async function replaceHost(
    target: SettledTarget,
    { urns }: Replacement,
    step: ReplacementStep,
    options: ReplacementOptions,
    progress: Progress,
): Promise<void> {
    const { stack, settings, signal } = target;
    const { instanceId } = step.host;
    const { parallel, timeoutSeconds } = options;
    await drainHost(target, step, options, progress);
    signal.throwIfAborted();
    if (settings.hosts.mode === "autoScaling") {
        await renewHost(target, instanceId, timeoutSeconds);
        return;
    }
    const urn = urns.get(instanceId);
    if (urn === undefined) {
        throw new Error(`host ${instanceId} is not among the resources of ${stack.name}`);
    }
    // Ended half way it would leave a host fewer, or one without its volume.
    await stack.up({ settings, observer: progress, parallel, targets: [urn], whole: true });
}

/** The first error is the one that counts. */
async function reopen(target: SettledTarget, host: Host, progress: Progress): Promise<void> {
    try {
        await reopenHost(target, host, progress);
    } catch (error) {
        progress.note(`warning: host ${host.instanceId} may still be DRAINING: ${String(error)}`);
    }
}

/**
 * Terminates a host of an Auto Scaling group, which starts another from its present launch template, and waits until
 * the old one is gone.
 * @throws AppError GROUP_SUSPENDED before anything is done; NOT_READY when the host is still there after the time
 */
export async function renewHost(
    { aws, clock, signal, environment, owner }: Target,
    instanceId: string,
    timeoutSeconds: number,
): Promise<void> {
    const ofStack = proofOf(owner);
    for (const { name, suspendedProcesses } of await aws.autoScaling.groups(ofStack)) {
        const suspended = suspendedProcesses.filter((process) => neededProcesses.includes(process));
        if (suspended.length > 0) {
            throw new AppError("GROUP_SUSPENDED", {
                message: `the Auto Scaling group ${name} would not replace a host: ${suspended.join(" and ")} is suspended`,
                hint: `aws autoscaling resume-processes --auto-scaling-group-name ${name} --scaling-processes ${suspended.join(" ")}`,
            });
        }
    }
    const deadline = clock.now().getTime() + timeoutSeconds * 1000;
    await aws.autoScaling.renew(instanceId);
    let state = "";
    const isOver = await pollUntil(clock, { deadline, signal }, async () => {
        const old = (await aws.ec2.instances(ofStack)).find((one) => one.instanceId === instanceId);
        state = old?.state ?? "";
        return old === undefined || isGone(old);
    });
    if (!isOver) {
        throw new AppError("NOT_READY", {
            message: `host ${instanceId} is still ${state} ${formatSeconds(timeoutSeconds)} after its termination`,
            hint: command("status", environment),
        });
    }
}
