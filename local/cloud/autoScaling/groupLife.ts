import type { Cloud, Handler } from "../cloud";
import { AwsError } from "../front/awsError";
import { formOf, withForm } from "../front/call";
import { readForm } from "../front/form";
import { findGroup, lockGroup, reconcileGroup, removeMembers } from "./groups";

/** moto makes the group, empty; the front launches its members. */
export const createAutoScalingGroup: Handler = (call, cloud) => {
    const form = formOf(call);
    const name = form.get("AutoScalingGroupName") ?? "";
    if (
        readForm(form, "LaunchTemplate") === undefined &&
        readForm(form, "MixedInstancesPolicy") === undefined
    ) {
        return cloud.forward(call);
    }
    return lockGroup(cloud, call.region, name, async () => {
        if ((await findGroup(cloud, call.region, name)) !== undefined) {
            throw new AwsError(
                "AlreadyExists",
                `AutoScalingGroup by this name already exists - A group with the name ${name} already exists`,
            );
        }
        const size = { min: Number(form.get("MinSize")), max: Number(form.get("MaxSize")) };
        const desired = Number(form.get("DesiredCapacity") ?? size.min);
        checkSize(size, desired);
        form.set("DesiredCapacity", "0");
        const answer = await cloud.forward(withForm(call, form));
        if (answer.status < 300) {
            cloud.autoScaling.set(call.region, name, { desired, activities: [] });
            const why = `a user request created an AutoScalingGroup changing the desired capacity from 0 to ${desired}`;
            await reconcileGroup(cloud, call.region, name, why);
        }
        return answer;
    });
};

export const updateAutoScalingGroup: Handler = (call, cloud) => {
    const form = formOf(call);
    const name = form.get("AutoScalingGroupName") ?? "";
    const record = cloud.autoScaling.get(call.region, name);
    if (record === undefined) {
        return cloud.forward(call);
    }
    return lockGroup(cloud, call.region, name, async () => {
        const group = await findGroup(cloud, call.region, name);
        const size = {
            min: Number(form.get("MinSize") ?? group?.MinSize),
            max: Number(form.get("MaxSize") ?? group?.MaxSize),
        };
        const given = form.get("DesiredCapacity");
        const desired =
            given === null ? Math.min(size.max, Math.max(size.min, record.desired)) : Number(given);
        checkSize(size, desired);
        // With the number it has, moto neither launches nor terminates.
        form.set("DesiredCapacity", String(group?.Instances?.length ?? 0));
        const answer = await cloud.forward(withForm(call, form));
        if (answer.status < 300) {
            const why = `a user request updated the AutoScalingGroup changing the desired capacity from ${record.desired} to ${desired}`;
            record.desired = desired;
            await reconcileGroup(cloud, call.region, name, why);
        }
        return answer;
    });
};

/** Refuses while members remain, unless forced: then they go first. */
export const deleteAutoScalingGroup: Handler = (call, cloud) => {
    const form = formOf(call);
    const name = form.get("AutoScalingGroupName") ?? "";
    return lockGroup(cloud, call.region, name, async () => {
        const members = (await findGroup(cloud, call.region, name))?.Instances ?? [];
        if (members.length > 0 && form.get("ForceDelete") !== "true") {
            throw new AwsError(
                "ResourceInUse",
                "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) " +
                    "still in the group.",
            );
        }
        await emptyGroup(
            cloud,
            call.region,
            name,
            members.map(({ InstanceId }) => InstanceId ?? ""),
        );
        return cloud.forward(call);
    });
};

async function emptyGroup(cloud: Cloud, region: string, name: string, ids: readonly string[]): Promise<void> {
    const record = cloud.autoScaling.get(region, name);
    if (record !== undefined) {
        record.desired = 0;
    }
    await removeMembers(cloud, region, name, ids);
}

function checkSize({ min, max }: { readonly min: number; readonly max: number }, desired: number): void {
    if (min > max) {
        throw new AwsError(
            "ValidationError",
            `Min bound, ${min}, must be less than or equal to max bound, ${max}`,
        );
    }
    if (desired < min || desired > max) {
        throw new AwsError(
            "ValidationError",
            `Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`,
        );
    }
}
