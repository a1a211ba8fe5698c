import { proofOf } from "../../components/model/tags";
import type { Target } from "../environment/target";
import { isProvenOwn } from "../inventory/drift";
import { counted } from "../output/counted";

/** What of an environment is still to pay for while its hosts stand still. */
export interface StillCosts {
    readonly volumes: readonly { readonly id: string; readonly type: string; readonly sizeGiB: number }[];
    readonly natGateways: readonly string[];
    /** Interface endpoints; the gateway endpoint of S3 is free. */
    readonly endpoints: readonly string[];
    /** In how many zones each of them is. @default - there are none, or nobody knows */
    readonly endpointZones?: number;
    /** Elastic IP addresses; another address of a host goes as it stops. */
    readonly addresses: readonly string[];
}

/**
 * Looks for what costs without hosts: everything else that the program makes is free.
 */
export async function findStillCosts(
    target: Pick<Target, "aws" | "owner" | "stateIds">,
): Promise<StillCosts> {
    const tags = proofOf(target.owner);
    const [volumes, resources] = await Promise.all([
        target.aws.ec2.volumes(tags),
        target.aws.ec2.resources(tags),
    ]);
    const own = resources.filter(({ id, leaving }) => !leaving && isProvenOwn(target, id));
    const ids = (type: string): readonly string[] =>
        own.filter((one) => one.type === type).map(({ id }) => id);
    return {
        volumes: volumes
            .filter(({ id }) => isProvenOwn(target, id))
            .map(({ id, type = "unknown type", sizeGiB }) => ({ id, type, sizeGiB })),
        natGateways: ids("natgateway"),
        ...(await interfaceEndpoints(target, ids("vpc"), ids("vpc-endpoint"))),
        addresses: ids("elastic-ip"),
    };
}

/** Tags do not tell of which kind an endpoint is. A network of one alone has that of S3. */
async function interfaceEndpoints(
    { aws }: Pick<Target, "aws">,
    vpcIds: readonly string[],
    own: readonly string[],
): Promise<Pick<StillCosts, "endpoints" | "endpointZones">> {
    if (own.length < 2) {
        return { endpoints: [] };
    }
    const found = await Promise.all(vpcIds.map((vpcId) => aws.ec2.vpcEndpoints(vpcId)));
    const some = found.flat().filter(({ id, type }) => type === "Interface" && own.includes(id));
    // All of them are in the same subnets, one in each zone (components/interfaceEndpoints.ts).
    const endpointZones = some[0]?.subnetIds?.length;
    return { endpoints: some.map(({ id }) => id), ...(endpointZones && { endpointZones }) };
}

/** `2 volumes of gp3 (140 GiB), 1 NAT gateway`, or `nothing`. */
export function describeCosts({ volumes, natGateways, endpoints, addresses }: StillCosts): string {
    const types = [...new Set(volumes.map(({ type }) => type))];
    const parts = [
        ...types.map((type) => {
            const some = volumes.filter((volume) => volume.type === type);
            const sizeGiB = some.reduce((sum, volume) => sum + volume.sizeGiB, 0);
            return `${counted(some.length, "volume")} of ${type} (${sizeGiB} GiB)`;
        }),
        ...(natGateways.length === 0 ? [] : [counted(natGateways.length, "NAT gateway")]),
        ...(endpoints.length === 0 ? [] : [counted(endpoints.length, "interface endpoint")]),
        ...(addresses.length === 0
            ? []
            : [`${addresses.length} Elastic IP address${addresses.length === 1 ? "" : "es"}`]),
    ];
    return parts.length === 0 ? "nothing" : parts.join(", ");
}
