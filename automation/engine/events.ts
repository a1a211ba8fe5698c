import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";

import type { ChangeSummary, EngineObserver, ResourceEvent, ResourceOperation } from "../ports/engine";

/** Pulumi's step names, as far as they differ from ours (sdk/go/common/apitype: OpType). */
const operations: Readonly<Record<string, ResourceOperation>> = {
    same: "same",
    create: "create",
    update: "update",
    delete: "delete",
    replace: "replace",
    "create-replacement": "replace",
    "delete-replaced": "delete",
    read: "read",
    "read-replacement": "read",
    refresh: "refresh",
};

export interface EventCollector {
    /** Takes one event of the engine. */
    take(event: EngineEvent): void;
    /** What all events so far amount to. */
    readonly summary: ChangeSummary;
    /** Messages of all errors so far, with the resource they belong to. */
    readonly errors: readonly EngineError[];
}

export interface EngineError {
    /** Missing where the error belongs to no resource. */
    readonly urn?: string;
    readonly message: string;
}

/**
 * Turns the engine's events into ours, passes them on as they come, and keeps what the summary needs.
 * @param kind a refresh tells its differences only by what each resource came out as
 */
export function collectEvents(kind: "update" | "refresh", observer: EngineObserver | undefined): EventCollector {
    const steps = new Map<string, ResourceEvent>();
    const errors: EngineError[] = [];
    let counts: ChangeSummary["counts"] = {};
    const step = (phase: ResourceEvent["phase"], metadata: StepEventMetadata): void => {
        const event = toResourceEvent(phase, metadata);
        observer?.resource(event);
        const counted = kind === "refresh" ? phase === "done" : phase !== "failed" && metadata.logical !== false;
        if (counted && isChange(event.operation)) {
            steps.set(event.urn, event);
        }
    };
    return {
        take: (event) => {
            if (event.resourcePreEvent) {
                step("started", event.resourcePreEvent.metadata);
            } else if (event.resOutputsEvent) {
                step("done", event.resOutputsEvent.metadata);
            } else if (event.resOpFailedEvent) {
                step("failed", event.resOpFailedEvent.metadata);
            } else if (event.diagnosticEvent) {
                const diagnostic = toDiagnostic(event.diagnosticEvent);
                // What a program throws arrives twice: by itself, and as the reason why the program failed.
                if (diagnostic !== undefined && !errors.some(({ message }) => message === diagnostic.message)) {
                    observer?.diagnostic(diagnostic);
                    if (diagnostic.severity === "error") {
                        errors.push(diagnostic);
                    }
                }
            } else if (event.summaryEvent) {
                counts = toCounts(event.summaryEvent.resourceChanges);
            }
        },
        get summary() {
            return { counts: kind === "refresh" ? countSteps(steps.values()) : counts, steps: [...steps.values()] };
        },
        errors,
    };
}

function toResourceEvent(phase: ResourceEvent["phase"], metadata: StepEventMetadata): ResourceEvent {
    return {
        phase,
        operation: operations[metadata.op] ?? "other",
        urn: metadata.urn,
        type: metadata.type,
        name: metadata.urn.split("::").at(-1) ?? metadata.urn,
        changedProperties: metadata.diffs ?? [],
    };
}

function isChange(operation: ResourceOperation): boolean {
    return ["create", "update", "replace", "delete"].includes(operation);
}

function toDiagnostic({ severity, message, urn, ephemeral }: NonNullable<EngineEvent["diagnosticEvent"]>) {
    const text = plainText(message);
    if (text === "" || ephemeral === true) {
        return undefined;
    }
    return {
        severity: severity === "info#err" ? ("info" as const) : severity,
        message: text,
        ...(urn === undefined || urn === "" ? {} : { urn }),
    };
}

/** Without colours, and without the places in this program's own code, which help nobody to mend anything. */
function plainText(message: string): string {
    return message
        .replace(/<\{%[^%]*%\}>/g, "")
        .replace(/^Unhandled exception: (?:[A-Z]\w*Error|Error): /, "")
        .split("\n")
        .filter((line) => !/^\s+at .*:\d+:\d+\)?$/.test(line))
        .join("\n")
        .trim();
}

function toCounts(changes: Readonly<Record<string, number | undefined>> | undefined): ChangeSummary["counts"] {
    const counts: Partial<Record<ResourceOperation, number>> = {};
    for (const [op, count] of Object.entries(changes ?? {})) {
        // The engine counts a replacement as `replace` and tells its two halves apart besides.
        if (op !== "create-replacement" && op !== "delete-replaced") {
            const operation = operations[op] ?? "other";
            counts[operation] = (counts[operation] ?? 0) + (count ?? 0);
        }
    }
    return counts;
}

function countSteps(steps: Iterable<ResourceEvent>): ChangeSummary["counts"] {
    const counts: Partial<Record<ResourceOperation, number>> = {};
    for (const { operation } of steps) {
        counts[operation] = (counts[operation] ?? 0) + 1;
    }
    return counts;
}
