import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type { Cloud, Handler } from "../cloud";
import { formOf, withForm } from "../front/apiRequest";
import type { ApiRequest } from "../front/apiRequest";
import { AwsError } from "../front/apiResponse";
import type { ApiResponse } from "../front/apiResponse";
import { findGroup, lockGroup, reconcileGroup } from "./members";

interface Change {
    /** @default - the request says it */
    readonly name?: string;
    /** The group may not be there yet. @default false */
    readonly isNew?: boolean;
    /** Refuses, or completes the form. */
    readonly check?: (group: Partial<AutoScalingGroup>) => Promise<void> | void;
    readonly done?: () => void | Promise<void>;
    /** Makes the change. @default - moto does */
    readonly apply?: (group: Partial<AutoScalingGroup>) => Promise<ApiResponse>;
}

/**
 * Changes a group: first come the checks, which may complete the form, then moto writes the change down, then members
 * are launched or terminated until there are as many as wanted.
 */
export function changeGroup(
    request: ApiRequest,
    cloud: Cloud,
    form: URLSearchParams,
    { name = form.get("AutoScalingGroupName") ?? "", isNew = false, check, done, apply }: Change = {},
): Promise<ApiResponse> {
    return lockGroup(cloud, request.region, name, async () => {
        const group = await findGroup(cloud, request.region, name);
        if (group === undefined && !isNew) {
            throw notFound(name);
        }
        await check?.(group ?? {});
        const response = await (apply?.(group ?? {}) ?? cloud.forward(withForm(request, form)));
        if (response.status < 300) {
            await done?.();
            await reconcileGroup(cloud, request.region, name);
        }
        return response;
    });
}

/** A change that only the group has to be there for. */
export const plainChange: Handler = (request, cloud) => changeGroup(request, cloud, formOf(request));

/** Auto Scaling has one code for whatever is wrong. Source: Auto Scaling API reference, common errors. */
export function invalid(message: string): AwsError {
    return new AwsError("ValidationError", message);
}

function notFound(name: string): AwsError {
    return invalid(`AutoScalingGroup name not found - AutoScalingGroup '${name}' not found`);
}
