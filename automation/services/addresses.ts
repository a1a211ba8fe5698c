import { balancerStart } from "../../components/model/services/serviceNames";
import { proofOf, tagKeys } from "../../components/model/tags";
import type { Target } from "../environment/target";

/**
 * Where a service answers: at its load balancer, or else at the port of each of its tasks. An agent that binds ports of one address
 * alone says so; else it is the host's.
 */
export async function addressesOf(
    { aws, clusterName, owner }: Pick<Target, "aws" | "clusterName" | "owner">,
    service: string,
): Promise<readonly string[]> {
    const { stackId = "" } = owner;
    const tags = { ...proofOf(owner), [tagKeys.service]: service };
    const balancers = await aws.loadBalancing.tagged(tags, (name) => name.startsWith(balancerStart(stackId)));
    const names = balancers.flatMap(({ dnsName }) => dnsName ?? []);
    return names.length > 0
        ? names.map((name) => `http://${name}/`)
        : addressesOfTasks({ aws, clusterName }, service);
}

async function addressesOfTasks(
    { aws, clusterName }: Pick<Target, "aws" | "clusterName">,
    service: string,
): Promise<readonly string[]> {
    const [tasks, registered] = await Promise.all([
        aws.ecs.tasksOfService(clusterName, service),
        aws.ecs.containerInstances(clusterName),
    ]);
    const instanceOf = new Map(registered.map(({ arn, instanceId }) => [arn, instanceId]));
    const bound = tasks
        .filter(({ lastStatus }) => lastStatus === "RUNNING")
        .flatMap(({ containerInstanceArn = "", containers }) =>
            containers.flatMap(({ bindings }) =>
                bindings.map((binding) => ({ ...binding, instanceId: instanceOf.get(containerInstanceArn) })),
            ),
        );
    const hosts = await aws.ec2.instancesById([
        ...new Set(bound.flatMap(({ instanceId }) => instanceId ?? [])),
    ]);
    const addressOf = new Map(hosts.map((one) => [one.instanceId, one.privateIpAddress]));
    return [
        ...new Set(
            bound.flatMap(({ address, hostPort, instanceId = "" }) => {
                const host = ["0.0.0.0", "::", ""].includes(address) ? addressOf.get(instanceId) : address;
                return host === undefined ? [] : [`http://${host}:${hostPort}/`];
            }),
        ),
    ];
}
