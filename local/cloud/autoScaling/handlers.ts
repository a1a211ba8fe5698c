import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type { Cloud, Handler } from "../cloud";
import { formOf, withForm } from "../front/apiRequest";
import type { ApiRequest } from "../front/apiRequest";
import { AwsError } from "../front/apiResponse";
import type { ApiResponse } from "../front/apiResponse";
import { readForm } from "../front/form";
import {
    checkTemplate,
    findGroup,
    groupOfInstance,
    lockGroup,
    reconcileGroup,
    terminateMembers,
} from "./members";

/** Makes the group; its members follow. Launch configurations are not played: AWS gives them to no new account. */
const createAutoScalingGroup: Handler = (request, cloud) => {
    const form = formOf(request);
    const name = form.get("AutoScalingGroupName") ?? "";
    if (form.has("LaunchConfigurationName") || form.has("InstanceId")) {
        throw new AwsError(
            "ValidationError",
            "The local cloud launches instances from launch templates alone.",
        );
    }
    return change(request, cloud, name, form, async () => {
        if ((await findGroup(cloud, request.region, name)) !== undefined) {
            throw new AwsError(
                "AlreadyExists",
                `AutoScalingGroup by this name already exists - A group with the name ${name} already exists`,
            );
        }
        const size = { min: Number(form.get("MinSize")), max: Number(form.get("MaxSize")) };
        checkSize(size, Number(form.get("DesiredCapacity") ?? size.min));
        await checkTemplate(cloud, request.region, templateIn(form));
    });
};

/** Without a wanted number of its own, an update moves the wanted number into the new bounds. */
const updateAutoScalingGroup: Handler = (request, cloud) => {
    const form = formOf(request);
    const name = form.get("AutoScalingGroupName") ?? "";
    return change(request, cloud, name, form, async () => {
        const group = await findGroup(cloud, request.region, name);
        // A group that does not exist is moto's to refuse.
        if (group !== undefined) {
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
        }
    });
};

const setDesiredCapacity: Handler = (request, cloud) => {
    const form = formOf(request);
    const name = form.get("AutoScalingGroupName") ?? "";
    const desired = Number(form.get("DesiredCapacity"));
    return change(request, cloud, name, form, async () => {
        const { MinSize: min = 0, MaxSize: max = 0 } = (await findGroup(cloud, request.region, name)) ?? {};
        const side = desired > max ? `above max value ${max}` : `below min value ${min}`;
        if (desired > max || desired < min) {
            throw new AwsError(
                "ValidationError",
                `New SetDesiredCapacity value ${desired} is ${side} for the AutoScalingGroup.`,
            );
        }
    });
};

/** The group makes up for who left, unless the request says that the wanted number follows. */
const detachInstances: Handler = (request, cloud) => {
    const form = formOf(request);
    return change(request, cloud, form.get("AutoScalingGroupName") ?? "", form);
};

const terminateInstance: Handler = async (request, cloud) => {
    const form = formOf(request);
    const instanceId = form.get("InstanceId") ?? "";
    const name = await groupOfInstance(cloud, request.region, instanceId);
    if (name === undefined) {
        throw new AwsError(
            "ValidationError",
            `Instance Id not found - No managed instance found for instance ID: ${instanceId}`,
        );
    }
    return change(request, cloud, name, form, undefined, () => {
        cloud.hosts.terminated([instanceId]);
    });
};

/** Refuses while members remain, unless forced: then they go first. */
const deleteAutoScalingGroup: Handler = (request, cloud) => {
    const form = formOf(request);
    const name = form.get("AutoScalingGroupName") ?? "";
    return change(request, cloud, name, form, async () => {
        const members = (await findGroup(cloud, request.region, name))?.Instances ?? [];
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
    });
};

/** Actions of Amazon EC2 Auto Scaling that the front has a hand in, by name. The others are moto's. */
export const autoScalingHandlers: Readonly<Record<string, Handler>> = {
    CreateAutoScalingGroup: createAutoScalingGroup,
    DeleteAutoScalingGroup: deleteAutoScalingGroup,
    DetachInstances: detachInstances,
    SetDesiredCapacity: setDesiredCapacity,
    TerminateInstanceInAutoScalingGroup: terminateInstance,
    UpdateAutoScalingGroup: updateAutoScalingGroup,
};

/**
 * Changes a group: first come the checks, which may complete the form, then moto writes the change down, then members
 * are launched or terminated until there are as many as wanted.
 */
function change(
    request: ApiRequest,
    cloud: Cloud,
    name: string,
    form: URLSearchParams,
    check?: () => Promise<void>,
    done?: () => void,
): Promise<ApiResponse> {
    return lockGroup(cloud, request.region, name, async () => {
        await check?.();
        const response = await cloud.forward(withForm(request, form));
        if (response.status < 300) {
            done?.();
            await reconcileGroup(cloud, request.region, name);
        }
        return response;
    });
}

/** What a request says of the launch template, in the form in which groups have it. */
function templateIn(form: URLSearchParams): AutoScalingGroup {
    return {
        LaunchTemplate: readForm(form, "LaunchTemplate"),
        MixedInstancesPolicy: readForm(form, "MixedInstancesPolicy"),
    } as unknown as AutoScalingGroup;
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
