import { serviceNames } from "../../components/model/services/serviceNames";
import type { RouteTable, Subnet } from "../../components/model/checks/reads";
import { withName, type Tags } from "../../components/model/tags";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import type { Progress } from "../ports/io";
import type { StandingBalancer } from "./standingBalancer";

/** What a load balancer of a service stands in, and what of it is there, found before anything is made. */
export interface BalancerPlace extends StandingBalancer {
    readonly vpcId: string;
    /** One a zone; none where the load balancer is there, which stays in its own. */
    readonly subnetIds: readonly string[];
    /** Those of the hosts: requests come to any of their ports that docker chooses. */
    readonly hostGroupIds: readonly string[];
}

/** Where docker's ports come from: net.ipv4.ip_local_port_range of SUSE's kernels, as of all. */
const ephemeralPorts = [32_768, 60_999] as const;

/** How long a load balancer goes on with requests of a task that is told to stop, in seconds; ECS waits as long. */
const delaySeconds = 30;

/** How long a task may fail its first health checks, in seconds. */
export const graceSeconds = 60;

/** Elastic Load Balancing wants two zones (API reference, CreateLoadBalancer). */
const fewestZones = 2;

/** @throws AppError SERVICE_INVALID where there are no hosts yet, or their VPC has no subnets for one */
export async function findBalancerPlace(
    { aws, clusterName }: Pick<Target, "aws" | "clusterName">,
    scheme: "public" | "internal",
    standing: StandingBalancer,
): Promise<BalancerPlace> {
    const registered = await aws.ecs.containerInstances(clusterName);
    const hosts = await aws.ec2.instancesById(registered.map(({ instanceId }) => instanceId));
    const [first] = await aws.ec2.subnets(hosts.slice(0, 1).map(({ subnetId }) => subnetId));
    if (first === undefined) {
        throw refuse(
            `cluster ${clusterName} has no hosts, and nothing tells in which VPC a load balancer would reach them`,
        );
    }
    const { vpcId } = first;
    const hostGroupIds = [
        ...new Set(hosts.flatMap(({ securityGroupIds = [] }) => securityGroupIds.slice(0, 1))),
    ];
    if (standing.loadBalancer !== undefined) {
        return { ...standing, vpcId, subnetIds: [], hostGroupIds };
    }
    const [subnets, tables] = await Promise.all([aws.ec2.subnetsOf(vpcId), aws.ec2.routeTables(vpcId)]);
    const fitting = scheme === "internal" ? subnets : subnets.filter((one) => isPublic(one, tables));
    const byZone = new Map([...fitting].reverse().map((one) => [one.zone, one.id]));
    if (byZone.size < fewestZones) {
        throw refuse(
            `VPC ${vpcId} has ${scheme === "internal" ? "subnets" : "subnets with a route to an internet gateway"} in ${byZone.size} zones, and a load balancer needs ${fewestZones}`,
        );
    }
    return { ...standing, vpcId, subnetIds: [...byZone.values()].sort(), hostGroupIds };
}

function refuse(message: string): AppError {
    return new AppError("SERVICE_INVALID", { message: `--public: ${message}; nothing was changed` });
}

function isPublic({ id }: Subnet, tables: readonly RouteTable[]): boolean {
    const table = tables.find(({ subnetIds }) => subnetIds.includes(id)) ?? tables.find(({ main }) => main);
    return table?.routes.some((route) => JSON.stringify(route).includes("igw-")) === true;
}

export interface BalancerForm extends BalancerPlace {
    readonly service: string;
    readonly scheme: "public" | "internal";
    readonly containerPort: number;
    /** Port of the host that is asked; docker chooses where there is none. */
    readonly hostPort?: number;
    readonly tags: Tags;
}

/**
 * Makes the load balancer of a service with what belongs to it, each unless it is there. Called again it changes nothing.
 * @returns ARN of the target group
 */
export async function makeBalancer(
    { aws, owner }: Pick<Target, "aws" | "owner">,
    form: BalancerForm,
    progress: Pick<Progress, "note">,
): Promise<string> {
    const { service, scheme, vpcId, subnetIds, hostGroupIds, containerPort, hostPort } = form;
    const names = serviceNames(owner.stackId ?? "", owner.environment, service);
    const tags = withName(form.tags, `${owner.environment}-${service}`);
    const groupId = await aws.ec2.makeSecurityGroup({
        ...{ name: names.securityGroup, vpcId, tags },
        description: `Load balancer of service ${service}`,
    });
    const cidr = "0.0.0.0/0";
    const ports = hostPort === undefined ? ephemeralPorts : ([hostPort, hostPort] as const);
    await aws.ec2.letIn(groupId, { ports: [listenerPort, listenerPort], from: { cidr }, tags });
    for (const hostGroup of hostGroupIds) {
        await aws.ec2.letIn(hostGroup, { ports, from: { groupId }, tags });
    }
    const targetGroup =
        form.targetGroup?.arn ??
        (await aws.loadBalancing.makeTargetGroup({
            ...{ name: names.balancer, vpcId, port: containerPort, delaySeconds, tags },
        }));
    const balancer =
        form.loadBalancer ??
        (await aws.loadBalancing.makeLoadBalancer({
            ...{ name: names.balancer, subnetIds, securityGroupIds: [groupId], tags },
            scheme: scheme === "public" ? "internet-facing" : "internal",
        }));
    await aws.loadBalancing.makeListener(balancer.arn, targetGroup, listenerPort, tags);
    const where = form.loadBalancer === undefined ? `, in ${subnetIds.length} zones` : "";
    progress.note(`load balancer ${names.balancer}: listens on port ${listenerPort}${where}`);
    return targetGroup;
}

const listenerPort = 80;
