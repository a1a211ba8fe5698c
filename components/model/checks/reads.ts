import type { LockedImage } from "../images/imageLock";
import type { ImageCandidate } from "../images/imageOrder";
import type { PintRecord } from "../images/pintRecord";
import { zonesByPlace, type ZonePlaces } from "../subnets";
import type { SuseServer } from "../suseServers";
import type { Ownership, Tags } from "../tags";

export interface Caller {
    readonly accountId: string;
    readonly arn: string;
    readonly region: string;
}

/** A cluster as ECS describes it. */
export interface Cluster {
    readonly name: string;
    readonly arn: string;
    readonly status: string;
    readonly registeredHosts: number;
    readonly runningTasks: number;
    readonly pendingTasks: number;
    /** Missing where the door does not learn it. */
    readonly activeServices?: number;
    readonly tags: Tags;
}

/** ECS shows a deleted cluster for a while, as INACTIVE; until then it holds its name, whatever its status. */
export function unlessDeleted<Found extends Pick<Cluster, "status">>(
    cluster: Found | undefined,
): Found | undefined {
    return cluster?.status === "INACTIVE" ? undefined : cluster;
}

/** A machine image as EC2 lists it. */
export interface MachineImage extends ImageCandidate, LockedImage {
    readonly rootVolumeGiB?: number;
    /** Such as `/dev/sda1`. */
    readonly rootDeviceName?: string;
}

export interface Subnet {
    readonly id: string;
    readonly vpcId: string;
    readonly zone: string;
    /** Hosts that start in it get a public IPv4 address. */
    readonly mapPublicIpOnLaunch: boolean;
    /** Missing where the door does not learn it. */
    readonly cidrBlock?: string;
}

/** A network that the environment has made; empty before its first update. */
export interface OwnNetwork {
    readonly vpcId?: string;
    /** Zones of its subnets, as `zonesByPlace` gives them. */
    readonly zones: ZonePlaces;
}

/** @param subnets that carry the environment's tags */
export function networkOf(
    subnets: readonly (Pick<Subnet, "vpcId" | "zone"> & { readonly cidrBlock: string })[],
): OwnNetwork {
    return { vpcId: subnets[0]?.vpcId, zones: zonesByPlace(subnets) };
}

/** A subnet that hosts may be in: by its id where it is known, else the only one of its zone. */
export interface HostPlace {
    readonly subnetId?: string;
    readonly zone: string;
}

/** Something that a security group lets through; it lets nothing else through. */
export interface GroupRule {
    readonly isEgress: boolean;
    /** `tcp` or its number, `-1` for every protocol, or another one. */
    readonly protocol: string;
    /** Missing where every port is meant. */
    readonly fromPort?: number;
    readonly toPort?: number;
    /** CIDR block, prefix list or security group of the other side, such as `0.0.0.0/0`, `pl-…` or `sg-…`. */
    readonly peer: string;
}

export interface SecurityGroup {
    readonly id: string;
    readonly vpcId: string;
    /** Missing where the door does not learn them. */
    readonly rules?: readonly GroupRule[];
}

/** A rule of a network ACL; the one with the lowest number that fits decides. */
export interface AclRule {
    readonly number: number;
    readonly isEgress: boolean;
    readonly allows: boolean;
    /** Number of the protocol, such as `6` for TCP; `-1` for every one. */
    readonly protocol: string;
    readonly cidrBlock: string;
    /** Missing where every port is meant. */
    readonly fromPort?: number;
    readonly toPort?: number;
}

export interface NetworkAcl {
    readonly id: string;
    readonly subnetIds: readonly string[];
    readonly rules: readonly AclRule[];
}

export interface NatGateway {
    readonly id: string;
    /** Such as `available`, `pending` or `failed`. */
    readonly state: string;
    /** `public` or `private`; only a public one leads to the Internet. */
    readonly connectivity: string;
    /** Missing for a regional one, for whose way out AWS itself cares. */
    readonly subnetId?: string;
}

export interface Route {
    /** CIDR block or prefix list that the route leads to, such as `0.0.0.0/0` or `pl-63a5400a`. */
    readonly destination: string;
    /** Id of what the route leads through, such as `igw-…`, `nat-…`, `vpce-…`, or `local`. */
    readonly target: string;
    /** `active`, or `blackhole` when the target is gone. */
    readonly state: string;
}

export interface RouteTable {
    readonly id: string;
    readonly vpcId: string;
    /** Serves every subnet of the VPC that has no route table of its own. */
    readonly main: boolean;
    readonly subnetIds: readonly string[];
    readonly routes: readonly Route[];
}

export interface VpcEndpoint {
    readonly id: string;
    /** Such as `com.amazonaws.eu-central-1.s3`. */
    readonly serviceName: string;
    /** `Gateway` or `Interface`. */
    readonly type: string;
    readonly state: string;
    readonly routeTableIds: readonly string[];
    /** Whether hosts of the VPC find it by the service's own name. What follows is missing where the door does not learn it. */
    readonly privateDns?: boolean;
    readonly subnetIds?: readonly string[];
    readonly securityGroupIds?: readonly string[];
    /** A policy as JSON. */
    readonly policy?: string;
}

/** A volume that is not being deleted. */
export interface StandingVolume {
    readonly id: string;
    readonly sizeGiB: number;
    /** Such as `gp3`. */
    readonly type?: string;
    readonly zone?: string;
    readonly isEncrypted?: boolean;
    /** ARN of the key that encrypts it; missing where none does. */
    readonly kmsKeyId?: string;
    /** No host holds it. */
    readonly isFree?: boolean;
    /** The instance that holds it. */
    readonly attachedTo?: string;
    readonly tags: Tags;
}

/** A repository of Amazon ECR. */
export interface StandingRepository {
    readonly name: string;
    /** ARN of the key that encrypts it; missing where it has Amazon S3's own keys. */
    readonly kmsKeyId?: string;
    readonly tags: Tags;
}

/** EC2's states of a host that has been started and not terminated; EC2 shows a terminated one for an hour. */
export const standingStates: readonly string[] = ["pending", "running", "stopping", "stopped"];

/** A key of KMS. */
export interface EncryptionKey {
    readonly arn: string;
    /** `Enabled`, or KMS's word for why not, such as `Disabled` or `PendingDeletion`. */
    readonly state: string;
    /** ISO 8601; missing unless it is going to be deleted. */
    readonly deletionDate?: string;
}

/** An on-demand instance that runs or starts, whosever it is. */
export interface OnDemandHost {
    readonly instanceType: string;
    /** It carries the environment's tags. */
    readonly isOwn: boolean;
}

export interface InstanceProfile {
    /** Missing where it holds none. */
    readonly roleArn: string | undefined;
}

/** Calls about one resource, with what they carry of condition keys. */
export interface RoleQuestion {
    readonly actions: readonly string[];
    /** ARN, or `*` for actions that know no resources. */
    readonly resource: string;
    readonly context: Readonly<Record<string, string>>;
}

/** What policies say to a call; `unknown` where a condition asks for more than the question tells. */
export type Verdict = "allowed" | "denied" | "unknown";

/** What IAM's simulator means: it denies as well where it was not told a key of a condition. */
export function verdictOf(isAllowed: boolean, missingContextKeys: readonly string[]): Verdict {
    return isAllowed ? "allowed" : missingContextKeys.length > 0 ? "unknown" : "denied";
}

/** What pint, SUSE's register of its images, says of a region. */
export interface PintAnswer {
    /** Missing where pint gave no answer. */
    readonly pint?: readonly PintRecord[];
    /** Why there are none, or only old ones: a sentence about SUSE's plans. */
    readonly remark?: string;
}

/**
 * What the checks ask, and all that a door has to bring. What does not exist is missing in the answer, and no error.
 * What AWS does not let the caller ask fails with the code AWS_ACCESS_DENIED or AWS_FAILED.
 */
export interface Reads {
    caller(): Promise<Caller>;
    /** A cluster by name, whatever its status; one that is deleted (INACTIVE) may be left out. */
    cluster(name: string): Promise<Cluster | undefined>;
    /** Images of SUSE on AWS (owner alias `amazon`) whose name fits the filter, also those that EC2 hides from lists. */
    images(nameFilter: string): Promise<readonly MachineImage[]>;
    /** Images with these ids, whosever they are. */
    imagesById(ids: readonly string[]): Promise<readonly MachineImage[]>;
    /** Whether hosts of the environment stand. */
    hasHosts(owner: Ownership): Promise<boolean>;
    /** Those of these images that hosts of the environment run on. */
    imagesInUse(owner: Ownership, among: readonly string[]): Promise<readonly string[]>;
    /** By the number of a fixed host that stands, the index of the place that it is in, among these. */
    hostPlaces(
        owner: Ownership,
        numbers: readonly number[],
        places: readonly HostPlace[],
    ): Promise<ReadonlyMap<number, number>>;
    /** The network that the environment has made. */
    ownNetwork(owner: Ownership): Promise<OwnNetwork>;
    /** Docker and root volumes of fixed hosts, of every environment that is called alike: the checks tell them apart. */
    hostVolumes(owner: Ownership): Promise<readonly StandingVolume[]>;
    /** Missing where the door does not ask pint. */
    pint?(region: string): Promise<PintAnswer>;
    subnets(ids: readonly string[]): Promise<readonly Subnet[]>;
    /** The default VPC's own subnets, one a zone; not those that somebody added to it. */
    defaultSubnets(): Promise<readonly Subnet[]>;
    defaultVpc(): Promise<{ readonly id: string } | undefined>;
    securityGroups(ids: readonly string[]): Promise<readonly SecurityGroup[]>;
    routeTables(vpcId: string): Promise<readonly RouteTable[]>;
    /** Endpoints of the VPC, those for Amazon S3 and Amazon ECS at least. */
    vpcEndpoints(vpcId: string): Promise<readonly VpcEndpoint[]>;
    /** NAT gateways of the VPC. Missing where the door cannot ask for them. */
    natGateways?(vpcId: string): Promise<readonly NatGateway[]>;
    /** Missing where the door cannot ask for them. */
    networkAcls?(vpcId: string): Promise<readonly NetworkAcl[]>;
    /** SUSE's region servers, and its update servers for a region. Missing where the door does not ask pint. */
    suseServers?(region: string): Promise<readonly SuseServer[] | undefined>;
    /** Version of the agent of an image, by its name; undefined where SUSE's pages do not tell. Missing where the door cannot ask them. */
    agentVersion?(imageName: string): Promise<string | undefined>;
    /** Availability zones of the region that are open to everybody. */
    availabilityZones(): Promise<readonly string[]>;
    /** Availability zones of the region that offer the instance type. */
    zonesOffering(instanceType: string): Promise<readonly string[]>;
    /** Memory of the instance type; missing where the region does not know the type. */
    memoryMiB(instanceType: string): Promise<number | undefined>;
    /** A repository of the caller's own registry. */
    repository(name: string): Promise<StandingRepository | undefined>;
    /** Tags of a log group of CloudWatch Logs by its name; undefined where there is none. */
    logGroupTags(name: string): Promise<Tags | undefined>;
    keyPairExists(name: string): Promise<boolean>;
    /** The account's default key for EBS in the region, by ARN or alias. */
    defaultEncryptionKey(): Promise<string>;
    /** A key by ARN or alias. */
    encryptionKey(id: string): Promise<EncryptionKey | undefined>;
    /** The account's quota of vCPUs, by its code; missing where the region has none. Missing as a whole where the door cannot ask what runs. */
    vcpuQuota?(code: string): Promise<number | undefined>;
    /** Every one in the region. Missing where the door cannot ask. */
    onDemandHosts?(owner: Ownership): Promise<readonly OnDemandHost[]>;
    /** By instance type, of those that the region knows. Missing where the door cannot ask. */
    vcpusOf?(instanceTypes: readonly string[]): Promise<ReadonlyMap<string, number>>;
    /** An instance profile, with the role that it holds. */
    instanceProfile(name: string): Promise<InstanceProfile | undefined>;
    /** What a role's policies say to calls, by their action; a caller may be kept from having them evaluated. */
    verdictsOnRole(roleArn: string, question: RoleQuestion): Promise<ReadonlyMap<string, Verdict>>;
}
