import type { DiagnosticEvent, ResourceEvent, ResourceFate } from "../ports/engine";
import type { HostReached } from "../ports/io";
import { fateOf } from "./fates";
import { describeResource, describeUrn } from "./resourceWords";

/** Everything that progress output is told, each with the moment it happened. */
export type ProgressEvent = { readonly at: Date } & (
    | { readonly kind: "phase"; readonly title: string }
    | { readonly kind: "resource"; readonly resource: ResourceEvent }
    | { readonly kind: "diagnostic"; readonly diagnostic: DiagnosticEvent }
    | { readonly kind: "status"; readonly lines: readonly string[] }
    | ({ readonly kind: "hosts" } & HostsReached)
    | { readonly kind: "note"; readonly line: string }
    | { readonly kind: "end"; readonly failed: boolean }
);

/** A resource that the engine is working on. */
interface ResourceInWork {
    readonly fate: ResourceFate;
    readonly label: string;
    readonly startedAt: Date;
}

export interface Failure {
    readonly label: string;
    readonly message: string;
    /** It was in a phase before this one. @default false */
    readonly isEarlier?: true;
}

/** What is waited for, in a line. */
export interface StatusLine {
    readonly text: string;
    /** Since when it is told. */
    readonly since: Date;
}

/** The hosts that are waited for at one time. */
export interface HostsReached<Host extends HostReached = HostReached> {
    readonly wanted: number;
    readonly all: readonly Host[];
}

/** A host that is waited for, and since when it is in its stage. */
export interface AwaitedHost extends HostReached {
    readonly since: Date;
}

export interface ProgressState {
    readonly phase: { readonly title: string; readonly startedAt: Date } | undefined;
    /** By URN and operation, in the order in which they were started. */
    readonly inWork: ReadonlyMap<string, ResourceInWork>;
    /** Resources of this phase that are finished, unchanged ones not counted. */
    readonly finished: number;
    readonly failures: readonly Failure[];
    readonly status: readonly StatusLine[];
    /** Instead of a status. @default - no hosts are waited for */
    readonly hosts?: HostsReached<AwaitedHost>;
    readonly ended: boolean;
}

export const emptyProgress: ProgressState = {
    phase: undefined,
    inWork: new Map(),
    finished: 0,
    failures: [],
    status: [],
    ended: false,
};

/** The engine's closing words after any failure; the failures themselves have said more. */
export const engineEpilogue = /^(update|preview|destroy|refresh) failed$/;

/** Folds one event into the state. Pure: the same events always give the same picture. */
export function reduceProgress(state: ProgressState, event: ProgressEvent): ProgressState {
    switch (event.kind) {
        case "phase":
            return {
                ...emptyProgress,
                phase: { title: event.title, startedAt: event.at },
                failures: state.failures.map((failure) => ({ ...failure, isEarlier: true as const })),
            };
        case "resource":
            return reduceResource(state, event.resource, event.at);
        case "diagnostic":
            return event.diagnostic.severity === "error" &&
                !engineEpilogue.test(event.diagnostic.message.trim())
                ? { ...state, failures: withFailure(state.failures, diagnosticFailure(event.diagnostic)) }
                : state;
        case "status":
            return { ...state, hosts: undefined, status: reduceStatus(state.status, event.lines, event.at) };
        case "hosts":
            return { ...state, status: [], hosts: reduceHosts(state.hosts, event, event.at) };
        case "note":
            return state;
        case "end":
            return {
                ...state,
                phase: undefined,
                inWork: new Map(),
                status: [],
                hosts: undefined,
                ended: true,
            };
    }
}

function reduceStatus(
    before: readonly StatusLine[],
    lines: readonly string[],
    at: Date,
): readonly StatusLine[] {
    const known = new Map(before.map(({ text, since }) => [text, since]));
    return lines.map((text) => ({ text, since: known.get(text) ?? at }));
}

function reduceHosts(
    before: HostsReached<AwaitedHost> | undefined,
    event: HostsReached,
    at: Date,
): HostsReached<AwaitedHost> {
    const known = new Map(before?.all.map((host) => [host.instanceId, host]));
    const all = event.all.map((host): AwaitedHost => {
        const last = known.get(host.instanceId);
        if (last !== undefined) {
            return { ...host, since: last.stage === host.stage ? last.since : at };
        }
        // Nothing else than its launch begins the way of a host that no agent has registered for.
        const isOnItsWay = host.stage === "starting" || host.stage === "booting";
        return { ...host, since: (isOnItsWay ? host.launchedAt : undefined) ?? at };
    });
    return { wanted: event.wanted, all };
}

function reduceResource(state: ProgressState, resource: ResourceEvent, at: Date): ProgressState {
    if (!isShown(resource)) {
        return state;
    }
    const key = workKey(resource);
    const inWork = new Map(state.inWork);
    if (resource.phase === "started") {
        inWork.set(key, { fate: fateOf(resource), label: describeResource(resource), startedAt: at });
        return { ...state, inWork };
    }
    inWork.delete(key);
    if (resource.phase === "done") {
        return { ...state, inWork, finished: state.finished + 1 };
    }
    const failure = { label: describeResource(resource), message: resource.message ?? "failed" };
    return { ...state, inWork, failures: withFailure(state.failures, failure) };
}

/** A resource fails once in its own step and once as a diagnostic; the longer message is the one that explains. */
function withFailure(failures: readonly Failure[], failure: Failure): readonly Failure[] {
    const known = failures.find((other) => other.label === failure.label);
    if (known === undefined) {
        return [...failures, failure];
    }
    if (failure.message.length <= known.message.length) {
        return failures;
    }
    return failures.map((other) => (other === known ? failure : other));
}

function diagnosticFailure({ urn, message }: DiagnosticEvent): Failure {
    return { label: (urn && describeUrn(urn)) || "pulumi", message };
}

export function workKey(resource: ResourceEvent): string {
    return `${resource.operation} ${resource.urn}`;
}

/** What is shown of the engine's steps: AWS's resources in work, and anything that failed. */
export function isShown(resource: ResourceEvent): boolean {
    if (resource.phase === "failed") {
        return true;
    }
    const ofAws = resource.type.startsWith("aws:");
    return ofAws && resource.operation !== "same" && resource.operation !== "other";
}
