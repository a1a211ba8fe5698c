/**
 * The one vocabulary of tags. Whoever looks for the resources of an environment, in AWS or in code, looks for
 * these.
 */
export const tagKeys = {
    /** Name of the environment. */
    environment: "sles-ecs:environment",
    /** `<organization>/<project>/<stack>`: whose the resource is, for people. */
    stack: "sles-ecs:stack",
    /** Id of that stack: proves whose the resource is. */
    stackId: "sles-ecs:stack-id",
    /** Always `sles-ecs`: finds everything of this product in an account. */
    managedBy: "sles-ecs:managed-by",
    /** Number of the fixed host that a host or docker volume belongs to, from 1. */
    host: "sles-ecs:host",
    /** `docker` on docker volumes. */
    storage: "sles-ecs:storage",
    /** `true` on what outlives the environment on purpose. */
    keep: "sles-ecs:keep",
    /** Who owns a personal environment; on its cluster. */
    owner: "sles-ecs:owner",
    /** Until when it lives, in UTC, or `never`; on its cluster. */
    expiresAt: "sles-ecs:expires-at",
    /** Since when the environment is paused, and what its group gets back; on its cluster. */
    paused: "sles-ecs:paused",
    /** What a service gets back after the pause; on services of the cluster. */
    pausedCount: "sles-ecs:paused-count",
    /**
     * Id of the stack whose cluster it is lent to: on a group of others that was attached, and on the capacity provider that was
     * made for it. No proof of ownership: with the environment only the loan ends.
     */
    attachedTo: "sles-ecs:attached-to",
    /** Name of the service that it is a part of: on what `service deploy` makes, and on nothing else. */
    service: "sles-ecs:service",
    /** What a task definition was made from, as a checksum. */
    form: "sles-ecs:form",
    /** The name people see in consoles. */
    name: "Name",
} as const;

/** Value of `tagKeys.managedBy`. */
const managedByValue = "sles-ecs";

/**
 * ECS puts this tag on the Auto Scaling groups of its capacity providers; a group that does not declare it
 * shows a change at every preview.
 */
const ecsManagedTagKey = "AmazonECSManaged";

export type Tags = Readonly<Record<string, string>>;

/** Tags to look for. A key without a value must not be there. */
export type TagQuery = Readonly<Record<string, string | undefined>>;

/** Whose a resource is. */
export interface Ownership {
    readonly environment: string;
    /** `<organization>/<project>/<stack>`. Where state is kept in a folder or bucket, other people's may be called alike. */
    readonly stack: string;
    /** Made at the first `up` and kept in the state; missing before, and until the next `up` of an older environment. */
    readonly stackId?: string;
}

/** Name of the Pulumi project that an environment is of. */
export function projectOf({ stack }: Pick<Ownership, "stack">): string | undefined {
    return stack.split("/").at(-2);
}

/** Tags that prove whose a resource is. Nothing made without a stack id has one, and its stack's name must do. */
export function proofOf({ stack, stackId }: Ownership): TagQuery {
    return stackId === undefined
        ? { [tagKeys.stack]: stack, [tagKeys.stackId]: undefined }
        : { [tagKeys.stackId]: stackId };
}

/** What is lent to an environment carries these. */
export function loanOf({ stack, stackId }: Pick<Ownership, "stack" | "stackId">): Tags {
    return { [tagKeys.attachedTo]: stackId ?? stack };
}

/** What everything of this product carries, whosever it is. */
export const managedTags: TagQuery = { [tagKeys.managedBy]: managedByValue };

/** Whose a resource is by its tags; undefined where they do not tell. */
export function ownershipIn(tags: Tags): Ownership | undefined {
    const { [tagKeys.environment]: environment, [tagKeys.stack]: stack, [tagKeys.stackId]: stackId } = tags;
    return environment === undefined || stack === undefined ? undefined : { environment, stack, stackId };
}

/** Whether a resource carries all of the wanted tags. */
export function carries(tags: Tags, wanted: TagQuery): boolean {
    return Object.entries(wanted).every(([key, value]) => tags[key] === value);
}

/**
 * Whether a resource may be the environment's own, for questions that change nothing: a program of Pulumi's is not told
 * whether its environment is older than its stack id, and what it finds then carries the stack's name alone.
 */
export function mayBeOwn(tags: Tags, owner: Ownership): boolean {
    return carries(tags, proofOf(owner)) || carries(tags, proofOf({ ...owner, stackId: undefined }));
}

/** The tags of everything in an environment: the settings' own and the product's, which win. */
export function environmentTags(ownership: Ownership, settingsTags: Tags): Tags {
    return {
        ...settingsTags,
        [tagKeys.environment]: ownership.environment,
        [tagKeys.stack]: ownership.stack,
        ...(ownership.stackId === undefined ? {} : { [tagKeys.stackId]: ownership.stackId }),
        [tagKeys.managedBy]: managedByValue,
    };
}

/** Tags to which the product's own have been added. */
type WithOwn<Value> = Readonly<Record<string, Value | string>>;

/** Adds the name that people see. */
export function withName<Value, Name = string>(
    tags: Readonly<Record<string, Value>>,
    name: Name,
): WithOwn<Value | Name> {
    return { ...tags, [tagKeys.name]: name };
}

/** The tags of a fixed host, and of its root volume. @param number of the host, from 1 */
export function hostTags<Value>(
    tags: Readonly<Record<string, Value>>,
    name: string,
    number: number,
): WithOwn<Value> {
    return { ...withName(tags, name), [tagKeys.host]: String(number) };
}

/** The number of the fixed host that these tags are of; hosts of a group have none. */
export function hostNumberIn(tags: Tags): number | undefined {
    const tag = tags[tagKeys.host];
    return tag === undefined ? undefined : Number(tag);
}

/** The tags of a fixed host's docker volume. @param keep whether it outlives the environment */
export function dockerVolumeTags<Value>(
    tags: Readonly<Record<string, Value>>,
    {
        name,
        hostNumber,
        keep,
    }: { readonly name: string; readonly hostNumber: number; readonly keep: boolean },
): WithOwn<Value> {
    return {
        ...hostTags(tags, name, hostNumber),
        [tagKeys.storage]: "docker",
        ...(keep ? { [tagKeys.keep]: "true" } : {}),
    };
}

/** The tags of a repository. @param keep whether it outlives the environment with its images */
export function repositoryTags<Value>(
    tags: Readonly<Record<string, Value>>,
    name: string,
    keep: boolean,
): WithOwn<Value> {
    return { ...withName(tags, name), ...(keep ? { [tagKeys.keep]: "true" } : {}) };
}

/** The tags of a group, which its hosts get as well. */
export function groupTags<Value>(tags: Readonly<Record<string, Value>>, name: string): WithOwn<Value> {
    return { ...withName(tags, name), [ecsManagedTagKey]: "true" };
}

/** What the product adds to resources of each kind that gets more than the environment's tags and a name. */
const ownTags = (() => {
    const tags = environmentTags({ environment: "", stack: "", stackId: "" }, {});
    return {
        fixed: hostTags(tags, "", 1),
        autoScaling: groupTags(tags, ""),
        dockerVolume: dockerVolumeTags(tags, { name: "", hostNumber: 1, keep: true }),
        cluster: withName(
            { ...tags, [tagKeys.owner]: "", [tagKeys.expiresAt]: "", [tagKeys.paused]: "" },
            "",
        ),
    };
})();

/** Keys of the tags that the product gives a host. */
export function ownHostTagKeys(mode: "fixed" | "autoScaling"): readonly string[] {
    return Object.keys(ownTags[mode]);
}

/**
 * How many tags a resource takes, those of AWS's own (`aws:`) apart. Sources:
 * https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html, API_Tag.html of ECS and
 * API_CreateTags.html of EC2
 */
export const maxTagsOfResource = 50;

/** How many the product adds to the resource that gets the most. */
export const mostOwnTags = Math.max(...Object.values(ownTags).map((tags) => Object.keys(tags).length));

/** Why settings may not set a tag key, or undefined when they may. */
export function reservedTagReason(key: string): string | undefined {
    if (key.toLowerCase().startsWith("aws:")) {
        return "aws: is reserved by AWS";
    }
    if (key.toLowerCase().startsWith("sles-ecs:")) {
        return "sles-ecs: is this product's own";
    }
    // IAM takes keys that differ in case alone for one (see `tagsSchema`), and the role has a name as well.
    if (key.toLowerCase() === tagKeys.name.toLowerCase() || key === ecsManagedTagKey) {
        return `${key} is set for each resource by this product`;
    }
    return undefined;
}
