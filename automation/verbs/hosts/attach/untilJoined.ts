import { command, line, type CommandLine } from "../../../../components/model/commandLine";
import { lacksCapacityProvider } from "../../../../components/model/diagnosis/ready";
import { findElsewhere } from "../../../diagnosis/elsewhere";
import { examineGroup } from "../../../diagnosis/group";
import type { OpenTarget } from "../../../environment/target";
import { AppError } from "../../../errors/appError";
import { groupText } from "../../../hosts/explain";
import { pollUntil } from "../../../hosts/poll";
import { counted } from "../../../output/counted";
import { formatSeconds } from "../../../output/durations";
import type { Progress } from "../../../ports/io";
import type { NamedGroup } from "../../../ports/scalingServices";
import type { FitGroup } from "./fitGroup";

interface Joining {
    readonly timeoutSeconds: number;
    /** The command that goes on waiting. */
    readonly again: CommandLine;
}

/** How far the instances of a group have come. */
interface Seen {
    readonly group: NamedGroup;
    /** Ids of those that are not in the cluster yet. */
    readonly missing: readonly string[];
    /** Ids of those that registered before their group had the capacity provider. */
    readonly early: readonly string[];
}

/**
 * Waits until the instances of a group are in the cluster, by the capacity provider.
 * @returns their ids
 * @throws AppError NOT_READY with every reason, GROUP_NOT_FOUND where somebody has deleted the group meanwhile
 */
export async function untilJoined(
    target: OpenTarget,
    fit: FitGroup,
    { timeoutSeconds, again }: Joining,
    progress: Progress,
): Promise<readonly string[]> {
    const { clock, signal, clusterName } = target;
    const deadline = clock.now().getTime() + timeoutSeconds * 1000;
    let seen: Seen | undefined;
    const areThere = await pollUntil(clock, { deadline, signal }, async () => {
        seen = await look(target, fit);
        progress.status(seen.missing.map((id) => `${id}: not in cluster ${clusterName} yet`));
        return seen.missing.length === 0 && countLacking(seen.group) === 0;
    });
    if (seen !== undefined && areThere) {
        requireAllByProvider(target, fit, seen, again);
        return seen.group.instanceIds;
    }
    throw await notJoined(
        target,
        seen ?? { group: fit.group, missing: [], early: [] },
        timeoutSeconds,
        again,
    );
}

async function look(
    { aws, clusterName, environment }: OpenTarget,
    { group, capacityProvider }: FitGroup,
): Promise<Seen> {
    const [[now], registered] = await Promise.all([
        aws.autoScaling.groupsNamed([group.name]),
        aws.ecs.containerInstances(clusterName),
    ]);
    if (now === undefined || now.leaving) {
        throw new AppError("GROUP_NOT_FOUND", {
            message: `somebody has deleted the Auto Scaling group ${group.name} while its instances were waited for: its capacity provider ${capacityProvider} is still on cluster ${clusterName}`,
            hint: command("groups", "remove", environment, group.name),
        });
    }
    const there = registered.filter(({ agentConnected }) => agentConnected);
    const ofGroup = there.filter(({ instanceId }) => now.instanceIds.includes(instanceId));
    const wanted = { clusterName, capacityProvider };
    return {
        group: now,
        missing: now.instanceIds.filter((id) => !there.some(({ instanceId }) => instanceId === id)),
        early: ofGroup
            .filter((one) => lacksCapacityProvider(one, wanted))
            .map(({ instanceId }) => instanceId),
    };
}

/**
 * ECS names the capacity provider where a host registers, and not afterwards
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/asg-capacity-providers.html).
 */
function requireAllByProvider(
    { clusterName }: OpenTarget,
    { capacityProvider }: FitGroup,
    { group, early }: Seen,
    again: CommandLine,
): void {
    if (early.length === 0) {
        return;
    }
    throw new AppError("NOT_READY", {
        message: `${counted(early.length, "instance")} of group ${group.name} registered in cluster ${clusterName} before ${group.name} had the capacity provider ${capacityProvider}: ECS places tasks of launch type EC2 on ${early.length === 1 ? "it" : "them"}, and none of the capacity provider; the group stays attached`,
        details: [
            ...early.map((id) => `${id}: in the cluster, by no capacity provider`),
            line`the group puts other instances in their place, which stops the tasks on them; after that: ${again}`,
        ],
        hint: `aws autoscaling start-instance-refresh --auto-scaling-group-name ${group.name}`,
    });
}

async function notJoined(
    target: OpenTarget,
    { group, missing, early }: Seen,
    timeoutSeconds: number,
    again: CommandLine,
): Promise<AppError> {
    const { clusterName, environment } = target;
    const { name, desired, instanceIds } = group;
    const lacking = countLacking(group);
    const [diagnosis, elsewhere] = await Promise.all([
        lacking === 0 ? undefined : examineGroup(target, group),
        findElsewhere(
            target.aws,
            clusterName,
            missing.map((instanceId) => ({ instanceId })),
        ),
    ]);
    const what = [
        lacking === 0
            ? []
            : `group ${name} has launched ${instanceIds.length} of ${counted(desired, "instance")}`,
        missing.length === 0
            ? []
            : `${counted(missing.length, "instance")} of group ${name} ${missing.length === 1 ? "has" : "have"} not joined cluster ${clusterName}`,
    ].flat();
    return new AppError("NOT_READY", {
        message: `${what.join(", and ")} after ${formatSeconds(timeoutSeconds)}; the group stays attached`,
        details: [
            ...missing.map((id) => whereIs(id, elsewhere.get(id)?.clusterName, clusterName)),
            ...early.map((id) => `${id}: in the cluster, by no capacity provider`),
            ...(diagnosis === undefined ? [] : [groupText({ name, diagnosis })]),
            line`to wait on: ${again}`,
        ],
        hint: command("groups", "list", environment),
    });
}

/**
 * The agent of SUSE's images starts before cloud-init runs scripts, and reads its configuration once, so that a script
 * that only appends to ecs.config leaves it in the cluster `default` (local/hosts plays this).
 */
function whereIs(id: string, cluster: string | undefined, expected: string): string {
    return cluster === undefined
        ? `${id}: its agent is not connected there`
        : `${id}: its agent registered in cluster ${cluster}, expected ${expected}: the launch template's user data has to write ECS_CLUSTER before the agent starts, as write_files does`;
}

/** How many instances a group has yet to launch. */
function countLacking({ desired, instanceIds }: NamedGroup): number {
    return Math.max(0, desired - instanceIds.length);
}
