import { command, line, type CommandLine } from "../../components/model/commandLine";
import { isAsBefore, moveHostCommand, moveHostSeconds } from "../../components/model/hostCommands/moveHost";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import { formatSeconds } from "../output/durations";
import type { ContainerInstance, Host } from "../ports/aws";
import type { Progress } from "../ports/io";
import { deliverySeconds } from "../ports/ssmService";
import type { Approve } from "./approve";
import { nameOfHost } from "./describeHost";
import { drainHosts, type DrainPurpose } from "./drain";
import { emptyHost } from "./emptyHost";
import { pollUntil } from "./poll";
import { readDeparture } from "./readPlan";
import { reopenAfterFailure } from "./reopenAfter";
import { letTakeTasks } from "./startStop";
import { awaitScript, describeFailure, scriptFailed, type ScriptResult } from "./runScript";

export interface Move {
    readonly host: Host;
    /** Where it is registered; missing where it is nowhere. */
    readonly from: ContainerInstance | undefined;
    readonly toCluster: string;
    /** For its tasks to move, and then for those that are left to stop. */
    readonly deadlineSeconds: number;
    /** For the host to join. */
    readonly timeoutSeconds: number;
    /** Asked once it is known what becomes of its tasks, before anything is changed. */
    readonly approve: Approve;
}

const purpose: DrainPurpose = { stopReason: "sles-ecs hosts move", done: "moved" };

/**
 * Drains and empties a host where it is, has it join another cluster, and deregisters it from the old one once it is there.
 * It takes tasks again after a failure only where it is certain to stay.
 * @throws AppError what `approve` throws; TASKS_NOT_MOVED or HOST_NOT_RUNNING, with the host taking tasks again;
 * HOST_COMMAND_FAILED; NOT_READY; INTERRUPTED
 */
export async function moveHost(target: Target, move: Move, progress: Progress): Promise<void> {
    const { host, from, toCluster } = move;
    const { aws } = target;
    const isElsewhere = from !== undefined && from.clusterName !== toCluster;
    if (isElsewhere) {
        progress.phase(`draining host ${nameOfHost(host)}`);
        await empty({ ...target, clusterName: from.clusterName }, from, move, progress);
    }
    progress.phase(`moving host ${nameOfHost(host)} to cluster ${toCluster}`);
    await sendThere(target, move, progress);
    if (!(await untilThere(target, move))) {
        throw notThere(target, move);
    }
    if (isElsewhere) {
        await aws.ecs.deregister(from.clusterName, from.arn);
        progress.note(`host ${host.instanceId}: deregistered from cluster ${from.clusterName}`);
    } else {
        // One that is brought back to a cluster where an earlier move has left it drained.
        await letTakeTasks({ aws, clusterName: toCluster }, [host.instanceId]);
    }
}

async function empty(
    target: Target,
    from: ContainerInstance,
    { host, deadlineSeconds, approve }: Move,
    progress: Progress,
): Promise<void> {
    const step = await readDeparture(target, host.instanceId);
    if (step !== undefined) {
        approve(step);
    }
    try {
        const options = { drainTimeoutSeconds: deadlineSeconds, allowInterruption: false, purpose };
        await drainHosts(target, step === undefined ? [] : [step], options, progress);
        const { stopReason } = purpose;
        await emptyHost(target, from, { stopReason, timeoutSeconds: deadlineSeconds }, progress);
        target.signal.throwIfAborted();
    } catch (error) {
        await reopenAfterFailure(target, [host], progress);
        throw error;
    }
}

/** @throws AppError HOST_COMMAND_FAILED, with the host as it was where that is certain, and else DRAINING; INTERRUPTED */
async function sendThere(target: Target, move: Move, progress: Progress): Promise<void> {
    const { host, from, toCluster } = move;
    const script = {
        text: moveHostCommand(toCluster),
        comment: "sles-ecs hosts move",
        timeoutSeconds: moveHostSeconds,
    };
    const stays = async (): Promise<void> => {
        if (from !== undefined) {
            await reopenAfterFailure({ ...target, clusterName: from.clusterName }, [host], progress);
        }
    };
    const sending = { isSent: false };
    const care = {
        waitSeconds: deliverySeconds + moveHostSeconds,
        isCancelled: true,
        onSent: () => (sending.isSent = true),
    };
    let result: ScriptResult | undefined;
    try {
        [result] = await awaitScript(target, [host.instanceId], script, care, progress);
    } catch (error) {
        if (!sending.isSent && error instanceof AppError && error.code === "AWS_ACCESS_DENIED") {
            await stays();
            throw error;
        }
        throw halfway(target, move, [error instanceof Error ? error.message : String(error)], error);
    }
    if (result?.status === "Failed" && isAsBefore(result)) {
        await stays();
        throw scriptFailed(target, script, [result]);
    }
    if (result?.status !== "Success") {
        throw halfway(target, move, result === undefined ? [] : [describeFailure(result)]);
    }
}

async function untilThere({ aws, clock, signal, ...target }: Target, move: Move): Promise<boolean> {
    const { host, toCluster, timeoutSeconds } = move;
    const deadline = clock.now().getTime() + timeoutSeconds * 1000;
    try {
        return await pollUntil(clock, { deadline, signal }, async () => {
            const registered = await aws.ecs.containerInstances(toCluster);
            return registered.some((one) => one.instanceId === host.instanceId && one.agentConnected);
        });
    } catch (error) {
        throw signal.aborted ? halfway({ ...target, signal }, move, [], error) : error;
    }
}

type Place = Pick<Target, "environment" | "signal">;

/** Nobody knows where the host will be: it stays DRAINING, so that nothing starts on it that nobody would know of. */
function halfway(target: Place, move: Move, why: readonly string[], cause?: unknown): AppError {
    const { host, from, toCluster } = move;
    const stays = from === undefined ? "" : `; it stays DRAINING in cluster ${from.clusterName}`;
    return new AppError(target.signal.aborted ? "INTERRUPTED" : "HOST_COMMAND_FAILED", {
        message: `host ${nameOfHost(host)} may or may not join cluster ${toCluster} by now${stays}`,
        details: [...why, ...bringBack(target, move)],
        hint: moveTo(target, host, toCluster),
        cause,
    });
}

function notThere(target: Place, move: Move): AppError {
    const { host, toCluster, timeoutSeconds } = move;
    return new AppError("NOT_READY", {
        message: `host ${nameOfHost(host)} was told to join cluster ${toCluster}, and is not connected there after ${formatSeconds(timeoutSeconds)}`,
        details: bringBack(target, move),
        hint: command("hosts", "logs", target.environment, host.instanceId),
    });
}

function bringBack(target: Place, { host, from, toCluster }: Move) {
    return from === undefined || from.clusterName === toCluster
        ? []
        : [line`to bring it back: ${moveTo(target, host, from.clusterName)}`];
}

function moveTo({ environment }: Place, { instanceId }: Host, cluster: string): CommandLine {
    return command("hosts", "move", environment, instanceId, "--to-cluster", cluster);
}
