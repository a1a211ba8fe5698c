import type { PortRange } from "../../components/model/agent/hostPortRange";
import type { RouteTable, Subnet } from "../../components/model/checks/reads";
import type { Problem } from "../../components/model/problem";
import type { ServicePlan } from "../../components/model/services/serviceRequest";
import type { Target } from "../environment/target";
import type { Instance } from "../ports/awsServices";
import { findDoors, type DoorHost } from "./hostDoors";
import type { StandingBalancer } from "./standingBalancer";

/** What a load balancer of a service stands in, and what of it is there, found before anything is made. */
export interface BalancerPlace extends StandingBalancer {
    readonly vpcId: string;
    /** One a zone; none where the load balancer is there, which stays in its own. */
    readonly subnetIds: readonly string[];
    /** Security groups of hosts that do not let the load balancer in yet, and may be opened. */
    readonly openGroups: readonly string[];
    /** Ports of the hosts that it asks. */
    readonly hostPorts: PortRange;
}

export interface BalancerAnswer {
    readonly place?: BalancerPlace;
    readonly problems: readonly Problem[];
}

type Asked = Pick<Target, "aws" | "clusterName" | "owner">;

/** Elastic Load Balancing wants two zones (API reference, CreateLoadBalancer). */
const fewestZones = 2;

/** @param dynamicPorts where hosts take ports from that nobody names */
export async function findBalancerPlace(
    target: Asked,
    wanted: Pick<ServicePlan, "name" | "balancer" | "port" | "openGroups">,
    standing: StandingBalancer,
    dynamicPorts: PortRange,
): Promise<BalancerAnswer> {
    const { aws, clusterName } = target;
    const hosts = await findDoorHosts(target);
    // What is terminated is in no subnet any more.
    const placed = hosts.flatMap(({ subnetId }) => (subnetId === "" ? [] : [subnetId]));
    const [first] = await aws.ec2.subnets(placed.slice(0, 1));
    if (first === undefined) {
        return refuse(
            `cluster ${clusterName} has no hosts, and nothing tells in which VPC a load balancer would reach them`,
        );
    }
    const { vpcId } = first;
    const [subnets, tables] = await Promise.all([aws.ec2.subnetsOf(vpcId), aws.ec2.routeTables(vpcId)]);
    const isInternal = wanted.balancer === "internal";
    const fitting = isInternal ? subnets : subnets.filter((one) => isPublic(one, tables));
    const chosen = [...new Map([...fitting].reverse().map((one) => [one.zone, one])).values()];
    const { host } = wanted.port ?? {};
    const hostPorts = host === undefined ? dynamicPorts : { first: host, last: host };
    const { loadBalancer } = standing;
    const from =
        loadBalancer === undefined
            ? chosen
            : subnets.filter(({ id }) => loadBalancer.subnetIds?.includes(id) === true);
    const doors = await findDoors(target, { ...wanted, hosts, hostPorts, from });
    const place = { ...standing, vpcId, hostPorts, openGroups: doors.openGroups };
    if (loadBalancer !== undefined) {
        return { place: { ...place, subnetIds: [] }, problems: doors.problems };
    }
    if (chosen.length < fewestZones) {
        const what = isInternal ? "subnets" : "subnets with a route to an internet gateway";
        const { problems } = refuse(
            `VPC ${vpcId} has ${what} in ${chosen.length} zones, and a load balancer needs ${fewestZones}`,
        );
        return { problems: [...problems, ...doors.problems] };
    }
    return { place: { ...place, subnetIds: chosen.map(({ id }) => id).sort() }, problems: doors.problems };
}

/** The registered hosts, as EC2 shows them. */
async function findDoorHosts({ aws, clusterName }: Asked): Promise<readonly (DoorHost & Instance)[]> {
    const registered = await aws.ecs.containerInstances(clusterName);
    const active = new Set(
        registered.filter(({ status }) => status === "ACTIVE").map(({ instanceId }) => instanceId),
    );
    const instances = await aws.ec2.instancesById(registered.map(({ instanceId }) => instanceId));
    return instances.map((one) => ({
        ...one,
        takesTasks: one.state === "running" && active.has(one.instanceId),
    }));
}

function refuse(message: string): BalancerAnswer {
    return { problems: [{ path: "--public", message, severity: "error" }] };
}

function isPublic({ id }: Subnet, tables: readonly RouteTable[]): boolean {
    const table = tables.find(({ subnetIds }) => subnetIds.includes(id)) ?? tables.find(({ main }) => main);
    return (
        table?.routes.some(({ target, state }) => target.startsWith("igw-") && state === "active") === true
    );
}
