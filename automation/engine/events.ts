import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";

import type {
    ChangeSummary,
    DiagnosticEvent,
    EngineObserver,
    ResourceEvent,
    ResourceOperation,
} from "../ports/engine";
import { countFates } from "../output/fates";
import { engineEpilogue } from "../output/progressState";

/** Pulumi's step names, as far as they differ from ours (sdk/go/common/apitype: OpType). */
const operations: Readonly<Record<string, ResourceOperation>> = {
    same: "same",
    create: "create",
    import: "import",
    "import-replacement": "replace",
    update: "update",
    delete: "delete",
    replace: "replace",
    "create-replacement": "replace",
    "delete-replaced": "delete",
    read: "read",
    "read-replacement": "read",
    refresh: "refresh",
};

export interface EngineError {
    /** Missing where the error belongs to no resource. */
    readonly urn?: string;
    readonly message: string;
}

/** Turns the engine's events into ours, passes them on as they come, and keeps what the summary needs. */
export class EventCollector {
    /** Messages of all errors so far, with the resource they belong to. */
    readonly errors: EngineError[] = [];
    private readonly outcomes = new Map<string, ResourceEvent>();

    /** @param kind a refresh tells its differences only by what each resource came out as */
    constructor(
        private readonly kind: "update" | "refresh",
        private readonly observer: EngineObserver | undefined,
    ) {}

    /** Takes one event of the engine. */
    readonly take = (event: EngineEvent): void => {
        if (event.resourcePreEvent) {
            this.step("started", event.resourcePreEvent.metadata);
        } else if (event.resOutputsEvent) {
            this.step("done", event.resOutputsEvent.metadata);
        } else if (event.resOpFailedEvent) {
            this.step("failed", event.resOpFailedEvent.metadata);
        } else if (event.diagnosticEvent) {
            this.diagnostic(event.diagnosticEvent);
        }
    };

    /** What all events so far amount to. */
    get summary(): ChangeSummary {
        const all = [...this.outcomes.values()];
        const isChange = ({ operation }: ResourceEvent) =>
            ["create", "import", "update", "replace", "delete"].includes(operation);
        return { counts: countFates(all), steps: all.filter(isChange) };
    }

    private step(phase: ResourceEvent["phase"], metadata: StepEventMetadata): void {
        if (!isInAws(metadata)) {
            return;
        }
        const event = toResourceEvent(phase, metadata);
        // The logical step of a replacement does nothing by itself.
        if (metadata.op !== "replace") {
            this.observer?.resource(event);
        }
        // Only the logical one of the three counts; the steps of a refresh are not logical at all.
        if (this.kind === "refresh" ? phase === "done" : phase !== "failed" && metadata.logical === true) {
            const isImported = this.outcomes.get(event.urn)?.operation === "import";
            // Once more at its end, for the order in which things were done.
            this.outcomes.delete(event.urn);
            // An import that finds a difference goes on as an update.
            this.outcomes.set(event.urn, isImported ? { ...event, operation: "import" } : event);
        }
    }

    private diagnostic(event: NonNullable<EngineEvent["diagnosticEvent"]>): void {
        const diagnostic = toDiagnostic(event);
        // What a program throws arrives twice: by itself, and as the reason why the program failed.
        if (diagnostic === undefined || this.errors.some(({ message }) => message === diagnostic.message)) {
            return;
        }
        if (this.errors.length > 0 && engineEpilogue.test(diagnostic.message.trim())) {
            return;
        }
        this.observer?.diagnostic(diagnostic);
        if (diagnostic.severity === "error") {
            this.errors.push(diagnostic);
        }
    }
}

function toResourceEvent(phase: ResourceEvent["phase"], metadata: StepEventMetadata): ResourceEvent {
    return {
        phase,
        operation: operations[metadata.op] ?? "other",
        urn: metadata.urn,
        type: metadata.type,
        name: metadata.urn.split("::").at(-1) ?? metadata.urn,
        changedProperties: metadata.diffs ?? [],
        ...(endsOld(metadata) && metadata.old?.retainOnDelete === true && { isRetained: true }),
    };
}

/** Whether a step ends what stood there before. The deletion that a refresh notes, which is not logical, has been somebody else's. */
function endsOld({ op, logical }: StepEventMetadata): boolean {
    return op === "delete" ? logical === true : op === "replace" || op === "delete-replaced";
}

/** Components and providers are bookkeeping of the engine; nobody finds them in AWS. */
function isInAws({ type, new: after, old: before }: StepEventMetadata): boolean {
    return (after ?? before)?.custom === true && !type.startsWith("pulumi:");
}

/** The engine also sends what it keeps for debugging, which its own type declarations do not know. */
const severities: Readonly<Record<string, DiagnosticEvent["severity"] | undefined>> = {
    error: "error",
    warning: "warning",
    info: "info",
    "info#err": "info",
};

function toDiagnostic({
    severity: level,
    message: markedUp,
    urn,
    ephemeral,
}: NonNullable<EngineEvent["diagnosticEvent"]>): DiagnosticEvent | undefined {
    const message = plainText(markedUp);
    const severity = severities[level];
    return message === "" || ephemeral === true || severity === undefined || isSaidByUs(message)
        ? undefined
        : { severity, message, urn: urn || undefined };
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
