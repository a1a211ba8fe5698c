import type { AutoScaling, AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type { Call } from "../aws/call";
import { errorCode, unlessGone } from "../aws/errors";
import { retryWhile, until } from "../aws/wait";
import { givenName } from "../schema/naming";
import { asText } from "../schema/property";
import { defineResource } from "../schema/resourceType";
import { deleteGroup, findGroup } from "./autoscalingGroupEnd";
import { groupInputs, secondsOf, type GroupInputs } from "./autoscalingGroupInputs";
import { toGroupRequest, toGroupTags } from "./autoscalingGroupRequest";
import { updateGroup } from "./autoscalingGroupUpdate";

/** As long as the official provider waits for a new instance profile to reach Auto Scaling. */
const profileLimitSeconds = 120;

const defaultWait = "10m";

/** Waits until as many instances are in service and healthy as the program wants. */
async function waitForCapacity(call: Call, name: string, inputs: GroupInputs): Promise<void> {
    const limitSeconds = secondsOf(inputs.waitForCapacityTimeout ?? defaultWait) ?? 0;
    const wanted = inputs.desiredCapacity ?? inputs.minSize;
    if (limitSeconds === 0) {
        return;
    }
    const client = await call.aws.autoScaling();
    await until(call, { what: `${wanted} instances of ${name} in service`, limitSeconds }, async () => {
        const inService = ((await findGroup(client, name))?.Instances ?? []).filter(
            (instance) =>
                instance.LifecycleState === "InService" && instance.HealthStatus?.toLowerCase() === "healthy",
        ).length;
        return inService >= wanted || `there are ${inService}`;
    });
}

function observed(group: AutoScalingGroup): Record<string, unknown> {
    const { LaunchTemplate: template, InstanceMaintenancePolicy: policy } = group;
    return {
        arn: group.AutoScalingGroupARN,
        availabilityZones: group.AvailabilityZones ?? [],
        capacityRebalance: group.CapacityRebalance,
        defaultCooldown: group.DefaultCooldown,
        defaultInstanceWarmup: group.DefaultInstanceWarmup,
        desiredCapacity: group.DesiredCapacity,
        enabledMetrics: (group.EnabledMetrics ?? []).map((metric) => metric.Metric),
        healthCheckGracePeriod: group.HealthCheckGracePeriod,
        healthCheckType: group.HealthCheckType,
        instanceMaintenancePolicy: policy && {
            maxHealthyPercentage: policy.MaxHealthyPercentage,
            minHealthyPercentage: policy.MinHealthyPercentage,
        },
        launchTemplate: template && {
            id: template.LaunchTemplateId,
            name: template.LaunchTemplateName,
            version: template.Version,
        },
        maxInstanceLifetime: group.MaxInstanceLifetime,
        maxSize: group.MaxSize,
        metricsGranularity: group.EnabledMetrics?.[0]?.Granularity ?? "1Minute",
        minSize: group.MinSize,
        name: group.AutoScalingGroupName,
        predictedCapacity: group.PredictedCapacity ?? 0,
        protectFromScaleIn: group.NewInstancesProtectedFromScaleIn === true,
        serviceLinkedRoleArn: group.ServiceLinkedRoleARN ?? "",
        suspendedProcesses: (group.SuspendedProcesses ?? []).map((process) => process.ProcessName),
        tags: (group.Tags ?? [])
            .filter((tag) => !(tag.Key ?? "").startsWith("aws:"))
            .map((tag) => ({
                key: tag.Key,
                value: tag.Value ?? "",
                propagateAtLaunch: tag.PropagateAtLaunch === true,
            })),
        targetGroupArns: group.TargetGroupARNs ?? [],
        terminationPolicies: policiesOf(group),
        vpcZoneIdentifiers: (group.VPCZoneIdentifier ?? "").split(",").filter((id) => id !== ""),
        warmPoolSize: group.WarmPoolSize ?? 0,
    };
}

/** AWS answers `Default` when nothing was chosen. */
function policiesOf(group: AutoScalingGroup): readonly string[] {
    const policies = group.TerminationPolicies ?? [];
    return policies.length === 1 && policies[0] === "Default" ? [] : policies;
}

async function create(call: Call, client: AutoScaling, name: string, inputs: GroupInputs): Promise<void> {
    await retryWhile(
        call,
        { what: "Auto Scaling to know the instance profile", limitSeconds: profileLimitSeconds },
        (error) =>
            errorCode(error) === "ValidationError" && /instance profile/i.test((error as Error).message),
        () =>
            client.createAutoScalingGroup({
                ...toGroupRequest(inputs),
                AutoScalingGroupName: name,
                MaxSize: inputs.maxSize,
                MinSize: inputs.minSize,
                Tags: toGroupTags(name, inputs.tags ?? []),
            }),
    );
}

/** `aws:autoscaling/group:Group` */
export const autoscalingGroup = defineResource({
    token: "aws:autoscaling/group:Group",
    inputs: groupInputs,
    outputs: ["arn", "predictedCapacity", "warmPoolSize"],
    autoName: { property: "name", maxLength: 255 },
    check(inputs) {
        const given = asText(inputs["waitForCapacityTimeout"], defaultWait);
        const reason = `waitForCapacityTimeout: got "${given}", expected a duration such as "10m" or "90s"`;
        return secondsOf(given) === undefined ? [{ property: "waitForCapacityTimeout", reason }] : [];
    },

    async create(call, inputs) {
        const name = givenName(inputs);
        await create(call, await call.aws.autoScaling(), name, inputs);
        return name;
    },

    async settle(call, id, inputs, after) {
        const client = await call.aws.autoScaling();
        const metrics = inputs.enabledMetrics ?? [];
        if (after === "create" && metrics.length > 0) {
            await client.enableMetricsCollection({
                AutoScalingGroupName: id,
                Granularity: inputs.metricsGranularity,
                Metrics: [...metrics],
            });
        }
        const suspended = inputs.suspendedProcesses ?? [];
        if (after === "create" && suspended.length > 0) {
            await client.suspendProcesses({ AutoScalingGroupName: id, ScalingProcesses: [...suspended] });
        }
        await waitForCapacity(call, id, inputs);
    },

    async read(call, id) {
        const client = await call.aws.autoScaling();
        const group = await unlessGone(() => findGroup(client, id));
        return group && observed(group);
    },

    update: updateGroup,
    delete: deleteGroup,
});
