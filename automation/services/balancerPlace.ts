import type { PortRange } from "../../components/model/agent/hostPortRange";
import type { RouteTable, Subnet } from "../../components/model/checks/reads";
import type { Problem } from "../../components/model/problem";
import type { ServicePlan } from "../../components/model/services/serviceRequest";
import type { Target } from "../environment/target";
import { findDoors } from "./hostDoors";
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
    const registered = await aws.ecs.containerInstances(clusterName);
    const hosts = await aws.ec2.instancesById(registered.map(({ instanceId }) => instanceId));
    const [first] = await aws.ec2.subnets(hosts.slice(0, 1).map(({ subnetId }) => subnetId));
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
    const doors = await findDoors(target, { ...wanted, hosts, hostPorts, from: chosen });
    const place = { ...standing, vpcId, hostPorts, openGroups: doors.openGroups };
    if (standing.loadBalancer !== undefined) {
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

function refuse(message: string): BalancerAnswer {
    return { problems: [{ path: "--public", message, severity: "error" }] };
}

function isPublic({ id }: Subnet, tables: readonly RouteTable[]): boolean {
    const table = tables.find(({ subnetIds }) => subnetIds.includes(id)) ?? tables.find(({ main }) => main);
    return table?.routes.some((route) => JSON.stringify(route).includes("igw-")) === true;
}
