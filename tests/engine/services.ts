import { ECS, type CreateServiceRequest } from "@aws-sdk/client-ecs";
import { expect } from "chai";

import type { Access } from "./inventory";

/** Services that people put into clusters. */
export class Services {
    private readonly ecs: ECS;

    constructor(access: Access) {
        this.ecs = new ECS(access);
    }

    /** Makes a service, and waits until all its tasks run. @param where else than the cluster has it by default */
    async start(
        cluster: string,
        serviceName: string,
        desiredCount: number,
        where: Pick<CreateServiceRequest, "launchType"> = {},
    ): Promise<void> {
        await this.ecs.registerTaskDefinition({
            family: "web",
            containerDefinitions: [{ name: "web", image: "nginx", memory: 64 }],
        });
        await this.ecs.createService({ cluster, serviceName, taskDefinition: "web", desiredCount, ...where });
        await this.untilRunning(cluster, serviceName, desiredCount);
    }

    /** Of its tasks, how many are wanted and how many run. */
    async countsOf(cluster: string, service: string): Promise<readonly [desired: number, running: number]> {
        const { services } = await this.ecs.describeServices({ cluster, services: [service] });
        const [one] = services ?? [];
        return [one?.desiredCount ?? -1, one?.runningCount ?? -1];
    }

    /** @throws AssertionError with what ECS says last, where they do not run in time */
    async untilRunning(cluster: string, service: string, count: number): Promise<void> {
        for (let tries = 0; tries < 300; tries += 1) {
            if ((await this.countsOf(cluster, service))[1] === count) {
                break;
            }
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        const { services } = await this.ecs.describeServices({ cluster, services: [service] });
        const [last] = services?.[0]?.events ?? [];
        expect(await this.countsOf(cluster, service), last?.message).to.deep.equal([count, count]);
    }

    /** ARNs of the container instances of a cluster, with what each may be given. */
    async hosts(cluster: string): Promise<readonly { readonly arn: string; readonly status: string }[]> {
        const { containerInstanceArns: arns = [] } = await this.ecs.listContainerInstances({ cluster });
        if (arns.length === 0) {
            return [];
        }
        const { containerInstances = [] } = await this.ecs.describeContainerInstances({
            cluster,
            containerInstances: arns,
        });
        return containerInstances
            .map(({ containerInstanceArn = "", status = "" }) => ({ arn: containerInstanceArn, status }))
            .sort((one, other) => one.arn.localeCompare(other.arn));
    }
}
