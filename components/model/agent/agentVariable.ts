import { aDuration } from "../duration";
import { z } from "zod";

import { checkedText, listOf, mayBeOutput, oneOf, text, trueOrFalse, wholeNumber } from "../settings/fields";

/** Where a variable is documented, and by which the rows of the table below were read (agent 1.105.1, June 2026). */
export const sources = {
    /** Read by the agent, in its container. */
    agent: "https://github.com/aws/amazon-ecs-agent/blob/v1.105.1/README.md#environment-variables",
    /**
     * Read by ecs-init, which starts the agent and has them from its own environment: the unit has to load
     * /etc/ecs/ecs.config. The same page's second table. Its own defaults for the agent, where
     * they differ from the page: ecs-init/docker/docker.go and docker_config.go.
     */
    ecsInit:
        "https://github.com/aws/amazon-ecs-agent/blob/v1.105.1/README.md#environment-variables (ecs-init)",
} as const;

/** A setting of the agent: one row of the table that makes the schema, the agent's lines and the reference. */
export interface AgentVariable {
    /** The agent's name for it. */
    readonly variable: string;
    readonly kind: Kind;
    /**
     * The first version of the agent that reads it; older ones ignore it and say nothing. Of amazon-ecs-agent's CHANGELOG.md, of what
     * amazon-ecs-init does its packaging/suse/amazon-ecs-init.changes, else the first tag whose sources have the variable.
     * @default - neither names one, and whether an agent reads it is not told
     */
    readonly since?: string;
    /** One sentence. */
    readonly meaning: string;
    /** What a host's agent does without it, as the agent writes it. @default - nothing is set */
    readonly agentDefault?: string;
    /** Another setting of the agent, true or false, without whose value this one does nothing. */
    readonly onlyWith?: { readonly field: string; readonly value: boolean };
    readonly source: string;
}

type Row = Omit<AgentVariable, "source"> & Partial<Pick<AgentVariable, "source">>;

/** Rows of the table that the agent's own documentation has, unless they say otherwise. */
export function readByAgent<const Rows extends Readonly<Record<string, Row>>>(
    rows: Rows,
): { readonly [Field in keyof Rows]: Rows[Field] & AgentVariable } {
    return Object.fromEntries(
        Object.entries(rows).map(([field, row]) => [field, { source: sources.agent, ...row }]),
    ) as { readonly [Field in keyof Rows]: Rows[Field] & AgentVariable };
}

/** How a setting of the agent is given, and how the agent reads it. */
export interface Kind<Schema extends z.ZodType = z.ZodType> {
    readonly schema: Schema;
    /** The values it takes, in words. @default - what the schema says */
    readonly typeText?: string;
    /** The value as the agent reads it: on one line and without quotes around it. */
    write(value: z.output<Schema>): string;
}

export function flag(): Kind<z.ZodBoolean> {
    return { schema: trueOrFalse(), write: String };
}

export function whole(minimum: number, maximum: number): Kind<z.ZodInt> {
    return { schema: wholeNumber(minimum, maximum), write: String };
}

export function word<const Words extends readonly [string, ...string[]]>(
    words: Words,
): Kind<z.ZodEnum<{ [Word in Words[number]]: Word }>> {
    return { schema: oneOf(words), write: String };
}

/**
 * A word that the agent and systemd read alike: the agent trims lines, and systemd, which hands them to ecs-init, takes
 * backslashes away, and quotes at the beginning of a value (systemd.exec(5), EnvironmentFile=).
 */
export const plainWord = /^[^\s,"'\\]+$/;

/** Text without blanks, since the agent trims lines. @param standIn as for `mayBeOutput`. @default - it has to be plain */
export function line(
    pattern: RegExp,
    expected: string,
    standIn?: Parameters<typeof mayBeOutput>[0],
): Kind<z.ZodString> {
    const schema = text(pattern, expected);
    return { schema: standIn === undefined ? schema : schema.meta(mayBeOutput(standIn)), write: String };
}

/**
 * A duration within limits. The agent takes its default instead of a duration that is zero or, for some
 * variables, out of bounds, and says so in its log only; here that is refused.
 */
export function duration(shortest = "1ms", longest?: string): Kind<z.ZodString> {
    const least = durationMilliseconds(shortest) ?? 0;
    const most = longest === undefined ? Infinity : (durationMilliseconds(longest) ?? Infinity);
    const bounds = longest === undefined ? `at least ${shortest}` : `from ${shortest} to ${longest}`;
    const expected = `${aDuration} such as 90s or 1h30m, ${bounds}`;
    const schema = checkedText(expected, (value) => {
        const milliseconds = durationMilliseconds(value) ?? NaN;
        return milliseconds >= least && milliseconds <= most ? undefined : expected;
    });
    return { schema, typeText: `duration, ${bounds}`, write: String };
}

/** A list that the agent reads as JSON. */
export function jsonList<Entry extends z.ZodType<string | number>>(
    entry: Entry,
    expected: string,
): Kind<z.ZodArray<Entry>> {
    return { schema: listOf(entry, expected), write: asciiJson };
}

/** A list that the agent splits at commas. */
export function commaList(entry: z.ZodString, expected: string): Kind<z.ZodArray<z.ZodString>> {
    return { schema: listOf(entry, expected), write: (values) => values.join(",") };
}

/** Names and values, which the agent reads as JSON. */
export function jsonMap(
    schema: z.ZodRecord<z.ZodString, z.ZodString>,
): Kind<z.ZodRecord<z.ZodString, z.ZodString>> {
    return { schema, typeText: "names and values", write: asciiJson };
}

/** JSON on one line in ASCII: some letters are line breaks to some readers on the way, among them YAML's. */
export function asciiJson(value: unknown): string {
    return JSON.stringify(value).replace(
        /[\u007f-\uffff]/g,
        (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}

const unitMilliseconds = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;
type Unit = keyof typeof unitMilliseconds;

/** Go counts nanoseconds in 63 bits; a longer duration is none (Go, package time, ParseDuration). */
const longestMilliseconds = 2 ** 63 / 1e6;

/**
 * Reads a duration in the form that the agent takes (Go, package time, ParseDuration), of hours, minutes, seconds
 * and milliseconds.
 * @returns milliseconds, or undefined for text that is no such duration
 */
function durationMilliseconds(text: string): number | undefined {
    if (!/^(?:\d+(?:\.\d+)?(?:h|ms|m|s))+$/.test(text)) {
        return undefined;
    }
    const sum = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)].reduce(
        (milliseconds, [, count, unit]) => milliseconds + Number(count) * unitMilliseconds[unit as Unit],
        0,
    );
    return sum < longestMilliseconds ? sum : undefined;
}
