import { hostNumberIn } from "../../../../components/model/tags";
import { command } from "../../../../components/model/commandLine";
import type { CommonOptions } from "../../../command/command";
import { clusterNamePattern } from "../../../../components/model/settings/schema";
import { AppError } from "../../../errors/appError";
import { requireConsent } from "../../../environment/consent";
import { withProgress } from "../../../environment/progressPhases";
import { approveShown, type Approve } from "../../../hosts/approve";
import { nameOfHost } from "../../../hosts/describeHost";
import { describeTasksOf } from "../../../hosts/describeTasks";
import { findElsewhere } from "../../../diagnosis/elsewhere";
import { moveHost } from "../../../hosts/move";
import { readDeparture } from "../../../hosts/readPlan";
import { requireRunning } from "../../../hosts/requireHost";
import { oneLine } from "../../../output/oneLine";
import { secondsBetween } from "../../../output/durations";
import type { ContainerInstance, Host } from "../../../ports/aws";
import type { Context } from "../../../ports/context";
import { onHost, type HostsTarget, type OneHost } from "../onHosts";
import { requireClusterThere, requireReached, requireRoleFor } from "./checks";

export interface MoveRequest extends OneHost, Pick<CommonOptions, "yes"> {
    readonly toCluster: string;
    readonly deadlineSeconds: number;
    /** For the host to join. */
    readonly timeoutSeconds: number;
}

export interface MoveResult {
    readonly environment: string;
    readonly instanceId: string;
    /** Where it was registered; missing where it was nowhere. */
    readonly fromCluster?: string;
    readonly toCluster: string;
    /** It was there before, and nothing was changed. */
    readonly wasThere: boolean;
    readonly seconds: number;
}

/**
 * Brings a host to another cluster. Idempotent.
 * @throws AppError USAGE, CLUSTER_NOT_FOUND, HOST_NOT_REACHED, HOST_NOT_RUNNING, INSTANCE_PROFILE_TOO_NARROW, CONSENT_NEEDED, DECLINED
 * or LOCKED before anything is changed; TASKS_NOT_MOVED, with the host taking tasks again; HOST_COMMAND_FAILED, NOT_READY
 */
export async function move(request: MoveRequest, context: Context): Promise<MoveResult> {
    const startedAt = context.clock.now();
    const { environment, toCluster } = request;
    requireName(toCluster);
    return onHost("hosts move", request, context, async (target, host) => {
        await requireRunning(target, host);
        await requireClusterThere(target, toCluster);
        const from = await registrationOf(target, host);
        const wasThere = from?.clusterName === toCluster && from.agentConnected && from.status !== "DRAINING";
        if (!wasThere) {
            await requireReached(target, host);
            await requireRoleFor(target, host, toCluster, context);
            const approve = await agree(target, host, from, request, context);
            await withProgress(context, async (progress) => {
                progress.phase("checking lock and passphrase");
                await target.stack.requireWorkable("hosts move", progress);
                await moveHost(target, { ...request, host, from, approve }, progress);
            });
        }
        return {
            environment,
            instanceId: host.instanceId,
            fromCluster: from?.clusterName,
            toCluster,
            wasThere,
            seconds: secondsBetween(startedAt, context.clock.now()),
        };
    });
}

/** @throws AppError USAGE */
function requireName(cluster: string): void {
    if (!clusterNamePattern.test(cluster)) {
        throw new AppError("USAGE", {
            message: `--to-cluster is no name of a cluster: got ${cluster === "" ? "nothing" : JSON.stringify(cluster)}, expected 1 to 255 letters, digits, underscores and hyphens`,
            hint: command("hosts", "move", "--help"),
        });
    }
}

/** In which cluster a host is, be it the environment's own or another one. */
async function registrationOf(
    { aws, clusterName }: HostsTarget,
    host: Host,
): Promise<ContainerInstance | undefined> {
    const here = host.containerInstance;
    if (here?.agentConnected === true) {
        return here;
    }
    // Its own cluster may know it still from before an earlier move.
    const elsewhere = await findElsewhere(aws, clusterName, [host]);
    return elsewhere.get(host.instanceId) ?? here;
}

async function agree(
    target: HostsTarget,
    host: Host,
    from: ContainerInstance | undefined,
    { environment, toCluster, yes }: MoveRequest,
    context: Context,
): Promise<Approve> {
    const clusterName = from?.clusterName ?? target.clusterName;
    const step =
        from === undefined || clusterName === toCluster
            ? undefined
            : await readDeparture({ ...target, clusterName }, host.instanceId);
    const fates = step === undefined ? [] : describeTasksOf(step, "moved");
    const lines = [
        `host ${nameOfHost(host)}: ${from === undefined ? "registered nowhere" : `cluster ${clusterName}`} -> cluster ${toCluster}`,
        ...(clusterName === toCluster
            ? ["it stays there, and takes tasks again"]
            : fates.length === 0
              ? ["no tasks"]
              : fates
        ).map((fate) => `  ${fate}`),
        ...(toCluster === target.clusterName
            ? []
            : [`  ${environment} has a host less then; destroy takes it away all the same`]),
        ...(toCluster === target.clusterName || hostNumberIn(host.tags) !== undefined
            ? []
            : ["  its Auto Scaling group goes on counting it, and may terminate it at any time"]),
    ];
    context.io.stderr(`${lines.map(oneLine).join("\n")}\n`);
    const again = command("hosts", "move", environment, host.instanceId, "--to-cluster", toCluster);
    await requireConsent(context, { yes }, `Move ${nameOfHost(host)} to cluster ${toCluster}?`, again);
    return yes ? () => undefined : approveShown(step === undefined ? [] : [step], again);
}
