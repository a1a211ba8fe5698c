/**
 * The one vocabulary of tags. Whoever looks for the resources of an environment, in AWS or in code, looks for
 * these.
 */
export const tagKeys = {
    /** Name of the environment. */
    environment: "sles-ecs:environment",
    /** `<organization>/<project>/<stack>`: whose the resource is. */
    stack: "sles-ecs:stack",
    /** Always `sles-ecs`: finds everything of this product in an account. */
    managedBy: "sles-ecs:managed-by",
    /** Number of the fixed host that a host or docker volume belongs to, from 1. */
    host: "sles-ecs:host",
    /** `docker` on docker volumes. */
    storage: "sles-ecs:storage",
    /** `true` on what outlives the environment on purpose. */
    keep: "sles-ecs:keep",
    /** The name people see in consoles. */
    name: "Name",
} as const;

/** Value of `tagKeys.managedBy`. */
const managedByValue = "sles-ecs";

/**
 * ECS puts this tag on the Auto Scaling groups of its capacity providers; a group that does not declare it
 * shows a change at every preview.
 */
export const ecsManagedTagKey = "AmazonECSManaged";

export type Tags = Readonly<Record<string, string>>;

export interface Ownership {
    readonly environment: string;
    /** `<organization>/<project>/<stack>`. */
    readonly stack: string;
}

/** The tags of everything in an environment: the settings' own and the product's, which win. */
export function environmentTags(ownership: Ownership, settingsTags: Tags): Tags {
    return {
        ...settingsTags,
        [tagKeys.environment]: ownership.environment,
        [tagKeys.stack]: ownership.stack,
        [tagKeys.managedBy]: managedByValue,
    };
}

/** Adds the name that people see. */
export function withName(tags: Tags, name: string): Tags {
    return { ...tags, [tagKeys.name]: name };
}

/** Why settings may not set a tag key, or undefined when they may. */
export function reservedTagReason(key: string): string | undefined {
    if (key.toLowerCase().startsWith("aws:")) {
        return "aws: is reserved by AWS";
    }
    if (key.toLowerCase().startsWith("sles-ecs:")) {
        return "sles-ecs: is this product's own";
    }
    if (key === tagKeys.name || key === ecsManagedTagKey) {
        return `${key} is set for each resource by this product`;
    }
    return undefined;
}
