/** Longest names that AWS takes, in characters. Sources: the API reference of each service. */
const limits = {
    /** IAM, CreateRole and CreateInstanceProfile (a profile could have 128; it shares the role's name). */
    instanceRole: 64,
    /** The same of the role that stops the hosts at the end of a lease. */
    leaseRole: 64,
    /** EventBridge Scheduler, CreateScheduleGroup. */
    scheduleGroup: 64,
    /** EC2, CreateLaunchTemplate. */
    launchTemplate: 128,
    /** EC2, CreateSecurityGroup. */
    securityGroup: 255,
    /** The same of the group that interface endpoints have. */
    endpointsGroup: 255,
    /** Auto Scaling, CreateAutoScalingGroup. */
    autoScalingGroup: 255,
    /** ECS, CreateCapacityProvider. */
    capacityProvider: 255,
} as const;

/**
 * What of a resource that stands is left as it is: AWS renames nothing, and a name of an earlier version, without a stack
 * id, must not replace it.
 */
export const keptName = ["name"];

export type NamedKind = keyof typeof limits;

/** What every name starts with. Names of capacity providers must not start with aws, ecs or fargate. */
export const namePrefix = "sles-ecs";

/** How many characters of the stack id are in names: 32 bits for the few names of one account. */
const idLength = 8;

/** What the names end in of the security group of interface endpoints, in AWS and of its resource; no host has that group. */
export const endpointsGroupEnd = "-endpoints";

const leaseRoleEnd = "-lease";

/** What tells the names of one environment's roles, and of its security groups, apart; at the end, where nothing is cut. */
const ends: Readonly<Partial<Record<NamedKind, string>>> = {
    leaseRole: leaseRoleEnd,
    endpointsGroup: endpointsGroupEnd,
};

/** No region's name is longer: `ap-southeast-2` and `us-isob-east-1` have 14 characters. */
const longestRegion = 20;

/** The shortest that a name's beginning is ever cut to. */
const shortestStart = limits.leaseRole - leaseRoleEnd.length - longestRegion - idLength - 2;

/**
 * Name of an environment's resource in AWS. The stack id in it keeps environments apart that are called alike but for
 * their project, case or a dot; without that, and for people, it is the `Name` of the resource. IAM names are global,
 * so they carry the region too; all others are regional. Where a name would be too long, that of the
 * environment is cut.
 */
export function resourceName(kind: NamedKind, environment: string, region: string, stackId?: string): string {
    const isRole = kind === "instanceRole" || kind === "leaseRole";
    const id = stackId === undefined ? "" : `-${stackId.slice(0, idLength)}`;
    // Two regions must never have one name.
    const end = `${isRole ? `-${region}` : ""}${ends[kind] ?? ""}${id}`;
    return `${startOf(environment).slice(0, limits[kind] - end.length)}${end}`;
}

/** Names of environments may have dots, which capacity providers and launch templates do not all take. */
function startOf(environment: string): string {
    return `${namePrefix}-${environment}`.replaceAll(".", "-");
}

/**
 * Whether a name is that of a role of the environment in this region. One that is somebody's own choice tells of no region, nor does
 * one that an earlier version has cut before it.
 */
export function isRoleIn(region: string, name: string, environment: string, stackId?: string): boolean {
    const kinds = ["instanceRole", "leaseRole"] as const;
    // Those of versions before ids have none.
    return kinds.some((kind) =>
        [stackId, undefined].some((id) => name === resourceName(kind, environment, region, id)),
    );
}

/** Whether a name may be one of `resourceName`'s for this environment. */
export function mayBeNamedFor(name: string, environment: string): boolean {
    const start = startOf(environment).slice(0, shortestStart);
    return name.startsWith(start) || name.includes(environment);
}

/** Pulumi's type token of an `SlesEcsCluster`. */
export const componentType = "sles-ecs:components:SlesEcsCluster";

/** Name of the only one that this product's own program makes; programs of others may call theirs otherwise. */
export const programComponent = "sles-ecs";

/** Name of the resource that keeps the stack id in the state. @param component name of the `SlesEcsCluster` */
export function stackIdResource(component: string): string {
    return `${component}-stack-id`;
}

/** Name of the resource that keeps the first form of the lease in the state. @param component name of the `SlesEcsCluster` */
export function leaseResource(component: string): string {
    return `${component}-lease`;
}

/** Name that people see for a host; fixed hosts are numbered from 1, hosts of a group have one name. */
export function hostName(environment: string, number?: number): string {
    return number === undefined ? `${environment}-host` : `${environment}-host-${number}`;
}

/** Name of a repository in Amazon ECR. A cluster's name is one environment's in its region, and so are those that begin with it. */
export function repositoryName(clusterName: string, repository: string): string {
    return `${clusterName}/${repository}`;
}
