import type { FunctionType } from "../functionType";
import {
    getAvailabilityZones,
    getCallerIdentity,
    getInstanceProfile,
    getPartition,
    getRegion,
} from "./account";
import {
    getKeyPair,
    getRouteTable,
    getRouteTables,
    getSecurityGroups,
    getVpcEndpoint,
    getVpcs,
} from "./checks";
import { getCluster, getClusters } from "./clusters";
import { getAmi, getAmiIds } from "./images";
import { getInstances } from "./instances";
import { getInstanceTypeOffering, getInstanceTypeOfferings } from "./instanceTypes";
import { getSecurityGroup, getSubnet, getSubnets, getVpc } from "./network";

/** Every function that the local provider serves: what the components use, and no more. */
export const functionTypes: readonly FunctionType[] = [
    getAmi,
    getAmiIds,
    getAvailabilityZones,
    getCallerIdentity,
    getCluster,
    getClusters,
    getInstanceProfile,
    getInstances,
    getInstanceTypeOffering,
    getInstanceTypeOfferings,
    getKeyPair,
    getPartition,
    getRegion,
    getRouteTable,
    getRouteTables,
    getSecurityGroup,
    getSecurityGroups,
    getSubnet,
    getSubnets,
    getVpc,
    getVpcEndpoint,
    getVpcs,
];

const byToken = new Map(functionTypes.map((type) => [type.token, type]));

/**
 * The function with this token.
 * @throws Error when the local provider does not serve it
 */
export function functionType(token: string): FunctionType {
    const type = byToken.get(token);
    if (type === undefined) {
        throw new Error(
            `the local cloud's provider does not serve the function ${token}: it serves only what sles-ecs itself uses, ` +
                `${functionTypes.length} functions; use it against AWS instead`,
        );
    }
    return type;
}
