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
    readonly take: (event: EngineEvent) => void;
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
export function collectEvents(
    kind: "update" | "refresh",
    observer: EngineObserver | undefined,
): EventCollector {
    const outcomes = new Map<string, ResourceEvent>();
    const errors: EngineError[] = [];
    const step = (phase: ResourceEvent["phase"], metadata: StepEventMetadata): void => {
        if (!isInAws(metadata)) {
            return;
        }
        const event = toResourceEvent(phase, metadata);
        // The logical step of a replacement does nothing by itself.
        if (metadata.op !== "replace") {
            observer?.resource(event);
        }
        // Only the logical one of the three counts; the steps of a refresh are not logical at all.
        if (kind === "refresh" ? phase === "done" : phase !== "failed" && metadata.logical === true) {
            // Once more at its end, for the order in which things were done.
            outcomes.delete(event.urn);
            outcomes.set(event.urn, event);
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
                if (
                    diagnostic !== undefined &&
                    !errors.some(({ message }) => message === diagnostic.message)
                ) {
                    observer?.diagnostic(diagnostic);
                    if (diagnostic.severity === "error") {
                        errors.push(diagnostic);
                    }
                }
            }
        },
        get summary() {
            const all = [...outcomes.values()];
            return {
                counts: countOperations(all),
                steps: all.filter(({ operation }) => isChange(operation)),
            };
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

/** Components and providers are bookkeeping of the engine; nobody finds them in AWS. */
function isInAws({ type, new: after, old: before }: StepEventMetadata): boolean {
    return (after ?? before)?.custom === true && !type.startsWith("pulumi:");
}

function isChange(operation: ResourceOperation): boolean {
    return ["create", "update", "replace", "delete"].includes(operation);
}

function toDiagnostic({ severity, message, urn, ephemeral }: NonNullable<EngineEvent["diagnosticEvent"]>) {
    const text = plainText(message);
    // The engine also sends what it keeps for debugging, which its own type declarations do not know.
    const level = ({ error: "error", warning: "warning", info: "info", "info#err": "info" } as const)[
        severity
    ];
    if (
        text === "" ||
        ephemeral === true ||
        (level as string | undefined) === undefined ||
        isSaidByUs(text)
    ) {
        return undefined;
    }
    return {
        severity: level,
        message: text,
        ...(urn === undefined || urn === "" ? {} : { urn }),
    };
}

/** A page of text about what a killed engine left, of which the stack tells in a line. */
function isSaidByUs(text: string): boolean {
    return /^Attempting to deploy or update resources with \d+ pending operations/.test(text);
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

function countOperations(events: readonly ResourceEvent[]): ChangeSummary["counts"] {
    const counts: Partial<Record<ResourceOperation, number>> = {};
    for (const { operation } of events) {
        counts[operation] = (counts[operation] ?? 0) + 1;
    }
    return counts;
}
