import {
    AutoScalingClient,
    CreateOrUpdateTagsCommand,
    DeleteTagsCommand,
    DescribeAutoScalingGroupsCommand,
    DeleteAutoScalingGroupCommand,
    DescribeLifecycleHooksCommand,
    DescribeScalingActivitiesCommand,
    DetachInstancesCommand,
    paginateDescribeAutoScalingGroups,
    SetInstanceProtectionCommand,
    TerminateInstanceInAutoScalingGroupCommand,
    UpdateAutoScalingGroupCommand,
    type AutoScalingGroup,
    type LaunchTemplateSpecification,
} from "@aws-sdk/client-auto-scaling";

import type { AutoScalingService, NamedGroup, ScalingGroup, TemplateVersion } from "../ports/scalingServices";
import { carries } from "../../components/model/tags";
import { chunks, collect, tagFilters, tagsOf, unless } from "./collect";
import type { AwsSession } from "./session";

// SetInstanceProtection takes 50 at once (Amazon EC2 Auto Scaling API reference).
const protectedPerCall = 50;
// DetachInstances takes 20 at once (Amazon EC2 Auto Scaling User Guide, on detaching instances).
const detachedPerCall = 20;
// DescribeAutoScalingGroups answers with 50 at once (the same, MaxRecords).
const mostGroupsAPage = 50;
// What a hook has that says nothing (API reference, LifecycleHook).
const usualHookSeconds = 3600;
// Terminating, also where a hook holds it, Detaching, EnteringStandby and Standby
// (https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-lifecycle.html).
const uncounted = /^(?:Terminat|Detach|EnteringStandby|Standby)/;

export function createAutoScalingService(session: AwsSession): AutoScalingService {
    const client = session.connect(
        new AutoScalingClient(session.configuration("AUTO_SCALING")),
        "AUTO_SCALING",
        "autoscaling",
    );
    return {
        groups: async (tags) => {
            const groups = await collect(
                paginateDescribeAutoScalingGroups({ client }, { Filters: tagFilters(tags) }),
                (page) => page.AutoScalingGroups,
            );
            return groups.map(toGroup).filter((group) => carries(group.tags, tags));
        },
        renew: async (InstanceId) => {
            // A ValidationError is for an instance that the group has let go meanwhile.
            await unless(["ValidationError"], undefined, () =>
                client.send(
                    new TerminateInstanceInAutoScalingGroupCommand({
                        InstanceId,
                        ShouldDecrementDesiredCapacity: false,
                    }),
                ),
            );
        },
        resize: async (AutoScalingGroupName, { min, max, desired }) => {
            await client.send(
                new UpdateAutoScalingGroupCommand({
                    AutoScalingGroupName,
                    MinSize: min,
                    MaxSize: max,
                    DesiredCapacity: desired,
                }),
            );
        },
        remove: async (AutoScalingGroupName) => {
            // A ValidationError is for a group that is gone.
            await unless(["ValidationError"], undefined, () =>
                client.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName, ForceDelete: true })),
            );
        },
        groupsNamed: (names) => groupsNamed(client, names),
        tagGroup: async (group, tags) => {
            const Tags = Object.entries(tags).map(([Key, Value]) => ({ ...tagOf(group, Key), Value }));
            await client.send(new CreateOrUpdateTagsCommand({ Tags }));
        },
        untagGroup: async (group, keys) => {
            const Tags = keys.map((key) => tagOf(group, key));
            await unless(["ValidationError"], undefined, () => client.send(new DeleteTagsCommand({ Tags })));
        },
        ...createInstanceCalls(client),
    };
}

/** What is said of single instances of a group. */
function createInstanceCalls(
    client: AutoScalingClient,
): Pick<AutoScalingService, "dropScaleInProtection" | "failedLaunch" | "lifecycleHooks" | "detachInstances"> {
    return {
        dropScaleInProtection: async (group, instanceIds) => {
            for (const InstanceIds of chunks(instanceIds, protectedPerCall)) {
                await client.send(
                    new SetInstanceProtectionCommand({
                        AutoScalingGroupName: group,
                        InstanceIds,
                        ProtectedFromScaleIn: false,
                    }),
                );
            }
        },
        failedLaunch: async (AutoScalingGroupName) => {
            const answer = await unless(["ValidationError"], undefined, () =>
                client.send(new DescribeScalingActivitiesCommand({ AutoScalingGroupName })),
            );
            // The latest comes first; what it terminates is told among the launches.
            const launch = answer?.Activities?.find(({ Description }) =>
                /launching/i.test(Description ?? ""),
            );
            return launch?.StatusCode === "Failed" ? launch.StatusMessage : undefined;
        },
        lifecycleHooks: async (AutoScalingGroupName) => {
            const answer = await unless(["ValidationError"], undefined, () =>
                client.send(new DescribeLifecycleHooksCommand({ AutoScalingGroupName })),
            );
            return (answer?.LifecycleHooks ?? []).map((hook) => ({
                name: hook.LifecycleHookName ?? "",
                timeoutSeconds: hook.HeartbeatTimeout ?? usualHookSeconds,
            }));
        },
        detachInstances: async (AutoScalingGroupName, instanceIds) => {
            for (const InstanceIds of chunks(instanceIds, detachedPerCall)) {
                const command = new DetachInstancesCommand({
                    AutoScalingGroupName,
                    InstanceIds,
                    ShouldDecrementDesiredCapacity: true,
                });
                // Where the answer to a first request was lost, the second one finds them gone.
                await unless(["ValidationError"], undefined, () => client.send(command));
            }
        },
    };
}

async function groupsNamed(
    client: AutoScalingClient,
    names: readonly string[],
): Promise<readonly NamedGroup[]> {
    // No name would be every group.
    const pages = chunks(names, mostGroupsAPage).map((AutoScalingGroupNames) =>
        client.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames })),
    );
    return (await Promise.all(pages)).flatMap(({ AutoScalingGroups = [] }) =>
        AutoScalingGroups.map(toNamedGroup),
    );
}

function tagOf(ResourceId: string, Key: string) {
    return { ResourceId, ResourceType: "auto-scaling-group", Key, PropagateAtLaunch: false };
}

function toNamedGroup(group: AutoScalingGroup): NamedGroup {
    const { LaunchTemplate, MixedInstancesPolicy: mixed, AutoScalingGroupARN: arn = "" } = group;
    const { LaunchTemplateId: id, Version: version = "$Default" } =
        LaunchTemplate ?? mixed?.LaunchTemplate?.LaunchTemplateSpecification ?? {};
    return { ...toGroup(group), arn, startsFrom: id === undefined ? undefined : { id, version } };
}

function toGroup(group: AutoScalingGroup): ScalingGroup {
    const instances = group.Instances ?? [];
    return {
        name: group.AutoScalingGroupName ?? "",
        desired: group.DesiredCapacity ?? 0,
        min: group.MinSize ?? 0,
        max: group.MaxSize ?? 0,
        instanceIds: instances.map((instance) => instance.InstanceId ?? ""),
        protectedInstanceIds: instances
            .filter((instance) => instance.ProtectedFromScaleIn === true)
            .map((instance) => instance.InstanceId ?? ""),
        uncountedInstanceIds: instances
            .filter(({ LifecycleState = "" }) => uncounted.test(LifecycleState))
            .map((instance) => instance.InstanceId ?? ""),
        suspendedProcesses: (group.SuspendedProcesses ?? []).map(({ ProcessName }) => ProcessName ?? ""),
        // A group has a status only while it is being deleted.
        leaving: group.Status !== undefined,
        tags: tagsOf(group.Tags),
        launchTemplate: toTemplateVersion(group.LaunchTemplate),
    };
}

/** `$Latest` and `$Default` are other versions as time goes by. */
function toTemplateVersion({
    LaunchTemplateId: id,
    Version: version = "",
}: LaunchTemplateSpecification = {}): TemplateVersion | undefined {
    return id === undefined || !/^\d+$/.test(version) ? undefined : { id, version };
}
