/** Longest names that AWS takes, in characters. Sources: the API reference of each service. */
const limits = {
    /** IAM, CreateRole and CreateInstanceProfile (a profile could have 128; it shares the role's name). */
    instanceRole: 64,
    /** EC2, CreateLaunchTemplate. */
    launchTemplate: 128,
    /** EC2, CreateSecurityGroup. */
    securityGroup: 255,
    /** Auto Scaling, CreateAutoScalingGroup. */
    autoScalingGroup: 255,
    /** ECS, CreateCapacityProvider. */
    capacityProvider: 255,
} as const;

export type NamedKind = keyof typeof limits;

/** What every name starts with. Names of capacity providers must not start with aws, ecs or fargate. */
const prefix = "sles-ecs";

/**
 * Name of an environment's resource in AWS. IAM names are global, so they carry the region too; all others are
 * regional. A name that would be too long is cut, and a digest of the whole keeps it unique.
 */
export function resourceName(kind: NamedKind, environment: string, region: string): string {
    const parts = kind === "instanceRole" ? [prefix, environment, region] : [prefix, environment];
    // Names of environments may have dots, which capacity providers and launch templates do not all take.
    return fit(parts.join("-").replaceAll(".", "-"), limits[kind], parts.join("/"));
}

/** Name that people see for a host; fixed hosts are numbered from 1, hosts of a group have one name. */
export function hostName(environment: string, number?: number): string {
    return number === undefined ? `${environment}-host` : `${environment}-host-${number}`;
}

function fit(name: string, limit: number, whole: string): string {
    if (name.length <= limit) {
        return name;
    }
    const digest = fingerprint(whole);
    return `${name.slice(0, limit - digest.length - 1)}-${digest}`;
}

/** FNV-1a with 32 bits: short, the same everywhere, and different enough for the few names of one account. */
function fingerprint(text: string): string {
    const hash = [...new TextEncoder().encode(text)].reduce(
        (sum, byte) => Math.imul(sum ^ byte, 0x01000193) >>> 0,
        0x811c9dc5,
    );
    return hash.toString(16).padStart(8, "0");
}
