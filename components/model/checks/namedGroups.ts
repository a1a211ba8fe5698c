import type { ResolvedCreatedNetwork, ResolvedDefaultNetwork } from "../settings";
import { refusal, warning, type Finding, type Findings } from "./finding";
import type { Reads } from "./reads";

type GroupReads = Pick<Reads, "securityGroups" | "routeTables">;

/** The VPC that hosts are to be in. */
interface HostsVpc {
    /** Missing where it does not stand yet. */
    readonly id: string | undefined;
    /** Such as `the default VPC`. */
    readonly name: string;
}

interface NamedGroup {
    readonly id: string;
    readonly path: string;
    /** Hosts get it; else it is what a rule lets in. */
    readonly isWorn: boolean;
}

/**
 * Groups that the settings name beside the hosts' own one must exist, and in the hosts' VPC: an interface takes no other ones, and
 * a rule those of a peered VPC at most (VPC user guide, "Security group rules").
 */
export async function checkNamedGroups(
    reads: GroupReads,
    network: ResolvedDefaultNetwork | ResolvedCreatedNetwork,
    vpc: HostsVpc,
): Promise<Findings> {
    const named = namedBy(network);
    if (named.length === 0) {
        return [];
    }
    const groups = await reads.securityGroups([...new Set(named.map(({ id }) => id))]);
    const outside = groups.some(({ vpcId }) => vpcId !== vpc.id);
    const isPeered = outside && vpc.id !== undefined && (await leadsToPeer(reads, vpc.id));
    return named.flatMap(({ id, path, isWorn }): Finding[] => {
        const group = groups.find((one) => one.id === id);
        if (group === undefined) {
            return [
                refusal("SECURITY_GROUP_NOT_FOUND", path, `there is no security group ${id} in the region`),
            ];
        }
        if (group.vpcId === vpc.id) {
            return [];
        }
        if (vpc.id === undefined) {
            const message = `security group ${id} is in ${group.vpcId}, expected one in ${vpc.name}, which is yet to be made`;
            return [refusal("SUBNET_IN_ANOTHER_VPC", path, message, afterwards)];
        }
        const message = `security group ${id} is in ${group.vpcId}, expected ${vpc.id}, ${vpc.name}`;
        return [
            isPeered && !isWorn
                ? warning("SUBNET_IN_ANOTHER_VPC", path, `${message}, or one that is peered with it`)
                : refusal("SUBNET_IN_ANOTHER_VPC", path, message),
        ];
    });
}

const afterwards =
    "leave the group out of the first update, and name it once the VPC stands and it is in there";

function namedBy(network: ResolvedDefaultNetwork | ResolvedCreatedNetwork): readonly NamedGroup[] {
    const worn = network.securityGroupIds ?? [];
    return [
        ...worn.map((id, index) => ({ id, path: `network.securityGroupIds[${index}]`, isWorn: true })),
        ...(network.ingress ?? []).flatMap(({ source }) =>
            source.kind === "group" ? [{ id: source.groupId, path: source.path, isWorn: false }] : [],
        ),
    ];
}

/** Routes tell that there is a peering, and not with which VPC. */
async function leadsToPeer(reads: GroupReads, vpcId: string): Promise<boolean> {
    const tables = await reads.routeTables(vpcId);
    return tables.some(({ routes }) => routes.some(({ target }) => target.startsWith("pcx-")));
}
