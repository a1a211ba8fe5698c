import {
    DescribeTaskDefinitionCommand,
    paginateListContainerInstances,
    type ECSClient,
    type PlacementConstraint as EcsPlacementConstraint,
    type Resource,
    type TaskDefinition as EcsTaskDefinition,
} from "@aws-sdk/client-ecs";

import type { PlacementConstraint, TaskDefinition } from "../ports/aws";
import type { EcsService } from "../ports/awsServices";
import { collect, unless } from "./collect";

/** What ECS goes by when it looks for a host for a task. */
export function createEcsPlacement(client: ECSClient): Pick<EcsService, "taskDefinitions" | "matching"> {
    return {
        taskDefinitions: async (names) =>
            new Map(
                await Promise.all(
                    [...new Set(names)].map(
                        async (name) => [name, await taskDefinition(client, name)] as const,
                    ),
                ),
            ),
        matching: (cluster, filter) =>
            unless(["InvalidParameterException", "ClientException"], undefined, () =>
                collect(
                    paginateListContainerInstances({ client }, { cluster, filter }),
                    (page) => page.containerInstanceArns,
                ),
            ),
    };
}

/** Constraints as a service or a task definition has them. */
export function toConstraints(
    constraints: readonly EcsPlacementConstraint[] = [],
): readonly PlacementConstraint[] {
    return constraints.map(({ type, expression = "" }) =>
        type === "distinctInstance" ? { type } : { type: "memberOf", expression },
    );
}

/** Ports of a container instance by protocol, as its resources PORTS and PORTS_UDP list them. */
export function portsOf(resources: readonly Resource[] = []): readonly string[] {
    const named = (name: string): readonly string[] =>
        resources.find((one) => one.name === name)?.stringSetValue ?? [];
    return [
        ...named("PORTS").map((port) => `${port}/tcp`),
        ...named("PORTS_UDP").map((port) => `${port}/udp`),
    ];
}

async function taskDefinition(client: ECSClient, name: string): Promise<TaskDefinition> {
    const answer = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition: name }));
    return {
        hostPorts: hostPortsOf(answer.taskDefinition),
        placementConstraints: toConstraints(answer.taskDefinition?.placementConstraints),
        stopTimeoutSeconds: longestStop(answer.taskDefinition),
    };
}

function longestStop({ containerDefinitions = [] }: EcsTaskDefinition = {}): number | undefined {
    const given = containerDefinitions.flatMap(({ stopTimeout }) => stopTimeout ?? []);
    return given.length === 0 ? undefined : Math.max(...given);
}

/**
 * With `host` a container's port is the host's own; with `awsvpc` a task has an address of its own; else docker chooses
 * a port unless one is named (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html).
 */
export function hostPortsOf({
    networkMode,
    containerDefinitions = [],
}: EcsTaskDefinition = {}): readonly string[] {
    if (networkMode === "awsvpc" || networkMode === "none") {
        return [];
    }
    return containerDefinitions
        .flatMap(({ portMappings = [] }) => portMappings)
        .map(({ hostPort = 0, containerPort = 0, protocol = "tcp" }) => ({
            port: hostPort === 0 && networkMode === "host" ? containerPort : hostPort,
            protocol,
        }))
        .filter(({ port }) => port > 0)
        .map(({ port, protocol }) => `${port}/${protocol}`);
}
