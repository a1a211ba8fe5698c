import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type { Handler } from "../cloud";
import { formOf } from "../front/apiRequest";
import { queryResponse } from "../front/apiResponse";
import { changeGroup, invalid } from "./change";
import { terminateMembers, waitingMembers } from "./members";

/** The member that a request is about, which has to be waiting. */
function waitingMember(form: URLSearchParams): {
    readonly instanceId: string;
    readonly check: (group: Partial<AutoScalingGroup>) => void;
} {
    const instanceId = form.get("InstanceId") ?? "";
    const check = (group: Partial<AutoScalingGroup>): void => {
        if (!waitingMembers(group).includes(instanceId)) {
            throw invalid(`No active Lifecycle Action found with instance ID ${instanceId}`);
        }
    };
    return { instanceId, check };
}

/** Both results let a member go that is terminated. Source: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CompleteLifecycleAction.html */
const completeLifecycleAction: Handler = (request, cloud) => {
    const form = formOf(request);
    const { instanceId, check } = waitingMember(form);
    const apply = async () => {
        await terminateMembers(cloud, request.region, [instanceId]);
        return queryResponse(request);
    };
    return changeGroup(request, cloud, form, { check, apply });
};

/** The local cloud waits for as long as the first heartbeat lets it. */
const recordLifecycleActionHeartbeat: Handler = (request, cloud) => {
    const form = formOf(request);
    const { check } = waitingMember(form);
    return changeGroup(request, cloud, form, { check, apply: () => Promise.resolve(queryResponse(request)) });
};

/** What waits for the hook is let go first. Source: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DeleteLifecycleHook.html */
const deleteLifecycleHook: Handler = (request, cloud) =>
    changeGroup(request, cloud, formOf(request), {
        check: (group) => terminateMembers(cloud, request.region, waitingMembers(group)),
    });

/** Actions that are about lifecycle hooks, by name. */
export const lifecycleHandlers: Readonly<Record<string, Handler>> = {
    CompleteLifecycleAction: completeLifecycleAction,
    DeleteLifecycleHook: deleteLifecycleHook,
    RecordLifecycleActionHeartbeat: recordLifecycleActionHeartbeat,
};
