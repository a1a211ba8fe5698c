import { couldNotCheck, type Finding, type Findings } from "../finding";
import type { Reads } from "../reads";
import { ecsServices } from "../../endpointServices";
import type { NetworkParts } from "./networkParts";

export type NetworkReads = Pick<
    Reads,
    "routeTables" | "vpcEndpoints" | "natGateways" | "networkAcls" | "securityGroups" | "subnets"
>;

export interface ReadParts {
    readonly parts: NetworkParts;
    /** What the caller may not ask, a warning each; the ways are worked out without it. */
    readonly unread: Findings;
}

/**
 * Reads a VPC as far as the ways of its hosts go, each kind of its parts in one call.
 * @throws what the reads of route tables and endpoints fail with, without which nothing can be said
 */
export async function readParts(reads: NetworkReads, vpcId: string): Promise<ReadParts> {
    const [routeTables, vpcEndpoints, nats, acls] = await Promise.all([
        reads.routeTables(vpcId),
        reads.vpcEndpoints(vpcId),
        part("NAT gateways", undefined, reads.natGateways && (() => reads.natGateways?.(vpcId))),
        part("network ACLs", undefined, reads.networkAcls && (() => reads.networkAcls?.(vpcId))),
    ]);
    const used = vpcEndpoints.filter(
        ({ type, serviceName }) =>
            type === "Interface" &&
            ["s3", ...ecsServices].some((service) => serviceName.endsWith(`.${service}`)),
    );
    const [groupIds, subnetIds] = [
        unique(used.flatMap(({ securityGroupIds = [] }) => securityGroupIds)),
        unique(used.flatMap((one) => one.subnetIds ?? [])),
    ];
    const [groups, subnets] = await Promise.all([
        part(
            "the security groups of endpoints",
            [],
            asked(groupIds, (ids) => reads.securityGroups(ids)),
        ),
        part(
            "the subnets of endpoints",
            [],
            asked(subnetIds, (ids) => reads.subnets(ids)),
        ),
    ]);
    return {
        parts: {
            routeTables,
            vpcEndpoints,
            natGateways: nats.found,
            networkAcls: acls.found,
            securityGroups: groups.found,
            subnets: subnets.found,
        },
        unread: [nats, acls, groups, subnets].flatMap(({ unread }) => unread),
    };
}

interface Part<T> {
    readonly found: T;
    readonly unread: readonly Finding[];
}

async function part<T>(
    what: string,
    without: T,
    read: (() => Promise<T> | undefined) | undefined,
): Promise<Part<T>> {
    try {
        return { found: (await read?.()) ?? without, unread: [] };
    } catch (error) {
        return { found: without, unread: [couldNotCheck("network", what, error)] };
    }
}

/** Of nothing nothing is asked. */
function asked<T>(
    ids: readonly string[],
    read: (ids: readonly string[]) => Promise<T>,
): (() => Promise<T>) | undefined {
    return ids.length === 0 ? undefined : () => read(ids);
}

function unique(ids: readonly string[]): readonly string[] {
    return [...new Set(ids)];
}
