import {
    DeleteServiceCommand,
    DeregisterContainerInstanceCommand,
    StopTaskCommand,
    UpdateContainerInstancesStateCommand,
    UpdateServiceCommand,
    type ECSClient,
} from "@aws-sdk/client-ecs";

import { AppError } from "../errors/appError";
import type { EcsService } from "../ports/awsServices";
import { chunks, unless } from "./collect";

const gone = ["ServiceNotFoundException", "ServiceNotActiveException", "ClusterNotFoundException"];
// UpdateContainerInstancesState takes 10 at once (Amazon ECS API reference).
const instancesPerCall = 10;

type EcsChanges = Pick<
    EcsService,
    "setDesiredCount" | "deleteService" | "stopTask" | "drain" | "activate" | "deregister"
>;

/** Changes on the way out. What is already gone counts as done. */
export function createEcsChanges(client: ECSClient): EcsChanges {
    return {
        setDesiredCount: async (cluster, service, desiredCount) => {
            await unless(gone, undefined, () =>
                client.send(new UpdateServiceCommand({ cluster, service, desiredCount })),
            );
        },
        deleteService: async (cluster, service) => {
            await unless(gone, undefined, () =>
                client.send(new DeleteServiceCommand({ cluster, service, force: true })),
            );
        },
        stopTask: async (cluster, task, reason) => {
            // A task that is gone is answered with InvalidParameterException or ClientException, depending on its age.
            await unless([...gone, "InvalidParameterException", "ClientException"], undefined, () =>
                client.send(new StopTaskCommand({ cluster, task, reason })),
            );
        },
        drain: (cluster, arns) => setStatus(client, "DRAINING", cluster, arns),
        activate: (cluster, arns) => setStatus(client, "ACTIVE", cluster, arns),
        deregister: async (cluster, containerInstance) => {
            await unless([...gone, "InvalidParameterException"], undefined, () =>
                client.send(
                    new DeregisterContainerInstanceCommand({ cluster, containerInstance, force: true }),
                ),
            );
        },
    };
}

async function setStatus(
    client: ECSClient,
    status: "ACTIVE" | "DRAINING",
    cluster: string,
    containerInstanceArns: readonly string[],
): Promise<void> {
    for (const containerInstances of chunks(containerInstanceArns, instancesPerCall)) {
        const { failures = [] } = await client.send(
            new UpdateContainerInstancesStateCommand({ cluster, containerInstances, status }),
        );
        // Refusals of single hosts are no errors to ECS.
        const [failure] = failures;
        if (failure !== undefined) {
            throw new AppError("AWS_FAILED", {
                message: `ECS did not set ${failure.arn ?? "a host"} to ${status}: ${failure.reason ?? "no reason given"}`,
            });
        }
    }
}
