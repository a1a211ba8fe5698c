import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import { randomUUID } from "node:crypto";
import type { Cloud, Handler } from "../cloud";
import { formOf, withForm } from "../front/apiRequest";
import { queryResponse, type QueryResult } from "../front/apiResponse";
import type { ApiResponse } from "../front/apiResponse";
import { readFormList } from "../front/form";
import { changeGroup, invalid } from "./change";
import { holdUp } from "./lifecycleActions";
import { groupOfInstance } from "./members";
import { liftProtection } from "./terminate";

/**
 * Takes instances that run, that nobody has yet, and for which there is room.
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AttachInstances.html and
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-attach-detach-instances.html
 */
const attachInstances: Handler = (request, cloud) => {
    const form = formOf(request);
    const ids = instanceIds(form);
    const check = async (group: Partial<AutoScalingGroup>): Promise<void> => {
        const { MinSize: min = 0, MaxSize: max = 0, DesiredCapacity: desired = 0 } = group;
        for (const id of ids) {
            await checkAttachable(cloud, request.region, group, id);
        }
        if (desired + ids.length > max) {
            throw invalid(
                `AutoScaling group ${group.AutoScalingGroupName} has min-size=${min}, max-size=${max}, and desired-size=${desired}. ` +
                    `To attach ${ids.length} more instance(s), please update the AutoScalingGroup sizes appropriately.`,
            );
        }
    };
    return changeGroup(request, cloud, form, { check });
};

/** ValidationError is the documented code; the words of its refusals are unverified. */
async function checkAttachable(
    cloud: Cloud,
    region: string,
    group: Partial<AutoScalingGroup>,
    id: string,
): Promise<void> {
    const owner = await groupOfInstance(cloud, region, id);
    if (owner !== undefined) {
        throw invalid(`Instance ${id} is already part of AutoScalingGroup:${owner}`);
    }
    const { Reservations: found } = await cloud.moto
        .ec2(region)
        .describeInstances({ Filters: [{ Name: "instance-id", Values: [id] }] });
    const instance = found?.[0]?.Instances?.[0];
    if (instance?.State?.Name !== "running") {
        throw invalid(`Invalid Instance ID(s): [${id}]. Instance(s) must be in 'running' state.`);
    }
    if (group.AvailabilityZones?.includes(instance.Placement?.AvailabilityZone ?? "") !== true) {
        throw invalid(`Instance ${id} is not in one of the Availability Zones of the group`);
    }
}

/**
 * The group makes up for who left, unless the request says that the wanted number follows; below the least number it
 * does not. Source: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DetachInstances.html
 */
const detachInstances: Handler = (request, cloud) => {
    const form = formOf(request);
    const ids = instanceIds(form);
    const check = (group: Partial<AutoScalingGroup>): void => {
        const stranger = ids.find((id) => !group.Instances?.some(({ InstanceId }) => InstanceId === id));
        if (stranger !== undefined) {
            throw invalid(
                `The instance ${stranger} is not part of Auto Scaling group ${group.AutoScalingGroupName}.`,
            );
        }
        checkDecrement(form, group, ids.length);
    };
    return changeGroup(request, cloud, form, { check });
};

/** Source: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_TerminateInstanceInAutoScalingGroup.html */
const terminateInstance: Handler = async (request, cloud) => {
    const form = formOf(request);
    const instanceId = form.get("InstanceId") ?? "";
    const check = async (group: Partial<AutoScalingGroup>): Promise<void> => {
        const { MinSize: min = 0, DesiredCapacity: desired = 0 } = group;
        if (form.get("ShouldDecrementDesiredCapacity") === "true" && desired <= min) {
            // Not in AWS's documents, but in many reports of people who met it.
            throw invalid(
                `Currently, desiredSize equals minSize (${min}). Terminating instance without replacement will violate ` +
                    "group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower " +
                    "group's min size.",
            );
        }
        await liftProtection(cloud, request.region, [instanceId]);
    };
    const { region } = request;
    const name = await managingGroup(cloud, region, instanceId);
    const apply = async ({
        DesiredCapacity: desired = 0,
    }: Partial<AutoScalingGroup>): Promise<ApiResponse> => {
        const [isReady] = await holdUp(cloud, region, name, [instanceId]);
        if (isReady !== undefined) {
            const response = await cloud.forward(withForm(request, form));
            if (response.status < 300) {
                cloud.hosts.terminated([instanceId]);
            }
            return response;
        }
        if (form.get("ShouldDecrementDesiredCapacity") === "true") {
            const change = { AutoScalingGroupName: name, DesiredCapacity: desired - 1 };
            await cloud.moto.autoScaling(region).setDesiredCapacity(change);
        }
        return queryResponse(request, { Activity: activity(name, instanceId) });
    };
    return changeGroup(request, cloud, form, { name, check, apply });
};

/** The termination that has begun. Source: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_Activity.html */
function activity(groupName: string, instanceId: string): QueryResult {
    return {
        ActivityId: randomUUID(),
        AutoScalingGroupName: groupName,
        Description: `Terminating EC2 instance: ${instanceId}`,
        Cause: `At ${new Date().toISOString()} instance ${instanceId} was taken out of service in response to a user request.`,
        StartTime: new Date().toISOString(),
        StatusCode: "MidTerminatingLifecycleAction",
        Progress: "0",
    };
}

/** A member that is said to be unhealthy is replaced. */
const setInstanceHealth: Handler = async (request, cloud) => {
    const form = formOf(request);
    const name = await managingGroup(cloud, request.region, form.get("InstanceId") ?? "");
    return changeGroup(request, cloud, form, { name });
};

const setInstanceProtection: Handler = (request, cloud) => {
    const form = formOf(request);
    const check = ({ Instances: members = [] }: Partial<AutoScalingGroup>): void => {
        const stranger = instanceIds(form).find((id) => !members.some(({ InstanceId }) => InstanceId === id));
        if (stranger !== undefined) {
            throw notManaged(stranger);
        }
    };
    return changeGroup(request, cloud, form, { check });
};

/** Actions that are about single members, by name. */
export const membershipHandlers: Readonly<Record<string, Handler>> = {
    AttachInstances: attachInstances,
    DetachInstances: detachInstances,
    SetInstanceHealth: setInstanceHealth,
    SetInstanceProtection: setInstanceProtection,
    TerminateInstanceInAutoScalingGroup: terminateInstance,
};

function instanceIds(form: URLSearchParams): string[] {
    return readFormList(form, "InstanceIds.member");
}

/** For detaching; the code is documented, the words are unverified. */
function checkDecrement(form: URLSearchParams, group: Partial<AutoScalingGroup>, count: number): void {
    const { MinSize: min = 0, DesiredCapacity: desired = 0 } = group;
    if (form.get("ShouldDecrementDesiredCapacity") === "true" && desired - count < min) {
        throw invalid(
            `Currently, desiredSize is ${desired} and minSize is ${min}. Detaching ${count} instance(s) without ` +
                "replacement will violate group's min size constraint. Either set shouldDecrementDesiredCapacity flag to " +
                "false or lower group's min size.",
        );
    }
}

async function managingGroup(cloud: Cloud, region: string, instanceId: string): Promise<string> {
    const name = await groupOfInstance(cloud, region, instanceId);
    if (name === undefined) {
        throw notManaged(instanceId);
    }
    return name;
}

function notManaged(instanceId: string): Error {
    return invalid(`Instance Id not found - No managed instance found for instance ID: ${instanceId}`);
}
