import { command, line } from "../../components/model/commandLine";
import { moveHostCommand, moveHostSeconds } from "../../components/model/hostCommands/moveHost";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import { formatSeconds } from "../output/durations";
import type { ContainerInstance, Host } from "../ports/aws";
import type { Progress } from "../ports/io";
import { nameOfHost } from "./describeHost";
import { drainHosts, reopenHosts, type DrainPurpose } from "./drain";
import { pollUntil } from "./poll";
import { readDeparture } from "./readPlan";
import { runOnHosts } from "./runScript";

export interface Move {
    readonly host: Host;
    /** Where it is registered; missing where it is nowhere. */
    readonly from: ContainerInstance | undefined;
    readonly toCluster: string;
    /** For its tasks to move. */
    readonly deadlineSeconds: number;
    /** For the host to join. */
    readonly timeoutSeconds: number;
}

const purpose: DrainPurpose = { stopReason: "sles-ecs hosts move", done: "moved" };

/**
 * Drains a host where it is, has it join another cluster, and deregisters it from the old one once it is there.
 * @throws AppError TASKS_NOT_MOVED, with the host taking tasks again; HOST_COMMAND_FAILED; NOT_READY
 */
export async function moveHost(target: Target, move: Move, progress: Progress): Promise<void> {
    const { host, from, toCluster, timeoutSeconds } = move;
    const { aws } = target;
    const isElsewhere = from !== undefined && from.clusterName !== toCluster;
    if (isElsewhere) {
        progress.phase(`draining host ${nameOfHost(host)}`);
        await drain({ ...target, clusterName: from.clusterName }, move, progress);
    }
    progress.phase(`moving host ${nameOfHost(host)} to cluster ${toCluster}`);
    const script = {
        text: moveHostCommand(toCluster),
        comment: "sles-ecs hosts move",
        timeoutSeconds: moveHostSeconds,
    };
    try {
        await runOnHosts(target, [host.instanceId], script, { waitSeconds: moveHostSeconds }, progress);
    } catch (error) {
        if (isElsewhere) {
            await reopenHosts({ ...target, clusterName: from.clusterName }, [host], progress);
        }
        throw error;
    }
    if (!(await untilThere(target, host, toCluster, timeoutSeconds))) {
        throw notThere(target, move);
    }
    if (isElsewhere) {
        await aws.ecs.deregister(from.clusterName, from.arn);
        progress.note(`host ${host.instanceId}: deregistered from cluster ${from.clusterName}`);
    }
}

async function drain(target: Target, { host, deadlineSeconds }: Move, progress: Progress): Promise<void> {
    const step = await readDeparture(target, host.instanceId);
    if (step === undefined) {
        return;
    }
    try {
        const options = { drainTimeoutSeconds: deadlineSeconds, allowInterruption: false, purpose };
        await drainHosts(target, [step], options, progress);
        target.signal.throwIfAborted();
    } catch (error) {
        await reopenHosts(target, [host], progress);
        throw error;
    }
}

async function untilThere(
    { aws, clock, signal }: Target,
    { instanceId }: Host,
    toCluster: string,
    timeoutSeconds: number,
): Promise<boolean> {
    const deadline = clock.now().getTime() + timeoutSeconds * 1000;
    return pollUntil(clock, { deadline, signal }, async () => {
        const registered = await aws.ecs.containerInstances(toCluster);
        return registered.some((one) => one.instanceId === instanceId && one.agentConnected);
    });
}

function notThere({ environment }: Target, { host, from, toCluster, timeoutSeconds }: Move): AppError {
    const { instanceId } = host;
    const back =
        from === undefined
            ? []
            : [
                  line`to bring it back: ${command("hosts", "move", environment, instanceId, "--to-cluster", from.clusterName)}`,
              ];
    return new AppError("NOT_READY", {
        message: `host ${nameOfHost(host)} was told to join cluster ${toCluster}, and is not connected there after ${formatSeconds(timeoutSeconds)}`,
        details: back,
        hint: command("hosts", "logs", environment, instanceId),
    });
}
