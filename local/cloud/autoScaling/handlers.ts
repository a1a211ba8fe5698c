import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import { randomUUID } from "node:crypto";
import type { Handler } from "../cloud";
import { formOf } from "../front/apiRequest";
import { AwsError, queryResponse } from "../front/apiResponse";
import { readForm } from "../front/form";
import { changeGroup, invalid, plainChange } from "./change";
import { lifecycleHandlers } from "./lifecycle";
import { checkTemplate } from "./members";
import { membershipHandlers } from "./membership";
import { terminateMembers } from "./terminate";

/** Makes the group; its members follow. Launch configurations are not played: AWS gives them to no new account. */
const createAutoScalingGroup: Handler = (request, cloud) => {
    const form = formOf(request);
    const name = form.get("AutoScalingGroupName") ?? "";
    if (form.has("LaunchConfigurationName") || form.has("InstanceId")) {
        throw invalid("The local cloud launches instances from launch templates alone.");
    }
    const isNew = true;
    const check = async (group: Partial<AutoScalingGroup>): Promise<void> => {
        if (group.AutoScalingGroupName !== undefined) {
            throw new AwsError(
                "AlreadyExists",
                `AutoScalingGroup by this name already exists - A group with the name ${name} already exists`,
            );
        }
        const size = { min: Number(form.get("MinSize")), max: Number(form.get("MaxSize")) };
        checkSize(size, Number(form.get("DesiredCapacity") ?? size.min));
        await checkTemplate(cloud, request.region, templateIn(form));
    };
    return changeGroup(request, cloud, form, { isNew, check });
};

/** Of activities only the last launch is played, where it failed. Source: API reference, DescribeScalingActivities. */
const describeScalingActivities: Handler = (request, cloud) => {
    const name = formOf(request).get("AutoScalingGroupName") ?? "";
    const failure = cloud.failedLaunches.get(`${request.region} ${name}`);
    const now = new Date().toISOString();
    const activity = {
        ActivityId: randomUUID(),
        AutoScalingGroupName: name,
        Description: `Launching a new EC2 instance.  Status Reason: ${failure ?? ""}`,
        Cause: "an instance was started in response to a difference between desired and actual capacity",
        StartTime: now,
        EndTime: now,
        StatusCode: "Failed",
        StatusMessage: failure ?? "",
        Progress: "100",
    };
    return Promise.resolve(queryResponse(request, { Activities: failure === undefined ? [] : [activity] }));
};

/** Without a wanted number of its own, an update moves the wanted number into the new bounds. */
const updateAutoScalingGroup: Handler = (request, cloud) => {
    const form = formOf(request);
    const check = async (group: Partial<AutoScalingGroup>): Promise<void> => {
        const min = Number(form.get("MinSize") ?? group.MinSize);
        const max = Number(form.get("MaxSize") ?? group.MaxSize);
        const given = form.get("DesiredCapacity");
        const desired =
            given === null ? Math.min(max, Math.max(min, group.DesiredCapacity ?? min)) : Number(given);
        checkSize({ min, max }, desired);
        if (readForm(form, "LaunchTemplate") !== undefined) {
            await checkTemplate(cloud, request.region, templateIn(form));
        }
        form.set("DesiredCapacity", String(desired));
    };
    return changeGroup(request, cloud, form, { check });
};

const setDesiredCapacity: Handler = (request, cloud) => {
    const form = formOf(request);
    const desired = Number(form.get("DesiredCapacity"));
    const check = ({ MinSize: min = 0, MaxSize: max = 0 }: Partial<AutoScalingGroup>): void => {
        const side = desired > max ? `above max value ${max}` : `below min value ${min}`;
        if (desired > max || desired < min) {
            throw invalid(`New SetDesiredCapacity value ${desired} is ${side} for the AutoScalingGroup.`);
        }
    };
    return changeGroup(request, cloud, form, { check });
};

/**
 * Refuses while members remain, unless forced: then they go first, and wait for no hook.
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DeleteAutoScalingGroup.html
 */
const deleteAutoScalingGroup: Handler = (request, cloud) => {
    const form = formOf(request);
    const check = async ({ Instances: members = [] }: Partial<AutoScalingGroup>): Promise<void> => {
        if (members.length > 0 && form.get("ForceDelete") !== "true") {
            throw new AwsError(
                "ResourceInUse",
                "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) " +
                    "still in the group.",
            );
        }
        await terminateMembers(
            cloud,
            request.region,
            members.map(({ InstanceId }) => InstanceId ?? ""),
        );
    };
    // What is left of its hooks would be those of the next group of this name.
    const done = async (): Promise<void> => {
        const client = cloud.moto.autoScaling(request.region);
        const name = { AutoScalingGroupName: form.get("AutoScalingGroupName") ?? "" };
        const { LifecycleHooks: hooks = [] } = await client.describeLifecycleHooks(name);
        for (const { LifecycleHookName } of hooks) {
            await client.deleteLifecycleHook({ ...name, LifecycleHookName });
        }
    };
    return changeGroup(request, cloud, form, { check, done });
};

/** Actions of Amazon EC2 Auto Scaling that the front has a hand in, by name. The others are moto's. */
export const autoScalingHandlers: Readonly<Record<string, Handler>> = {
    ...membershipHandlers,
    ...lifecycleHandlers,
    CreateAutoScalingGroup: createAutoScalingGroup,
    DeleteAutoScalingGroup: deleteAutoScalingGroup,
    DescribeScalingActivities: describeScalingActivities,
    EnterStandby: plainChange,
    ExitStandby: plainChange,
    PutLifecycleHook: plainChange,
    ResumeProcesses: plainChange,
    SetDesiredCapacity: setDesiredCapacity,
    SuspendProcesses: plainChange,
    UpdateAutoScalingGroup: updateAutoScalingGroup,
};

/** What a request says of the launch template, in the form in which groups have it. */
function templateIn(form: URLSearchParams): AutoScalingGroup {
    return {
        LaunchTemplate: readForm(form, "LaunchTemplate"),
        MixedInstancesPolicy: readForm(form, "MixedInstancesPolicy"),
    } as unknown as AutoScalingGroup;
}

function checkSize({ min, max }: { readonly min: number; readonly max: number }, desired: number): void {
    if (min > max) {
        throw invalid(`Min bound, ${min}, must be less than or equal to max bound, ${max}`);
    }
    if (desired < min || desired > max) {
        throw invalid(
            `Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`,
        );
    }
}
