import { command, line, type CommandLine } from "../../../../components/model/commandLine";
import { loanOf, tagKeys } from "../../../../components/model/tags";
import type { CommonOptions } from "../../../command/command";
import { requireConsent } from "../../../environment/consent";
import { withProgress } from "../../../environment/progressPhases";
import { openUp, type OpenTarget } from "../../../environment/target";
import { AppError, isRefusedByAws } from "../../../errors/appError";
import { putOnCluster } from "../../../hosts/clusterProviders";
import { isClusterOwn } from "../../../hosts/loans";
import { withLock, type LockRequest } from "../../../lock/withLock";
import { secondsBetween } from "../../../output/durations";
import { requireNotPaused } from "../../../pause/paused";
import type { Context } from "../../../ports/context";
import { findFitGroup, type FitGroup } from "./fitGroup";
import { untilJoined } from "./untilJoined";

export interface AttachRequest
    extends Pick<CommonOptions, "projectDirectory" | "yes">, Pick<LockRequest, "waitForLockSeconds"> {
    readonly environment: string;
    readonly group: string;
    readonly managedScaling: boolean;
    /** For its instances to join. */
    readonly timeoutSeconds: number;
}

export interface AttachResult {
    readonly environment: string;
    readonly clusterName: string;
    readonly group: string;
    readonly capacityProvider: string;
    /** Ids of its instances that have joined. */
    readonly instanceIds: readonly string[];
    readonly seconds: number;
}

/**
 * Lets the hosts of an Auto Scaling group of others join the cluster, by a capacity provider. Idempotent.
 * @throws AppError GROUP_NOT_FOUND, GROUP_OF_OTHERS, GROUP_UNFIT, GROUP_SUSPENDED, CLUSTER_NOT_OWN, NO_STACK_ID, PAUSED, CONSENT_NEEDED, DECLINED or LOCKED
 * before anything is changed; NOT_READY where its instances do not join in time, or joined before the capacity provider was there
 */
export async function attach(request: AttachRequest, context: Context): Promise<AttachResult> {
    const startedAt = context.clock.now();
    if (request.group.trim() === "") {
        throw new AppError("USAGE", {
            message: "no group was named: expected --group with the name of an Auto Scaling group",
            hint: "aws autoscaling describe-auto-scaling-groups --query 'AutoScalingGroups[].AutoScalingGroupName'",
        });
    }
    const open = () => openUp(context, request);
    return withLock({ ...request, verb: "hosts attach" }, context, open, async (target) => {
        requireBorrower(target);
        await requireNotPaused(target);
        const fit = await findFitGroup(target, request.group);
        requireSameScaling(target, fit, request);
        context.io.stderr(`${describe(target, fit, request)}\n`);
        await requireConsent(
            context,
            request,
            `Attach ${request.group} to ${target.clusterName}?`,
            commandOf(request),
        );
        const instanceIds = await withProgress(context, async (progress) => {
            progress.phase("checking lock and passphrase");
            await target.stack.requireWorkable("hosts attach", progress);
            progress.phase(`attaching ${request.group}`);
            await join(target, fit, request.managedScaling);
            progress.phase("waiting for its hosts");
            const again = commandOf(request);
            return untilJoined(target, fit, { timeoutSeconds: request.timeoutSeconds, again }, progress);
        });
        const { environment, clusterName } = target;
        const seconds = secondsBetween(startedAt, context.clock.now());
        const { capacityProvider } = fit;
        return { environment, clusterName, group: request.group, capacityProvider, instanceIds, seconds };
    });
}

/**
 * What is lent is known by the stack id, which an older environment gets at its next `up`; and who has only adopted a cluster neither
 * empties nor deletes it.
 */
function requireBorrower(target: OpenTarget): void {
    const { environment, clusterName, owner } = target;
    if (owner.stackId === undefined) {
        throw new AppError("NO_STACK_ID", {
            message: `${environment} has no stack id yet, by which a group that is attached to it would be known; nothing has been changed`,
            hint: command("up", environment),
        });
    }
    if (!isClusterOwn(target)) {
        throw new AppError("CLUSTER_NOT_OWN", {
            message: `cluster ${clusterName} is not of ${environment}, which has adopted it: expected one that it has made; whoever has made it attaches groups to it. Nothing has been changed`,
            hint: command("groups", "list", environment),
        });
    }
}

/** How ECS scales a group is settled when its capacity provider is made. */
function requireSameScaling(
    { environment }: OpenTarget,
    { group: { name }, capacityProvider, isMade, isManaged }: FitGroup,
    { managedScaling }: AttachRequest,
): void {
    if (isMade && managedScaling && !isManaged) {
        throw new AppError("GROUP_UNFIT", {
            message: `group ${name} is attached already, by a capacity provider (${capacityProvider}) without managed scaling; nothing has been changed`,
            hint: line`${command("groups", "remove", environment, name)}, then attach it anew`,
        });
    }
}

function describe(
    { clusterName }: OpenTarget,
    { group, capacityProvider, isMade, isManaged, doubt }: FitGroup,
    { managedScaling }: AttachRequest,
): string {
    const { name, min, max, desired } = group;
    const scaling =
        managedScaling || isManaged
            ? "ECS sets its size by its tasks, and a lifecycle hook of ECS's lets these leave first"
            : "its size stays as it is";
    return [
        `group ${name} (${min} to ${max} hosts, ${desired} for now) ${isMade ? "has" : "gets"} the capacity provider ${capacityProvider} on cluster ${clusterName}`,
        `  ${scaling}; it is marked as attached, and lives on when the environment goes`,
        ...(doubt === undefined ? [] : [`  ${doubt}`]),
    ].join("\n");
}

/** What is done already is left, so that the same command goes on where an earlier one has ended. */
async function join(
    target: OpenTarget,
    { group, capacityProvider: name, isMade }: FitGroup,
    isManaged: boolean,
): Promise<void> {
    const { aws, owner } = target;
    const tags = loanOf(owner);
    // The tag comes first: what stands without it would be nobody's.
    await aws.autoScaling.tagGroup(group.name, tags);
    if (!isMade) {
        try {
            await aws.ecs.makeGroupProvider({ name, groupArn: group.arn, isManaged, tags });
        } catch (error) {
            if (isRefusedByAws(error)) {
                await aws.autoScaling.untagGroup(group.name, [tagKeys.attachedTo]);
            }
            throw error;
        }
    }
    await putOnCluster(target, name);
}

function commandOf({ environment, group, managedScaling }: AttachRequest): CommandLine {
    return command("hosts", "attach", environment, "--group", group, managedScaling && "--managed-scaling");
}
