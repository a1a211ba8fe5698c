import type { ResolvedSettings } from "../../components/model/settings";
import { tagKeys } from "../../components/model/tags";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import type { ContainerInstance, Host } from "../ports/aws";
import type { Instance } from "../ports/awsServices";

/** Every host of an environment, joined with what ECS knows of it: two queries, however many hosts there are. */
export async function findHosts({
    aws,
    stackName,
    clusterName,
}: Pick<Target, "aws" | "stackName" | "clusterName">): Promise<readonly Host[]> {
    const [instances, registered] = await Promise.all([
        aws.ec2.instances({ [tagKeys.stack]: stackName }),
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

/**
 * How many hosts an environment should have. Under managed scaling the group's own desired capacity moves, and the
 * settings only say where it starts.
 */
export async function countWantedHosts(
    { aws, stackName }: Pick<Target, "aws" | "stackName">,
    hosts: ResolvedSettings["hosts"],
): Promise<number> {
    if (hosts.mode === "fixed") {
        return hosts.count;
    }
    try {
        const [group] = await aws.autoScaling.groups({ [tagKeys.stack]: stackName });
        return group?.desired ?? hosts.desired;
    } catch (error) {
        if (error instanceof AppError && error.code === "AWS_ACCESS_DENIED") {
            return hosts.desired;
        }
        throw error;
    }
}

function byNameThenLaunch(one: Host, other: Host): number {
    const key = (host: Host): string =>
        `${host.tags[tagKeys.name] ?? ""} ${host.launchedAt?.toISOString() ?? ""} ${host.instanceId}`;
    return key(one).localeCompare(key(other), "en", { numeric: true });
}
