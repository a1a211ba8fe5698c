import type { EC2 } from "@aws-sdk/client-ec2";
import type { ECS } from "@aws-sdk/client-ecs";
import { expect } from "chai";

export interface RunningHost {
    readonly id: string;
    /** Empty for hosts of a group. */
    readonly number: string;
    /** Id of its docker volume. */
    readonly volume: string | undefined;
}

/** Running instances of an environment by the number of the host. */
export async function runningHosts(ec2: EC2, environment: string): Promise<readonly RunningHost[]> {
    const filters = [
        { Name: "tag:sles-ecs:environment", Values: [environment] },
        { Name: "instance-state-name", Values: ["running"] },
    ];
    const [{ Reservations = [] }, { Volumes = [] }] = await Promise.all([
        ec2.describeInstances({ Filters: filters }),
        ec2.describeVolumes({}),
    ]);
    return Reservations.flatMap(({ Instances = [] }) => Instances)
        .map(({ InstanceId: id = "", Tags = [] }) => ({
            id,
            number: Tags.find(({ Key }) => Key === "sles-ecs:host")?.Value ?? "",
            volume: Volumes.find(({ Attachments = [] }) =>
                Attachments.some((one) => one.InstanceId === id && one.Device === "/dev/sdf"),
            )?.VolumeId,
        }))
        .sort((one, other) => one.number.localeCompare(other.number));
}

/** The service `web`, which may have half of its tasks while others start. */
export async function startWeb(ecs: ECS, cluster: string, desiredCount: number): Promise<void> {
    const container = { name: "web", image: "registry.suse.com/suse/nginx", cpu: 64, memory: 128 };
    await ecs.registerTaskDefinition({ family: "web", containerDefinitions: [container] });
    await ecs.createService({
        ...{ cluster, serviceName: "web", taskDefinition: "web", desiredCount, launchType: "EC2" },
        deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 200 },
    });
    for (let look = 0; look < 300 && (await tasksOfWeb(ecs, cluster)) < desiredCount; look += 1) {
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(await tasksOfWeb(ecs, cluster)).to.equal(desiredCount);
}

/** How many tasks of it run. */
export async function tasksOfWeb(ecs: ECS, cluster: string): Promise<number> {
    const { services = [] } = await ecs.describeServices({ cluster, services: ["web"] });
    return services[0]?.runningCount ?? 0;
}
