import { defaultTimeoutSeconds } from "../../ports/defaultTimeout";
import { serviceDefaults, type ServiceRequest } from "../../../components/model/services/serviceRequest";
import type { Context } from "../../ports/context";
import { deployService, type DeployResult } from "./deploy/deploy";
import { listServices, type ServicesResult } from "./list/list";
import { readServiceLogs, type ServiceLogsResult } from "./logs/logs";
import { removeService, type RemoveServiceResult } from "./remove/remove";
import { scaleService, type ScaleServiceResult } from "./scale/scale";

/** A service to deploy; what is missing is as the command has it. */
export type ServiceOptions = Partial<ServiceRequest> & {
    /** For tasks to start. @default 600 */
    readonly timeoutSeconds?: number;
};

/** Containers that run on the cluster of an environment. Nobody is asked. */
export interface ServiceVerbs {
    list(environment: string): Promise<ServicesResult>;
    /** Makes a service, or changes it, and waits until it is steady. */
    deploy(environment: string, options: ServiceOptions): Promise<DeployResult>;
    /** @param timeoutSeconds for tasks to start or stop, 600 by default */
    scale(
        environment: string,
        service: string,
        count: number,
        timeoutSeconds?: number,
    ): Promise<ScaleServiceResult>;
    /** What its containers have written. @param sinceSeconds how far to look back, an hour by default */
    logs(environment: string, service: string, sinceSeconds?: number): Promise<ServiceLogsResult>;
    /** @param options.keepLogs leaves its log group, false by default */
    remove(
        environment: string,
        service: string,
        options?: { readonly timeoutSeconds?: number; readonly keepLogs?: boolean },
    ): Promise<RemoveServiceResult>;
}

const anHour = 3600;

const nothingSaid = {
    ...{ sample: false, cpuUnits: serviceDefaults.cpuUnits, memoryMiB: serviceDefaults.memoryMiB },
    ...{
        env: [],
        secrets: [],
        command: [],
        isPublic: false,
        internalOnly: false,
        openGroups: [],
    },
} satisfies ServiceRequest;

/** These verbs over one context. */
export function serviceVerbs(context: Context, waitForLockSeconds: number): ServiceVerbs {
    const on = (environment: string) => ({
        ...{ environment, projectDirectory: undefined },
        ...{ waitForLockSeconds, yes: true },
    });
    return {
        list: (environment) => listServices(on(environment), context),
        deploy: (environment, { timeoutSeconds = defaultTimeoutSeconds, ...options }) =>
            deployService({ ...nothingSaid, ...options, ...on(environment), timeoutSeconds }, context),
        scale: (environment, service, count, timeoutSeconds = defaultTimeoutSeconds) =>
            scaleService({ ...on(environment), service, count, timeoutSeconds }, context),
        logs: (environment, service, sinceSeconds = anHour) =>
            readServiceLogs({ ...on(environment), service, sinceSeconds }, context),
        remove: (environment, service, { timeoutSeconds = defaultTimeoutSeconds, keepLogs = false } = {}) =>
            removeService({ ...on(environment), service, timeoutSeconds, keepLogs }, context),
    };
}
