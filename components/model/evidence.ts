import { z } from "zod";

/** Something of an environment in AWS, as the record of a destroy has it. */
export interface EvidenceItem {
    /** Pulumi type token, or AWS's word where the engine knew nothing of it, such as `ecs:service`. */
    readonly type: string;
    readonly name: string;
    /** ARN or id. */
    readonly id: string;
    /** Why it was kept, or could not be removed. */
    readonly reason?: string;
}

/** EC2's, by ids that can be asked for (see `readers` in automation/aws/ec2Resources.ts). */
export const ec2Id = /^(i|vol|nat|eipalloc|vpce|sg|sgr|vpc|subnet|rtb|igw|eni|lt)-/;

/** What tells one thing from all others: a role, its profile and a group may share a name, which is the id of each. */
export function keyOfItem({ type, id }: Pick<EvidenceItem, "type" | "id">): string {
    const isUnique = id.startsWith("arn:") || ec2Id.test(id) || /^[a-z]+-[0-9a-f]{8,}$/.test(id);
    return isUnique ? id : `${type} ${id}`;
}

/** Several lists as one, with everything in it once. */
export function onceEach(items: readonly EvidenceItem[]): readonly EvidenceItem[] {
    const known = new Set<string>();
    return items.filter((one) => !known.has(keyOfItem(one)) && known.add(keyOfItem(one)));
}

/** One change that was asked of AWS on the way out, by this program or by the engine. */
export interface EvidenceStep {
    /** When AWS, or the engine, answered; ISO 8601, UTC. */
    readonly at: string;
    /** What was to be done, such as `delete` or `set desired count to 0`. */
    readonly what: string;
    readonly type: string;
    readonly name: string;
    readonly id: string;
    /** `done` also where AWS answered that it is gone already. */
    readonly outcome: "done" | "refused";
    /** AWS's words where it refused. */
    readonly answer?: string;
}

/** Something that could not be looked for, so that nothing can be said of it. */
export interface Unseen {
    /** Such as `IAM roles`. */
    readonly what: string;
    readonly reason: string;
}

/** What a destroy comes to; `unfinished` where it ended before the proof. */
export type Verdict = "gone" | "left" | "unseen" | "unfinished";

/** What removes environments, and makes records of it. */
export type EvidenceVerb = "destroy" | "orphans";

/** The record of a destroy; printed whole by `destroy --output json`, and written by `destroy --evidence`. */
export interface Evidence {
    readonly kind: "evidence";
    /** What made it, and goes on with it; missing in one that is older than this field. */
    readonly verb?: EvidenceVerb;
    readonly environment: string;
    /** `<organization>/<project>/<stack>`. */
    readonly stack: string;
    /** What everything of the environment carries as the tag `sles-ecs:stack-id`; missing in one that is older than ids. */
    readonly stackId?: string;
    readonly accountId: string;
    readonly region: string;
    /** ISO 8601, UTC. */
    readonly startedAt: string;
    readonly finishedAt: string;
    readonly verdict: Verdict;
    /** Whether it came as far as the proof. */
    readonly finished: boolean;
    /** Why it did not. */
    readonly failure?: { readonly code: string; readonly message: string };
    /** What was there before anything was removed, by the state and by AWS. */
    readonly before: readonly EvidenceItem[];
    /** In the order in which AWS answered. */
    readonly steps: readonly EvidenceStep[];
    /** In the order in which things went. */
    readonly removed: readonly EvidenceItem[];
    /** What the last look at AWS has found: all that is kept, and all that is left. */
    readonly after: readonly EvidenceItem[];
    /** Outlives the environment because the settings say so, or because a backup made it; `reason` tells which. */
    readonly kept: readonly EvidenceItem[];
    /** Should be gone and is not; any entry makes the exit code 7. */
    readonly left: readonly EvidenceItem[];
    /** What the last look could not look for; any entry makes the exit code 7. */
    readonly unseen: readonly Unseen[];
    /** Groups of others that were lent to it (`hosts attach`) before anything was removed; missing where none was. */
    readonly loans?: readonly EvidenceItem[];
    /** Those of them that were given back; the others are in `left`. */
    readonly givenBack?: readonly EvidenceItem[];
    /** What of others uses something of it, so that EC2 does not delete it; missing where nothing does. */
    readonly inTheWay?: readonly EvidenceItem[];
}

/** Whether nothing of the environment is there any more, and all of it could be looked for. */
export function isProvenGone({ verdict }: Pick<Evidence, "verdict">): boolean {
    return verdict === "gone";
}

const item = z.looseObject({
    type: z.string(),
    name: z.string(),
    id: z.string(),
    reason: z.string().optional(),
});
const step = z.looseObject({
    ...item.omit({ reason: true }).shape,
    at: z.iso.datetime(),
    what: z.string(),
    outcome: z.enum(["done", "refused"]),
    answer: z.string().optional(),
});

/** Fields that a later version adds are no reason to refuse a file. */
const document: z.ZodType<Evidence> = z.looseObject({
    kind: z.literal("evidence"),
    verb: z.enum(["destroy", "orphans"]).optional(),
    environment: z.string().min(1),
    stack: z.string().min(1),
    stackId: z.string().min(1).optional(),
    accountId: z.string().regex(/^\d{12}$/, "expected the twelve digits of an account"),
    region: z.string().min(1),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime(),
    verdict: z.enum(["gone", "left", "unseen", "unfinished"]),
    finished: z.boolean(),
    failure: z.looseObject({ code: z.string(), message: z.string() }).optional(),
    before: z.array(item),
    steps: z.array(step),
    removed: z.array(item),
    after: z.array(item),
    kept: z.array(item),
    left: z.array(item),
    unseen: z.array(z.looseObject({ what: z.string(), reason: z.string() })),
    loans: z.array(item).optional(),
    givenBack: z.array(item).optional(),
    inTheWay: z.array(item).optional(),
});

/** What is wrong with a file that should hold evidence, a line a problem with its path. */
export type EvidenceProblems = readonly string[];

/** Reads evidence from the values of a JSON document. @param version of the shape that is understood */
export function readEvidence(values: unknown, version: number): Evidence | EvidenceProblems {
    const head = z.looseObject({ version: z.number() }).safeParse(values);
    if (!head.success) {
        return ["version: missing, so that this is no document of sles-ecs"];
    }
    if (head.data.version !== version) {
        return [`version: got ${head.data.version}, expected ${version}`];
    }
    const read = document.safeParse(values);
    return read.success
        ? read.data
        : read.error.issues.map(({ path, message }) => `${path.join(".") || "document"}: ${message}`);
}
