import type { ClusterCapacityProvider, Service, TaskDefinition } from "../../automation/ports/aws";
import type { Aws } from "../../automation/ports/awsServices";
import { carries } from "../../components/model/tags";
import type { Change, FakeAwsState, Read } from "./fakeAws";
import { fakeDeployments } from "./fakeDeployments";
import { fakeGroupProviders, without } from "./fakeGroupProviders";

/** Amazon ECS of a fake account. */
export function fakeEcs(state: FakeAwsState, read: Read, change: Change): Aws["ecs"] {
    return {
        cluster: (name) => read("ecs.cluster", () => state.clusters.find((one) => one.name === name)),
        clusters: (names) =>
            read("ecs.clusters", () => state.clusters.filter((one) => names.includes(one.name))),
        tagCluster: (arn, tags) =>
            change("ecs.tagCluster", JSON.stringify(tags), () => {
                state.clusters = state.clusters.map((one) =>
                    one.arn === arn ? { ...one, tags: { ...one.tags, ...tags } } : one,
                );
            }),
        untagCluster: (arn, keys) =>
            change("ecs.untagCluster", keys.join(","), () => {
                state.clusters = state.clusters.map((one) =>
                    one.arn === arn
                        ? { ...one, tags: keys.reduce((tags, key) => without(tags, key), one.tags) }
                        : one,
                );
            }),
        tagService: (arn, tags) =>
            change("ecs.tagService", `${nameIn(arn)} ${JSON.stringify(tags)}`, () => {
                changeService(state, arn, (one) => ({ ...one, tags: { ...one.tags, ...tags } }));
            }),
        untagService: (arn, keys) =>
            change("ecs.untagService", `${nameIn(arn)} ${keys.join(",")}`, () => {
                changeService(state, arn, (one) => ({
                    ...one,
                    tags: keys.reduce((tags, key) => without(tags, key), one.tags),
                }));
            }),
        clusterNames: () => read("ecs.clusterNames", () => state.clusters.map((one) => one.name)),
        containerInstances: (cluster) =>
            read("ecs.containerInstances", () => state.containerInstances[cluster] ?? []),
        services: (cluster, named = []) =>
            read("ecs.services", () =>
                (state.services[cluster] ?? []).filter(
                    ({ name, status }) => status !== "DRAINING" || named.includes(name),
                ),
            ),
        daemons: (arn) => read("ecs.daemons", () => state.daemons[nameIn(arn)] ?? []),
        clusterCapacityProviders: (cluster) =>
            read("ecs.clusterCapacityProviders", () => state.clusterCapacityProviders[cluster] ?? []),
        tasks: (cluster) => read("ecs.tasks", () => state.tasks[cluster] ?? []),
        taskDefinitions: (names) =>
            read("ecs.taskDefinitions", () => {
                const none: TaskDefinition = { hostPorts: [], placementConstraints: [] };
                return new Map(names.map((name) => [name, state.taskDefinitions[name] ?? none]));
            }),
        matching: (_, expression) => read("ecs.matching", () => state.matching[expression]),
        capacityProviders: (tags) =>
            read("ecs.capacityProviders", () =>
                state.capacityProviders.filter((one) => carries(one.tags, tags)),
            ),
        setDesiredCount: async (cluster, service, count) => {
            await change("ecs.setDesiredCount", `${service} ${count}`, () => {
                state.services[cluster] = (state.services[cluster] ?? []).map((one) =>
                    one.name === service
                        ? { ...one, desired: count, running: Math.min(one.running, count) }
                        : one,
                );
            });
            return { deploymentId: undefined };
        },
        deleteService: (cluster, service) =>
            change("ecs.deleteService", service, () => {
                state.services[cluster] = (state.services[cluster] ?? []).filter(
                    (one) => one.name !== service,
                );
                state.tasks[cluster] = (state.tasks[cluster] ?? []).filter(
                    (one) => one.group !== `service:${service}`,
                );
            }),
        stopTask: (cluster, task) =>
            change("ecs.stopTask", task, () => {
                state.tasks[cluster] = (state.tasks[cluster] ?? []).filter((one) => one.arn !== task);
            }),
        drain: (cluster, arns) =>
            change("ecs.drain", arns.join(","), () => {
                state.containerInstances[cluster] = (state.containerInstances[cluster] ?? []).map((one) =>
                    arns.includes(one.arn) ? { ...one, status: "DRAINING" } : one,
                );
            }),
        activate: (cluster, arns) =>
            change("ecs.activate", arns.join(","), () => {
                state.containerInstances[cluster] = (state.containerInstances[cluster] ?? []).map((one) =>
                    arns.includes(one.arn) ? { ...one, status: "ACTIVE" } : one,
                );
            }),
        removeCluster: (arn) =>
            change("ecs.removeCluster", arn, () => {
                state.clusters = state.clusters.filter((one) => one.arn !== arn);
            }),
        ...fakeGroupProviders(state, read, change),
        ...fakeDeployments(state, read, change),
        removeExpressService: (arn) =>
            change("ecs.removeExpressService", nameIn(arn), () => {
                changeService(state, arn, (one) => ({ ...one, status: "DRAINING", desired: 0 }));
            }),
        removeDaemon: (arn) =>
            change("ecs.removeDaemon", nameIn(arn), () => {
                for (const [cluster, daemons] of Object.entries(state.daemons)) {
                    state.daemons[cluster] = daemons.filter((one) => one.arn !== arn);
                }
            }),
        removeCapacityProvider: (arn, cluster) =>
            change("ecs.removeCapacityProvider", cluster === undefined ? arn : `${arn} of ${cluster}`, () => {
                state.capacityProviders = state.capacityProviders.filter((one) => one.arn !== arn);
                state.groupProviders = state.groupProviders.filter((one) => one.arn !== arn);
                detach(state, cluster, (one) => one.arn !== arn);
                for (const [of, hosts] of Object.entries(state.containerInstances)) {
                    state.containerInstances[of] = hosts.filter(
                        ({ capacityProvider }) => capacityProvider !== nameIn(arn),
                    );
                }
            }),
        detachCapacityProviders: (cluster) =>
            change("ecs.detachCapacityProviders", cluster, () => {
                detach(state, cluster, (one) => one.isScoped);
            }),
        deregister: (cluster, arn) =>
            change("ecs.deregister", arn, () => {
                state.containerInstances[cluster] = (state.containerInstances[cluster] ?? []).filter(
                    (one) => one.arn !== arn,
                );
            }),
    };
}

const nameIn = (arn: string): string => arn.split("/").at(-1) ?? arn;

function changeService(state: FakeAwsState, arn: string, effect: (one: Service) => Service): void {
    for (const [cluster, services] of Object.entries(state.services)) {
        state.services[cluster] = services.map((one) => (one.arn === arn ? effect(one) : one));
    }
}

function detach(
    { clusterCapacityProviders: used }: FakeAwsState,
    cluster: string | undefined,
    stays: (one: ClusterCapacityProvider) => boolean,
): void {
    if (cluster !== undefined) {
        used[cluster] = (used[cluster] ?? []).filter(stays);
    }
}
