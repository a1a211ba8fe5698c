import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type { Cloud, Handler } from "../cloud";
import { formOf } from "../front/apiRequest";
import { queryResponse } from "../front/apiResponse";
import { changeGroup, invalid } from "./change";
import { endAction } from "./lifecycleActions";

/** The member that a request is about, which has to be waiting for its hook. */
function waitingMember(
    { lifecycleActions }: Cloud,
    form: URLSearchParams,
): {
    readonly instanceId: string;
    readonly hookName: string;
    readonly check: () => void;
} {
    const instanceId = form.get("InstanceId") ?? "";
    const hookName = form.get("LifecycleHookName") ?? "";
    const check = (): void => {
        if (lifecycleActions.get(instanceId)?.has(hookName) !== true) {
            throw invalid(`No active Lifecycle Action found with instance ID ${instanceId}`);
        }
    };
    return { instanceId, hookName, check };
}

/** Both results let a member go that is terminated. Source: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CompleteLifecycleAction.html */
const completeLifecycleAction: Handler = (request, cloud) => {
    const form = formOf(request);
    const { instanceId, hookName, check } = waitingMember(cloud, form);
    const apply = async () => {
        const result = form.get("LifecycleActionResult") ?? undefined;
        await endAction(cloud, request.region, instanceId, hookName, result);
        return queryResponse(request);
    };
    return changeGroup(request, cloud, form, { check, apply });
};

/** The local cloud waits for as long as the first heartbeat lets it. */
const recordLifecycleActionHeartbeat: Handler = (request, cloud) => {
    const form = formOf(request);
    const { check } = waitingMember(cloud, form);
    return changeGroup(request, cloud, form, { check, apply: () => Promise.resolve(queryResponse(request)) });
};

/** What waits for the hook is let go first. Source: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DeleteLifecycleHook.html */
const deleteLifecycleHook: Handler = (request, cloud) => {
    const form = formOf(request);
    const check = async ({ Instances: members = [] }: Partial<AutoScalingGroup>): Promise<void> => {
        for (const { InstanceId = "" } of members) {
            await endAction(cloud, request.region, InstanceId, form.get("LifecycleHookName") ?? "");
        }
    };
    return changeGroup(request, cloud, form, { check });
};

/** Actions that are about lifecycle hooks, by name. */
export const lifecycleHandlers: Readonly<Record<string, Handler>> = {
    CompleteLifecycleAction: completeLifecycleAction,
    DeleteLifecycleHook: deleteLifecycleHook,
    RecordLifecycleActionHeartbeat: recordLifecycleActionHeartbeat,
};
