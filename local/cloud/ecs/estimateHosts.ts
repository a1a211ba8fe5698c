import { misfit } from "./placement";
import type { ContainerInstanceRecord, Occupied, Resources, TaskRecord } from "./state";

/**
 * How many hosts of one kind tasks need that fit on none that is there: packed one after the other. A task that does
 * not fit on an empty host brings none.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-scaling-behavior.html
 */
export function estimateHosts(waiting: readonly TaskRecord[], model: HostModel): number {
    const hosts: Occupied[] = [];
    for (const task of waiting) {
        const empty: Occupied = { host: hostLike(model), tasks: [] };
        const fitting = [...hosts, empty].find((one) => misfit(one, task.placement) === undefined);
        if (fitting !== undefined) {
            const filled = { host: fitting.host, tasks: [...fitting.tasks, task] };
            hosts.splice(fitting === empty ? hosts.length : hosts.indexOf(fitting), 1, filled);
        }
    }
    return hosts.length;
}

/** What is known of the next host of a group. */
export interface HostModel {
    readonly resources: Resources;
    readonly attributes: ContainerInstanceRecord["attributes"];
}

function hostLike(model: HostModel): ContainerInstanceRecord {
    return {
        arn: "",
        clusterArn: "",
        registeredAtSeconds: 0,
        agentVersion: "",
        agentHash: "",
        dockerVersion: "",
        status: "ACTIVE",
        agentConnected: true,
        leavesGroup: false,
        tags: [],
        ...model,
    };
}
