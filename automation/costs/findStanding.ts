import type { Standing } from "../../components/model/cost/parts";
import { balancerStart } from "../../components/model/services/serviceNames";
import { proofOf } from "../../components/model/tags";
import type { Target } from "../environment/target";
import { findInstances, isGone } from "../hosts/find";
import type { Instance } from "../ports/awsServices";
import { findStillCosts, type StillCosts } from "./stillCosts";

type Asked = Pick<Target, "aws" | "owner" | "stateIds">;

/** What of an environment stands in AWS and costs, each kind by one query, however many there are. */
export async function findStanding(target: Asked): Promise<Standing> {
    const [{ own, group }, still, loadBalancers] = await Promise.all([
        findInstances(target),
        findStillCosts(target),
        countLoadBalancers(target),
    ]);
    const hosts = own.filter((one) => !isGone(one));
    return standingOf({ hosts, isGroup: group !== undefined, still, loadBalancers });
}

/** What stands, of what has been read already. */
export function standingOf(read: {
    readonly hosts: readonly Pick<Instance, "instanceType" | "state" | "publicIpAddress">[];
    readonly isGroup: boolean;
    readonly still: StillCosts;
    readonly loadBalancers: number;
}): Standing {
    const { hosts, isGroup, still, loadBalancers } = read;
    return {
        isGroup,
        hosts: hosts.map(({ instanceType, state, publicIpAddress }) => ({
            instanceType,
            runs: state === "running" || state === "pending",
            hasPublicAddress: publicIpAddress !== undefined,
        })),
        volumes: still.volumes,
        natGateways: still.natGateways.length,
        interfaceEndpoints: still.endpoints.length,
        endpointZones: still.endpointZones,
        addresses: still.addresses.length,
        loadBalancers,
    };
}

/** Those that `service deploy` has made: nothing proves of others whose they are. */
export async function countLoadBalancers({ aws, owner }: Pick<Target, "aws" | "owner">): Promise<number> {
    const { stackId } = owner;
    if (stackId === undefined) {
        return 0;
    }
    const isOwn = (name: string): boolean => name.startsWith(balancerStart(stackId));
    const parts = await aws.loadBalancing.tagged(proofOf(owner), isOwn);
    return parts.filter(({ type }) => type === "loadbalancer").length;
}
