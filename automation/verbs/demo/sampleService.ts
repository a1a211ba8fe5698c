import { CreateServiceCommand, ECSClient, RegisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";

import type { LocalAccess } from "./access";

/** SUSE's base container image; `registry.suse.com` needs no account. */
const containerImage = "registry.suse.com/bci/bci-base:latest";

/** Runs a service by hand, as people do, without Pulumi: what a destroy has to cope with. @returns its name. */
export async function startSampleService(access: LocalAccess, clusterName: string): Promise<string> {
    const ecs = new ECSClient(access);
    const serviceName = "hello";
    const definition = await ecs.send(
        new RegisterTaskDefinitionCommand({
            family: serviceName,
            containerDefinitions: [
                {
                    name: serviceName,
                    image: containerImage,
                    memory: 64,
                    cpu: 10,
                    essential: true,
                    command: ["sleep", "infinity"],
                },
            ],
        }),
    );
    await ecs.send(
        new CreateServiceCommand({
            cluster: clusterName,
            serviceName,
            taskDefinition: definition.taskDefinition?.taskDefinitionArn,
            desiredCount: 2,
        }),
    );
    return serviceName;
}
