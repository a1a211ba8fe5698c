import { randomUUID } from "node:crypto";
import type { Handler } from "../cloud";
import { answer, queryAnswer } from "../front/answer";
import { AwsError } from "../front/awsError";
import { formOf, withForm } from "../front/call";
import { readFormList } from "../front/form";
import { activityXml } from "./describe";
import { addActivity, findGroup, lockGroup, reconcileGroup, removeMembers } from "./groups";

export const setDesiredCapacity: Handler = (call, cloud) => {
    const form = formOf(call);
    const name = form.get("AutoScalingGroupName") ?? "";
    const record = cloud.autoScaling.get(call.region, name);
    if (record === undefined) {
        return cloud.forward(call);
    }
    return lockGroup(cloud, call.region, name, async () => {
        const group = await findGroup(cloud, call.region, name);
        const desired = Number(form.get("DesiredCapacity"));
        if (desired > (group?.MaxSize ?? 0)) {
            throw new AwsError(
                "ValidationError",
                `New SetDesiredCapacity value ${desired} is above max value ${group?.MaxSize ?? 0} for the AutoScalingGroup.`,
            );
        }
        if (desired < (group?.MinSize ?? 0)) {
            throw new AwsError(
                "ValidationError",
                `New SetDesiredCapacity value ${desired} is below min value ${group?.MinSize ?? 0} for the AutoScalingGroup.`,
            );
        }
        const why = `a user request explicitly set group desired capacity changing the desired capacity from ${record.desired} to ${desired}`;
        record.desired = desired;
        await reconcileGroup(cloud, call.region, name, why);
        const metadata = `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
        return answer("query", `<SetDesiredCapacityResponse>${metadata}</SetDesiredCapacityResponse>`);
    });
};

export const terminateInstance: Handler = async (call, cloud) => {
    const form = formOf(call);
    const instanceId = form.get("InstanceId") ?? "";
    const { AutoScalingInstances: members } = await cloud.moto
        .autoScaling(call.region)
        .describeAutoScalingInstances({ InstanceIds: [instanceId] });
    const name = members?.[0]?.AutoScalingGroupName;
    const record = name === undefined ? undefined : cloud.autoScaling.get(call.region, name);
    if (name === undefined) {
        throw new AwsError(
            "ValidationError",
            `Instance Id not found - No managed instance found for instance ID: ${instanceId}`,
        );
    }
    if (record === undefined) {
        return cloud.forward(call);
    }
    return lockGroup(cloud, call.region, name, async () => {
        record.desired -= form.get("ShouldDecrementDesiredCapacity") === "true" ? 1 : 0;
        await removeMembers(cloud, call.region, name, [instanceId]);
        const why = "an instance was taken out of service in response to a user request";
        addActivity(record, name, `Terminating EC2 instance: ${instanceId}`, why);
        const [activity] = record.activities;
        await reconcileGroup(cloud, call.region, name, why);
        return queryAnswer(
            call,
            activity === undefined ? "" : `<Activity>${activityXml(activity)}</Activity>`,
        );
    });
};

/** The wanted number follows unless the call says that the group is to make up for who left. */
export const detachInstances: Handler = (call, cloud) => {
    const form = formOf(call);
    const name = form.get("AutoScalingGroupName") ?? "";
    const record = cloud.autoScaling.get(call.region, name);
    if (record === undefined) {
        return cloud.forward(call);
    }
    return lockGroup(cloud, call.region, name, async () => {
        const decrement = form.get("ShouldDecrementDesiredCapacity") === "true";
        form.set("ShouldDecrementDesiredCapacity", "true");
        const detached = await cloud.forward(withForm(call, form));
        if (detached.status < 300) {
            record.desired -= decrement ? readFormList(form, "InstanceIds.member").length : 0;
            await reconcileGroup(
                cloud,
                call.region,
                name,
                "instances were detached in response to a user request",
            );
        }
        return detached;
    });
};

export const attachInstances: Handler = (call, cloud) => {
    const form = formOf(call);
    const name = form.get("AutoScalingGroupName") ?? "";
    const record = cloud.autoScaling.get(call.region, name);
    return lockGroup(cloud, call.region, name, async () => {
        const attached = await cloud.forward(call);
        if (attached.status < 300 && record !== undefined) {
            record.desired += readFormList(form, "InstanceIds.member").length;
        }
        return attached;
    });
};
