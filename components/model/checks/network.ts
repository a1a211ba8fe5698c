import type {
    ResolvedCreatedNetwork,
    ResolvedDefaultNetwork,
    ResolvedExistingNetwork,
    ResolvedNetwork,
} from "../settings";
import { chooseZones } from "../subnets";
import type { Ownership } from "../tags";
import { refusal, warning, type Finding, type Findings } from "./finding";
import { checkNamedGroups } from "./namedGroups";
import { consequences } from "./reach";
import type { Reads, SecurityGroup, Subnet } from "./reads";
import { internet, spanOf } from "./ways/addresses";

/** A subnet that exists. */
export interface FoundSubnet {
    readonly id: string;
    readonly zone: string;
}

export interface FoundDefaultNetwork extends ResolvedDefaultNetwork {
    readonly vpcId: string;
    readonly subnets: readonly FoundSubnet[];
}
interface FoundExistingNetwork {
    readonly mode: "existing";
    readonly vpcId: string;
    readonly subnets: readonly FoundSubnet[];
    readonly securityGroupIds: readonly string[];
}
export interface PlannedNetwork extends ResolvedCreatedNetwork {
    readonly zoneNames: readonly string[];
}

/** What the network of an environment is, or is to be: everything that decides its shape. */
export type NetworkFacts = FoundDefaultNetwork | FoundExistingNetwork | PlannedNetwork;

type NetworkReads = Pick<
    Reads,
    | "subnets"
    | "defaultSubnets"
    | "securityGroups"
    | "defaultVpc"
    | "availabilityZones"
    | "ownNetwork"
    | "routeTables"
>;

export interface NetworkQuestion {
    readonly owner: Ownership;
    /** Zones that offer the hosts' instance type, as far as that is known. */
    readonly offering: Promise<readonly string[]>;
    /** Packages are to be installed on hosts. */
    readonly wantsPackages: boolean;
}

export interface NetworkAnswer {
    readonly findings: Findings;
    /** The subnets that hosts will stand in, as far as they exist already. */
    readonly subnets: readonly Subnet[];
    /** Security groups that hosts get. @default - one of the environment's own */
    readonly groups?: readonly SecurityGroup[];
    /** The setting that such a subnet comes from. */
    readonly pathOf: (subnet: Subnet) => string;
    /** Zones that hosts may go to. */
    readonly zones: readonly string[];
    /** Missing where a finding refuses the network. */
    readonly network?: NetworkFacts;
}

const nothing = { findings: [], subnets: [], zones: [], pathOf: () => "network" } as const;

/** An existing network must exist and be one VPC; for a new one the region must have zones enough. */
export function checkNetwork(
    reads: NetworkReads,
    network: ResolvedNetwork,
    question: NetworkQuestion,
): Promise<NetworkAnswer> {
    switch (network.mode) {
        case "create":
            return plannedNetwork(reads, network, question);
        case "default":
            return defaultNetwork(reads, network);
        case "existing":
            return existingNetwork(reads, network);
    }
}

async function plannedNetwork(
    reads: NetworkReads,
    network: ResolvedCreatedNetwork,
    { owner, offering, wantsPackages }: NetworkQuestion,
): Promise<NetworkAnswer> {
    const [names, own, offered] = await Promise.all([
        reads.availabilityZones(),
        reads.ownNetwork(owner),
        offering,
    ]);
    const zones = chooseZones(network.zones, own.zones, names, offered);
    const findings = [
        ...(network.subnets === "isolated" ? [withoutUpdates(wantsPackages)] : []),
        ...publicBlock(network.cidrBlock),
        ...(await checkNamedGroups(reads, network, { id: own.vpcId, name: "the VPC of the environment" })),
    ];
    if (zones.length === network.zones) {
        return { ...nothing, zones, findings, network: { ...network, zoneNames: zones } };
    }
    const message = `the region has ${names.length} availability zones, got ${network.zones}`;
    const fewer = { do: "setSetting", path: "network.zones", value: names.length, bound: "or less" } as const;
    const tooMany = refusal("SETTINGS_INVALID", "network.zones", message, fewer);
    return { ...nothing, zones, findings: [tooMany, ...findings] };
}

/** Addresses of a VPC's own block are looked for inside it, whatever there is on the Internet. */
function publicBlock(cidrBlock: string): readonly Finding[] {
    const own = spanOf(cidrBlock);
    const isPublic = internet.some(
        ({ first, last }) => own !== undefined && first <= own.last && own.first <= last,
    );
    const message = `${cidrBlock} holds addresses of the Internet, such as AWS's and SUSE's servers may have: hosts would look for these inside the VPC`;
    return isPublic ? [warning("NO_ROUTE_TO_S3", "network.cidrBlock", message, privateBlocks)] : [];
}

const privateBlocks = "take a block of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 (RFC 1918)";

/** What every VPC lacks without a way to the Internet; hosts run without updates, but no package can be installed. */
function withoutUpdates(wantsPackages: boolean): Finding {
    const say = wantsPackages ? refusal : warning;
    const message = `isolated subnets have no route to SUSE's update servers, and no endpoint of a VPC leads there. ${consequences.suse}`;
    const otherwise = { do: "setSetting", path: "network.subnets", value: "private" } as const;
    return say("NO_ROUTE_TO_SUSE", "network.subnets", message, otherwise);
}

async function defaultNetwork(reads: NetworkReads, network: ResolvedDefaultNetwork): Promise<NetworkAnswer> {
    const [vpc, subnets] = await Promise.all([reads.defaultVpc(), reads.defaultSubnets()]);
    const refuse = (...given: Parameters<typeof refusal>) => ({ ...nothing, findings: [refusal(...given)] });
    if (vpc === undefined) {
        return refuse(
            "NO_DEFAULT_VPC",
            "network.mode",
            'the region has no default VPC, expected one because network.mode is "default"',
            "aws ec2 create-default-vpc, or set network.mode to create",
        );
    }
    if (subnets.length === 0) {
        const message = `the default VPC ${vpc.id} has no default subnets`;
        return refuse("NO_DEFAULT_VPC", "network.mode", message, "aws ec2 create-default-subnet");
    }
    // The way out of a default VPC is an internet gateway, which serves public addresses only.
    const usable = subnets.filter((subnet) => subnet.mapPublicIpOnLaunch);
    if (usable.length === 0) {
        return refuse(
            "NO_ROUTE_TO_S3",
            "network",
            "the default subnets of this region give hosts no public address, so that they have no route to S3",
            "aws ec2 modify-subnet-attribute --map-public-ip-on-launch, or set network.mode to create",
        );
    }
    const found = usable
        .map(({ id, zone }) => ({ id, zone }))
        .sort((a, b) => a.zone.localeCompare(b.zone) || a.id.localeCompare(b.id));
    const findings = await checkNamedGroups(reads, network, { id: vpc.id, name: "the default VPC" });
    return {
        ...nothing,
        findings,
        subnets: usable,
        zones: zonesOf(usable),
        network: findings.some(({ severity }) => severity === "error")
            ? undefined
            : { ...network, vpcId: vpc.id, subnets: found },
    };
}

async function existingNetwork(
    reads: NetworkReads,
    { subnetIds, securityGroupIds }: ResolvedExistingNetwork,
): Promise<NetworkAnswer> {
    const [known, groups] = await Promise.all([
        reads.subnets(subnetIds),
        reads.securityGroups(securityGroupIds),
    ]);
    // The order of the settings stays: hosts take turns by it.
    const subnets = subnetIds.flatMap((id) => known.find((subnet) => subnet.id === id) ?? []);
    const vpcId = subnets[0]?.vpcId;
    const findings = [
        ...checkMembers("network.subnetIds", "subnet", "SUBNET_NOT_FOUND", subnetIds, subnets, vpcId),
        ...checkMembers(
            "network.securityGroupIds",
            "security group",
            "SECURITY_GROUP_NOT_FOUND",
            securityGroupIds,
            groups,
            vpcId,
        ),
    ];
    const found = subnets.map(({ id, zone }) => ({ id, zone }));
    return {
        findings,
        subnets,
        // Of groups that are not there nothing can be said.
        groups: findings.length === 0 ? groups : undefined,
        zones: zonesOf(subnets),
        pathOf: (subnet) => `network.subnetIds[${subnetIds.indexOf(subnet.id)}]`,
        network:
            findings.length > 0 || vpcId === undefined
                ? undefined
                : { mode: "existing", vpcId, subnets: found, securityGroupIds },
    };
}

/** Each id must be known, and in the VPC of the first subnet. */
function checkMembers(
    path: string,
    noun: string,
    missingCode: "SUBNET_NOT_FOUND" | "SECURITY_GROUP_NOT_FOUND",
    ids: readonly string[],
    found: readonly { readonly id: string; readonly vpcId: string }[],
    vpcId: string | undefined,
): Findings {
    return ids.flatMap((id, index): Finding[] => {
        const member = found.find((one) => one.id === id);
        if (member === undefined) {
            return [refusal(missingCode, `${path}[${index}]`, `there is no ${noun} ${id} in the region`)];
        }
        if (vpcId === undefined || member.vpcId === vpcId) {
            return [];
        }
        const message = `${noun} ${id} is in ${member.vpcId}, expected ${vpcId}, the VPC of the first subnet`;
        return [refusal("SUBNET_IN_ANOTHER_VPC", `${path}[${index}]`, message)];
    });
}

function zonesOf(subnets: readonly Subnet[]): readonly string[] {
    return [...new Set(subnets.map((subnet) => subnet.zone))].sort();
}
