import { tagKeys } from "../../components/model/tags";
import type { ContainerInstance, Host } from "../ports/aws";
import type { Aws, Instance } from "../ports/awsServices";

/** What is read to know the hosts of an environment. */
export interface HostReads {
    readonly ec2: Pick<Aws["ec2"], "instances">;
    readonly ecs: Pick<Aws["ecs"], "containerInstances">;
}

export interface HostsOf {
    readonly stack: string;
    readonly clusterName: string;
}

/** Every host of an environment, joined with what ECS knows of it: two queries, however many hosts there are. */
export async function findHosts(aws: HostReads, { stack, clusterName }: HostsOf): Promise<readonly Host[]> {
    const [instances, registered] = await Promise.all([
        aws.ec2.instances({ [tagKeys.stack]: stack }),
        aws.ecs.containerInstances(clusterName),
    ]);
    return joinHosts(instances, registered);
}

/** Puts each container instance to its EC2 instance, in the order of the hosts' names and launches. */
export function joinHosts(
    instances: readonly Instance[],
    registered: readonly ContainerInstance[],
): readonly Host[] {
    const byInstance = new Map(registered.map((item) => [item.instanceId, item]));
    return instances
        .map((instance): Host => {
            const containerInstance = byInstance.get(instance.instanceId);
            return containerInstance === undefined ? instance : { ...instance, containerInstance };
        })
        .sort(byNameThenLaunch);
}

/** The instance is gone, or so far on its way out that it never comes back. */
export function isGone(host: Pick<Host, "state">): boolean {
    return host.state === "terminated" || host.state === "shutting-down";
}

function byNameThenLaunch(one: Host, other: Host): number {
    const key = (host: Host): string =>
        `${host.tags[tagKeys.name] ?? ""} ${host.launchedAt?.toISOString() ?? ""} ${host.instanceId}`;
    return key(one).localeCompare(key(other), "en", { numeric: true });
}
