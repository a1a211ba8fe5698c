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

/** What tells the names of one environment's roles apart; at the end, where nothing is cut. */
const roleEnd = { instanceRole: "", leaseRole: "-lease" } as const;

/** The shortest that a name's beginning is ever cut to. */
const shortestStart = limits.leaseRole - roleEnd.leaseRole.length - idLength - 1;

/**
 * Name of an environment's resource in AWS. The stack id in it keeps environments apart that are called alike but for
 * their project, case or a dot; without that, and for people, it is the `Name` of the resource. IAM names are global,
 * so they carry the region too; all others are regional. What would make a name too long is cut.
 */
export function resourceName(kind: NamedKind, environment: string, region: string, stackId?: string): string {
    const isRole = kind === "instanceRole" || kind === "leaseRole";
    const parts = isRole ? [namePrefix, environment, region] : [namePrefix, environment];
    // Names of environments may have dots, which capacity providers and launch templates do not all take.
    const name = parts.join("-").replaceAll(".", "-");
    const end = `${isRole ? roleEnd[kind] : ""}${stackId === undefined ? "" : `-${stackId.slice(0, idLength)}`}`;
    return `${name.slice(0, limits[kind] - end.length)}${end}`;
}

/** The region in the name of an environment's role; undefined where the name was cut before it, or is somebody's own. */
export function regionInName(name: string, environment: string): string | undefined {
    const start = `${namePrefix}-${environment.replaceAll(".", "-")}-`;
    return name.startsWith(start)
        ? /^[a-z]{2,}(?:-[a-z]+)+-\d+(?=-|$)/.exec(name.slice(start.length))?.[0]
        : undefined;
}

/** Whether a name may be one of `resourceName`'s for this environment. */
export function mayBeNamedFor(name: string, environment: string): boolean {
    const start = `${namePrefix}-${environment.replaceAll(".", "-")}`.slice(0, shortestStart);
    return name.startsWith(start) || name.includes(environment);
}

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
