import type { AutoScaling } from "@aws-sdk/client-auto-scaling";
import type { Call } from "../aws/call";
import type { Change } from "../schema/resourceType";
import { groupInputs, type GroupInputs } from "./autoscalingGroupInputs";
import { toGroupRequest, toGroupTags } from "./autoscalingGroupRequest";

type GroupChange = Change<typeof groupInputs>;

/** Changes that have calls of their own, or none at all. */
const notInRequest = ["tags", "enabledMetrics", "suspendedProcesses", "metricsGranularity"];

async function changeTags(client: AutoScaling, id: string, change: GroupChange): Promise<void> {
    const wanted = change.inputs.tags ?? [];
    const dropped = (change.old.tags ?? []).filter((old) => !wanted.some((tag) => tag.key === old.key));
    if (dropped.length > 0) {
        await client.deleteTags({ Tags: toGroupTags(id, dropped) });
    }
    if (wanted.length > 0) {
        await client.createOrUpdateTags({ Tags: toGroupTags(id, wanted) });
    }
}

function without(all: readonly string[] = [], taken: readonly string[] = []): string[] {
    return all.filter((item) => !taken.includes(item));
}

async function changeProcesses(client: AutoScaling, id: string, change: GroupChange): Promise<void> {
    const resume = without(change.old.suspendedProcesses, change.inputs.suspendedProcesses);
    const suspend = without(change.inputs.suspendedProcesses, change.old.suspendedProcesses);
    if (resume.length > 0) {
        await client.resumeProcesses({ AutoScalingGroupName: id, ScalingProcesses: resume });
    }
    if (suspend.length > 0) {
        await client.suspendProcesses({ AutoScalingGroupName: id, ScalingProcesses: suspend });
    }
}

async function changeMetrics(client: AutoScaling, id: string, change: GroupChange): Promise<void> {
    const { enabledMetrics, metricsGranularity } = change.inputs;
    const drop = without(change.old.enabledMetrics, enabledMetrics);
    if (drop.length > 0) {
        await client.disableMetricsCollection({ AutoScalingGroupName: id, Metrics: drop });
    }
    if (enabledMetrics !== undefined && enabledMetrics.length > 0) {
        await client.enableMetricsCollection({
            AutoScalingGroupName: id,
            Granularity: metricsGranularity,
            Metrics: [...enabledMetrics],
        });
    }
}

/** Whether what changed starts a refresh of the instances: always a new launch template, and the program's triggers. */
function startsRefresh(change: GroupChange): boolean {
    const triggers = (change.inputs.instanceRefresh?.triggers ?? []) as readonly (keyof typeof groupInputs)[];
    return change.inputs.instanceRefresh !== undefined && change.has("launchTemplate", ...triggers);
}

async function startRefresh(client: AutoScaling, id: string, inputs: GroupInputs): Promise<void> {
    const preferences = inputs.instanceRefresh?.preferences;
    await client.startInstanceRefresh({
        AutoScalingGroupName: id,
        Preferences: preferences && {
            AutoRollback: preferences.autoRollback,
            InstanceWarmup:
                preferences.instanceWarmup === undefined ? undefined : Number(preferences.instanceWarmup),
            MaxHealthyPercentage: preferences.maxHealthyPercentage,
            MinHealthyPercentage: preferences.minHealthyPercentage,
            ScaleInProtectedInstances: preferences.scaleInProtectedInstances as
                "Ignore" | "Refresh" | "Wait" | undefined,
            SkipMatching: preferences.skipMatching,
            StandbyInstances: preferences.standbyInstances as "Ignore" | "Terminate" | "Wait" | undefined,
        },
        Strategy: inputs.instanceRefresh?.strategy as "Rolling" | undefined,
    });
}

/** Changes a group in place. */
export async function updateGroup(call: Call, id: string, change: GroupChange): Promise<void> {
    const client = await call.aws.autoScaling();
    const inRequest = Object.keys(groupInputs).filter(
        (name) =>
            !notInRequest.includes(name) &&
            groupInputs[name as keyof typeof groupInputs].traits.remembered !== true,
    ) as (keyof typeof groupInputs)[];
    if (change.has(...inRequest)) {
        await client.updateAutoScalingGroup({ ...toGroupRequest(change.inputs), AutoScalingGroupName: id });
    }
    if (change.has("tags")) {
        await changeTags(client, id, change);
    }
    if (change.has("suspendedProcesses")) {
        await changeProcesses(client, id, change);
    }
    if (change.has("enabledMetrics", "metricsGranularity")) {
        await changeMetrics(client, id, change);
    }
    if (startsRefresh(change)) {
        await startRefresh(client, id, change.inputs);
    }
}
