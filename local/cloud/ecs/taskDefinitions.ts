import type { TaskDefinition } from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { AwsError } from "../front/awsError";
import type { Resources } from "./records";

/** A task definition by family, family:revision or ARN. @throws AwsError when there is none */
export async function describeTaskDefinition(
    cloud: Cloud,
    region: string,
    name: string | undefined,
): Promise<TaskDefinition> {
    try {
        const { taskDefinition } = await cloud.moto.ecs<{ taskDefinition: TaskDefinition }>(
            region,
            "DescribeTaskDefinition",
            { taskDefinition: name },
        );
        return taskDefinition;
    } catch (error) {
        if (error instanceof AwsError) {
            throw new AwsError("ClientException", "Unable to describe task definition.");
        }
        throw error;
    }
}

/** What a task takes from its host. */
export function resourcesOf(definition: TaskDefinition): Resources {
    const containers = definition.containerDefinitions ?? [];
    const sum = (numbers: (number | undefined)[]) =>
        numbers.reduce<number>((total, number) => total + (number ?? 0), 0);
    return {
        cpuUnits:
            definition.cpu === undefined ? sum(containers.map(({ cpu }) => cpu)) : Number(definition.cpu),
        memoryMiB:
            definition.memory === undefined
                ? sum(containers.map(({ memory, memoryReservation }) => memoryReservation ?? memory))
                : Number(definition.memory),
        ports: containers.flatMap(({ portMappings = [] }) =>
            portMappings.flatMap(({ hostPort = 0 }) => (hostPort > 0 ? [hostPort] : [])),
        ),
    };
}
