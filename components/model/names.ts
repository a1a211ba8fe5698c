import { createHash } from "node:crypto";

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

/** Name that people see for a fixed host, numbered from 1. */
export function hostName(environment: string, number: number): string {
    return `${environment}-host-${number}`;
}

function fit(name: string, limit: number, whole: string): string {
    if (name.length <= limit) {
        return name;
    }
    const digest = createHash("sha256").update(whole).digest("hex").slice(0, 8);
    return `${name.slice(0, limit - digest.length - 1)}-${digest}`;
}
