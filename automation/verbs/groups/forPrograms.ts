import type { Context } from "../../ports/context";
import { listGroups, type GroupsResult } from "./list/list";
import { removeGroup, type RemoveGroupResult } from "./remove/remove";

/** The Auto Scaling groups that bring hosts into the cluster of an environment. Nobody is asked. */
export interface GroupVerbs {
    list(environment: string): Promise<GroupsResult>;
    /**
     * Takes a group that was attached off the cluster.
     * @param options.deadlineSeconds for its tasks to move, 1800 by default
     * @param options.allowInterruption also where tasks stop with their hosts, false by default
     */
    remove(
        environment: string,
        group: string,
        options?: { readonly deadlineSeconds?: number; readonly allowInterruption?: boolean },
    ): Promise<RemoveGroupResult>;
}

/** These verbs over one context. */
export function groupVerbs(context: Context, waitForLockSeconds: number): GroupVerbs {
    const projectDirectory = undefined;
    return {
        list: (environment) => listGroups({ environment, projectDirectory }, context),
        remove: (environment, group, { deadlineSeconds = 1800, allowInterruption = false } = {}) => {
            const how = { drainTimeoutSeconds: deadlineSeconds, allowInterruption, waitForLockSeconds };
            return removeGroup({ environment, projectDirectory, group, ...how, yes: true }, context);
        },
    };
}
