import type { ContainerInstanceRecord, ServiceRecord, TaskRecord } from "./records";

/** The part of Amazon ECS that moto does not play: hosts, tasks, and what services make of them. */
export class EcsState {
    /** By ARN. */
    readonly containerInstances = new Map<string, ContainerInstanceRecord>();
    /** By ARN; stopped tasks stay, as they do on ECS for a while. */
    readonly tasks = new Map<string, TaskRecord>();
    /** By ARN. */
    readonly services = new Map<string, ServiceRecord>();
    /** ARNs of capacity providers that were made: moto cannot list them. */
    readonly capacityProviderArns = new Set<string>();

    /** @param changed called with a cluster's ARN whenever its hosts, tasks or services changed */
    constructor(readonly changed: (clusterArn: string) => void) {}

    clear(): void {
        this.containerInstances.clear();
        this.tasks.clear();
        this.services.clear();
        this.capacityProviderArns.clear();
    }

    containerInstancesOf(clusterArn: string): ContainerInstanceRecord[] {
        return [...this.containerInstances.values()].filter((host) => host.clusterArn === clusterArn);
    }

    tasksOf(clusterArn: string): TaskRecord[] {
        return [...this.tasks.values()].filter((task) => task.clusterArn === clusterArn);
    }

    servicesOf(clusterArn: string): ServiceRecord[] {
        return [...this.services.values()].filter((service) => service.clusterArn === clusterArn);
    }

    /** Tasks on a host that have not stopped. */
    tasksOn(containerInstanceArn: string): TaskRecord[] {
        return [...this.tasks.values()].filter(
            (task) => task.containerInstanceArn === containerInstanceArn && task.lastStatus !== "STOPPED",
        );
    }

    /** Tasks of a service that have not stopped. */
    tasksOfService(service: ServiceRecord): TaskRecord[] {
        return [...this.tasks.values()].filter(
            (task) => task.serviceArn === service.arn && task.lastStatus !== "STOPPED",
        );
    }
}
