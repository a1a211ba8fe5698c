import { z } from "zod";
import { aDuration, durationExpected, parseDuration } from "../../duration";
import { defaults } from "../defaults";
import { checkedText, text } from "../fields";
import type { Settings } from "../settings.generated";

const expected = `${aDuration} longer than 0: ${durationExpected}`;

function duration(): z.ZodString {
    return checkedText(expected, (value) => ((parseDuration(value) ?? 0) > 0 ? undefined : expected));
}

export const leaseSchema = z
    .strictObject({
        ttl: duration().optional().meta({
            description:
                "How long the environment lives after each `sles-ecs up`, such as 8h or 7d12h. Written by `sles-ecs up --ttl`.",
            defaultText: "- it stays",
        }),
        // ECS API reference, Tag: what the value of a tag may hold.
        owner: text(/^[\p{L}\p{N} _.:/=+@-]{1,256}$/u, "up to 256 letters, digits, spaces and _.:/=+@-")
            .optional()
            .meta({
                description: "Who owns the environment.",
                defaultText: "- whoever brings it up first, by AWS's name for the caller",
            }),
        defaultTtl: duration().optional().meta({
            description: "How long personal environments live that are copied from this one and say nothing.",
            defaultText: "- `longestTtl`, and without that they stay",
        }),
        longestTtl: duration().optional().meta({
            description: "How long they live at most, from each `sles-ecs up` or `sles-ecs extend` on.",
            defaultText: "- as long as they are told to",
        }),
        grace: duration()
            .optional()
            .meta({
                description:
                    "How long after its end a schedule in AWS stops the hosts of an environment that nobody has destroyed.",
                defaultText: `- ${defaults.leaseGrace}`,
            }),
    })
    .meta({
        description: "When the environment ends, and the limits of personal ones that are copied from it.",
        defaultText: "- it stays",
    });

export interface ResolvedLease {
    readonly ttlSeconds: number;
    /** Missing: whoever brings the environment up first. */
    readonly owner?: string;
    readonly longestTtlSeconds?: number;
    readonly graceSeconds: number;
}

/** Missing for an environment that stays. @throws RangeError for a duration that has not passed the schema */
export function resolveLease({
    ttl,
    owner,
    longestTtl,
    grace = defaults.leaseGrace,
}: NonNullable<Settings["lease"]> = {}): ResolvedLease | undefined {
    if (ttl === undefined) {
        return undefined;
    }
    return {
        ttlSeconds: seconds(ttl),
        owner,
        longestTtlSeconds: longestTtl === undefined ? undefined : seconds(longestTtl),
        graceSeconds: seconds(grace),
    };
}

function seconds(text: string): number {
    const value = parseDuration(text);
    if (value === undefined) {
        throw new RangeError(`got ${text}, expected ${expected}`);
    }
    return value;
}
