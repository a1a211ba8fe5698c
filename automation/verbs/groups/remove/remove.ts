import { command, line, type CommandLine } from "../../../../components/model/commandLine";
import { tagKeys } from "../../../../components/model/tags";
import type { CommonOptions } from "../../../command/command";
import { requireConsent } from "../../../environment/consent";
import { withProgress } from "../../../environment/progressPhases";
import { openUp, type OpenTarget } from "../../../environment/target";
import { AppError } from "../../../errors/appError";
import { describeTasksOf } from "../../../hosts/describeTasks";
import { deleteProvider, takeOffCluster } from "../../../hosts/clusterProviders";
import { drainHosts } from "../../../hosts/drain";
import { inCluster, requireForeignGroup, type ClusterGroup } from "../../../hosts/loans";
import type { ReplacementStep } from "../../../hosts/plan";
import { planHosts, readCluster } from "../../../hosts/readPlan";
import { reopenAfterFailure } from "../../../hosts/reopenAfter";
import { withLock, type LockRequest } from "../../../lock/withLock";
import { secondsBetween } from "../../../output/durations";
import type { Host } from "../../../ports/aws";
import type { Context } from "../../../ports/context";
import type { Progress } from "../../../ports/io";
import { requireRoom } from "../../../rolling/requireRoom";
import { stoppedRoll } from "../../../rolling/stopped";

export interface RemoveGroupRequest
    extends Pick<CommonOptions, "projectDirectory" | "yes">, Pick<LockRequest, "waitForLockSeconds"> {
    readonly environment: string;
    readonly group: string;
    /** Also where tasks stop with their hosts. */
    readonly allowInterruption: boolean;
    /** For tasks to move. */
    readonly drainTimeoutSeconds: number;
}

export interface RemoveGroupResult {
    readonly environment: string;
    readonly clusterName: string;
    readonly group: string;
    /** Ids of its hosts that were in the cluster; they run on. */
    readonly instanceIds: readonly string[];
    readonly seconds: number;
}

const purpose = { stopReason: "sles-ecs: the group of this host leaves the cluster", done: "taken off" };

/**
 * Takes a group that is not the environment's own off its cluster: its tasks move first, and it lives on. May be ended
 * anywhere and given again.
 * @throws AppError GROUP_NOT_FOUND, GROUP_OF_OTHERS, GROUP_IN_USE, NO_ROOM_FOR_TASKS, CONSENT_NEEDED, DECLINED or LOCKED before anything is
 * changed; TASKS_NOT_MOVED with hosts and group as they were
 */
export async function removeGroup(request: RemoveGroupRequest, context: Context): Promise<RemoveGroupResult> {
    const startedAt = context.clock.now();
    const open = () => openUp(context, request);
    return withLock({ ...request, verb: "groups remove" }, context, open, async (target) => {
        const found = await requireForeignGroup(target, request.group);
        await requireUnused(target, found, commandOf(request));
        const steps = await planLeaving(target, found.hosts);
        const again = commandOf(request);
        const allowing = commandOf({ ...request, allowInterruption: true });
        requireRoom(target, steps, request.allowInterruption, allowing);
        describe(target, found, steps).forEach((line) => context.io.stderr(`${line}\n`));
        await requireConsent(context, request, `Take ${request.group} off ${target.clusterName}?`, again);
        try {
            await withProgress(context, async (progress) => {
                progress.phase("checking lock and passphrase");
                await target.stack.requireWorkable("groups remove", progress);
                await takeOff(target, found, steps, request, progress);
            });
        } catch (error) {
            const what = `groups remove of ${request.group}`;
            throw stoppedRoll(error, { what, interrupted: context.signal.aborted, again, allowing });
        }
        const instanceIds = inCluster(found.hosts).map(({ instanceId }) => instanceId);
        const seconds = secondsBetween(startedAt, context.clock.now());
        const { environment, clusterName } = target;
        return { environment, clusterName, group: found.provider.group, instanceIds, seconds };
    });
}

/** ECS keeps a capacity provider on the cluster as long as a service's strategy names it, whether its tasks have moved or not. */
async function requireUnused(
    { aws, clusterName }: OpenTarget,
    { provider: { name, group } }: ClusterGroup,
    again: CommandLine,
): Promise<void> {
    const services = await aws.ecs.services(clusterName);
    const updates = services
        .filter(({ capacityProviders = [] }) => capacityProviders.includes(name))
        .map((service) => ({
            service: service.name,
            // Back to the launch type, by an empty list (API reference, UpdateService).
            update: `aws ecs update-service --cluster ${clusterName} --service ${service.name} --capacity-provider-strategy '[]' --force-new-deployment`,
        }));
    const [first] = updates;
    if (first !== undefined) {
        throw new AppError("GROUP_IN_USE", {
            message: `${updates.map(({ service }) => `service ${service}`).join(", ")} of cluster ${clusterName} ${updates.length === 1 ? "names" : "name"} the capacity provider ${name} of group ${group}, and ECS keeps it until then: expected none; nothing has been changed`,
            details: updates
                .slice(1)
                .map(({ service, update }) => `to have ${service} go by launch type: ${update}`),
            hint: line`${first.update}, then: ${again}`,
        });
    }
}

/** They leave together: no task finds room on another one of them. */
async function planLeaving(target: OpenTarget, hosts: readonly Host[]): Promise<readonly ReplacementStep[]> {
    const leaving = inCluster(hosts);
    if (leaving.length === 0) {
        return [];
    }
    const seen = { ...(await readCluster(target)), hosts: leaving };
    const pace = { batchSize: leaving.length, successorsFirst: false };
    return (await planHosts(target, seen, () => true, pace)).steps;
}

async function takeOff(
    target: OpenTarget,
    { provider, group, kind, hosts }: ClusterGroup,
    steps: readonly ReplacementStep[],
    { drainTimeoutSeconds, allowInterruption }: RemoveGroupRequest,
    progress: Progress,
): Promise<void> {
    const { aws, clusterName, signal } = target;
    progress.phase(`draining the hosts of ${provider.group}`);
    try {
        await drainHosts(target, steps, { drainTimeoutSeconds, allowInterruption, purpose }, progress);
        signal.throwIfAborted();
        progress.phase(`taking ${provider.group} off cluster ${clusterName}`);
        await takeOffCluster(target, provider.name);
    } catch (error) {
        await reopenAfterFailure(target, inCluster(hosts), progress);
        throw error;
    }
    for (const { containerInstance } of inCluster(hosts)) {
        if (containerInstance !== undefined) {
            await aws.ecs.deregister(clusterName, containerInstance.arn);
        }
    }
    if (kind === "attached") {
        if (group !== undefined) {
            await aws.autoScaling.untagGroup(group.name, [tagKeys.attachedTo]);
        }
        // Last: by it the same command finds what an earlier one has left.
        await deleteProvider(target, provider);
    }
}

function describe(
    { clusterName }: OpenTarget,
    { provider, kind }: ClusterGroup,
    steps: readonly ReplacementStep[],
): readonly string[] {
    const end = kind === "attached" ? "is deleted" : "stays";
    return [
        `group ${provider.group} leaves cluster ${clusterName} and lives on; its capacity provider ${provider.name} ${end}`,
        ...steps.map((step) => {
            const tasks = describeTasksOf(step, "removed");
            return `  ${step.host.instanceId} in ${step.host.zone}: ${tasks.length === 0 ? "no tasks" : tasks.join("; ")}`;
        }),
    ];
}

function commandOf({ environment, group, allowInterruption, yes }: RemoveGroupRequest): CommandLine {
    return command(
        ...["groups", "remove", environment, group],
        allowInterruption && "--allow-interruption",
        yes && "--yes",
    );
}
