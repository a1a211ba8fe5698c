import { z } from "zod";

import type { KnownProcess } from "./knownProcess";

/** How far a host has come on its way into the cluster. */
export const hostStages = ["starting", "booting", "joining", "ready", "stopped"] as const;
export type HostStage = (typeof hostStages)[number];

/** A stretch of time; ISO 8601, UTC. */
interface Span {
    readonly startedAt: string;
    readonly endedAt: string;
}

export interface RunPhase extends Span {
    readonly title: string;
}

/** What the engine did to one resource. */
export interface RunResource extends Span {
    /** Such as `host 2`. */
    readonly label: string;
    /** What it is a part of, such as `network`. */
    readonly part: string;
    /** Such as `create`. */
    readonly operation: string;
    /** `unfinished` where the run ended before the engine had an answer. */
    readonly outcome: "done" | "failed" | "unfinished";
}

export interface RunHost {
    readonly instanceId: string;
    readonly zone: string;
    /** Of a fixed host. */
    readonly number?: number;
    /** As the ready gate saw them, in their order. */
    readonly stages: readonly (Span & { readonly stage: HostStage })[];
}

/** What one run of `up` did, and when. */
export interface RunRecord extends Span {
    /** The command, such as `up`. */
    readonly verb: string;
    /** `<organization>/<project>/<stack>`. */
    readonly stack: string;
    /** Missing where the run ended before there was one. */
    readonly stackId?: string;
    /** `underWay` until it ends; `brokenOff` where it was killed before that, `endedAt` then being when it was last noted. */
    readonly outcome: "done" | "failed" | "underWay" | "brokenOff";
    /** Which process does it, while it is under way. */
    readonly process?: KnownProcess;
    /** Code of the error that ended it; its words may name what is nobody's business, and are not kept. */
    readonly code?: string;
    readonly phases: readonly RunPhase[];
    readonly resources: readonly RunResource[];
    readonly hosts: readonly RunHost[];
}

/** How many runs of an environment are kept. */
const keptRuns = 5;
/** Rises when a field is removed, renamed or changes its meaning, or gets a value that a reader before it does not know. */
const formVersion = 2;
/** Forms whose texts read as this one: the first had no runs without an end. */
const readVersions = [1, formVersion];

const span = { startedAt: z.iso.datetime(), endedAt: z.iso.datetime() };
const run: z.ZodType<RunRecord> = z.object({
    ...span,
    verb: z.string(),
    stack: z.string(),
    stackId: z.string().optional(),
    outcome: z.enum(["done", "failed", "underWay", "brokenOff"]),
    process: z
        .object({
            processId: z.number(),
            machine: z.string().optional(),
            startedAt: z.string().optional(),
        })
        .optional(),
    code: z.string().optional(),
    phases: z.array(z.object({ ...span, title: z.string() })),
    resources: z.array(
        z.object({
            ...span,
            label: z.string(),
            part: z.string(),
            operation: z.string(),
            outcome: z.enum(["done", "failed", "unfinished"]),
        }),
    ),
    hosts: z.array(
        z.object({
            instanceId: z.string(),
            zone: z.string(),
            number: z.number().optional(),
            stages: z.array(z.object({ ...span, stage: z.enum(hostStages) })),
        }),
    ),
});
const document = z.object({ version: z.literal(readVersions), runs: z.array(run) });

/** The runs in a kept text, oldest first; none where it is of another form. */
export function readRuns(text: string): readonly RunRecord[] {
    try {
        return document.safeParse(JSON.parse(text)).data?.runs ?? [];
    } catch {
        return [];
    }
}

/** The text to keep after one more run. */
export function withRun(runs: readonly RunRecord[], latest: RunRecord): string {
    return `${JSON.stringify({ version: formVersion, runs: [...runs, latest].slice(-keptRuns) })}\n`;
}

/** A run that was under way and is none more: nothing has told its end. */
export function brokenOff({ process, ...run }: RunRecord): RunRecord {
    return process === undefined ? run : { ...run, outcome: "brokenOff" };
}

/** Whether a run was of this environment, and not of an earlier one of that name. */
export function isRunOf(
    { stack, stackId }: Pick<RunRecord, "stack" | "stackId">,
    owner: Pick<RunRecord, "stack" | "stackId">,
): boolean {
    return (
        stack === owner.stack &&
        (stackId === undefined || owner.stackId === undefined || stackId === owner.stackId)
    );
}
