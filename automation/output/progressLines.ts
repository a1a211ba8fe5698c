import type { ResourceFate } from "../ports/engine";
import type { Io } from "../ports/io";
import { formatSeconds, secondsBetween } from "./durations";
import { fateOf } from "./fates";
import { hostText, lastingHostLines, liveHostLines, longestAwaited } from "./hostLines";
import { isShown, workKey, type Failure, type ProgressEvent, type ProgressState } from "./progressState";
import { describeResource } from "./resourceWords";
import type { Theme } from "./theme";

const doing: Record<ResourceFate, string> = {
    create: "creating",
    import: "taking up",
    update: "updating",
    replace: "replacing",
    delete: "deleting",
    retain: "leaving in place",
    same: "checking",
    read: "reading",
    refresh: "refreshing",
    other: "working on",
};

const done: Record<ResourceFate, string> = {
    create: "created",
    import: "taken up",
    update: "updated",
    replace: "replaced",
    delete: "deleted",
    retain: "left in place",
    same: "unchanged",
    read: "read",
    refresh: "refreshed",
    other: "done",
};

/**
 * Lines that stay once an event has happened: finished phases, notes, and where `everyResource` is set (off a
 * terminal) also one a finished resource and the status lines that changed.
 */
export function lastingLines(
    before: ProgressState,
    event: ProgressEvent,
    theme: Theme,
    everyResource: boolean,
): readonly string[] {
    switch (event.kind) {
        case "phase":
            return [
                ...phaseDone(before, event.at, theme, everyResource ? "" : `${theme.done} `),
                ...(everyResource ? [`${event.title} ...`] : []),
            ];
        case "end":
            return before.ended
                ? []
                : [
                      ...phaseDone(
                          before,
                          event.at,
                          theme,
                          everyResource ? "" : endSign(before, event, theme),
                      ),
                      // What ends it is told by the error, with each message.
                      ...failureLines(
                          before.failures.filter(({ isEarlier }) => !event.failed || isEarlier === true),
                          theme,
                      ),
                  ];
        case "note":
            return [event.line];
        case "status":
            return everyResource
                ? event.lines.filter((line) => !before.status.some(({ text }) => text === line)).map(indent)
                : [];
        case "hosts":
            return everyResource ? lastingHostLines(before.hosts, event).map(indent) : [];
        case "diagnostic":
            return event.diagnostic.severity === "warning"
                ? [warningLine(event.diagnostic.message, theme)]
                : [];
        case "resource":
            return everyResource && isShown(event.resource) ? resourceDone(before, event, theme) : [];
    }
}

/** Lines of work that are read at a glance, whatever the terminal has. */
const mostLines = 20;

/** What is drawn below the lasting lines while work goes on, as far as the terminal has room for it; failures last. */
export function liveLines(
    state: ProgressState,
    now: Date,
    theme: Theme,
    screen: Pick<Io, "columns" | "rows">,
): readonly string[] {
    if (state.ended) {
        return [];
    }
    // The cursor waits below what is drawn.
    const height = Math.max(screen.rows - 1, 3);
    const most = Math.min(mostLines, height);
    const failures = cut(failureLines(state.failures.map(firstLine), theme), Math.floor(most / 3));
    const work = [...state.inWork.values()].map(
        (item) =>
            `  ${theme.operation(item.fate, doing[item.fate])} ${item.label} ${theme.quiet(formatSeconds(secondsBetween(item.startedAt, now)))}`,
    );
    const head = phaseLine(state, now, theme);
    const waits = state.status.map(
        ({ text, since }) => `${indent(text)} ${theme.quiet(formatSeconds(secondsBetween(since, now)))}`,
    );
    const body = cut([...work, ...waits], most - head.length - failures.length);
    const rows = height - head.length - body.length - failures.length;
    const hosts =
        state.hosts === undefined
            ? []
            : liveHostLines(state.hosts, now, theme, { rows, columns: screen.columns });
    return [...head, ...body, ...hosts, ...failures];
}

/** How many things are named that work goes on with. */
const mostNamed = 5;

/** What goes on without anything new to tell, and since when; none when there is no work. */
export function stillAtWork(state: ProgressState, now: Date): readonly string[] {
    const { phase, ended, inWork, status, hosts } = state;
    if (phase === undefined || ended) {
        return [];
    }
    const since = (from: Date): string => formatSeconds(secondsBetween(from, now));
    const named = [
        ...[...inWork.values()].map(
            ({ fate, label, startedAt }) => `${doing[fate]} ${label}, for ${since(startedAt)}`,
        ),
        // A line with a colon is of one thing in one state; others count things.
        ...status
            .filter(({ text }) => text.includes(": "))
            .map(({ text, since: from }) => `${text}, for ${since(from)}`),
        ...(hosts === undefined ? [] : longestAwaited(hosts)).map(
            (host) => `${hostText(host)}, for ${since(host.since)}`,
        ),
    ];
    return [`${phase.title}: ${since(phase.startedAt)} so far`, ...cut(named.map(indent), mostNamed)];
}

function phaseLine(state: ProgressState, now: Date, theme: Theme): readonly string[] {
    if (state.phase === undefined) {
        return [];
    }
    const seconds = formatSeconds(secondsBetween(state.phase.startedAt, now));
    const count = state.finished === 0 ? "" : `, ${state.finished} done`;
    return [`${theme.working} ${theme.strong(state.phase.title)} ${theme.quiet(seconds + count)}`];
}

function endSign(
    { failures }: ProgressState,
    { failed }: Extract<ProgressEvent, { kind: "end" }>,
    theme: Theme,
): string {
    return `${failed || failures.length > 0 ? theme.failed : theme.done} `;
}

/** @param sign stands before it on a terminal */
function phaseDone(state: ProgressState, at: Date, theme: Theme, sign: string): readonly string[] {
    if (state.phase === undefined) {
        return [];
    }
    const seconds = formatSeconds(secondsBetween(state.phase.startedAt, at));
    const count =
        state.finished === 0 ? "" : `, ${state.finished} ${state.finished === 1 ? "resource" : "resources"}`;
    return [`${sign}${state.phase.title}${sign === "" ? ":" : ""} ${theme.quiet(seconds + count)}`];
}

function resourceDone(
    before: ProgressState,
    event: Extract<ProgressEvent, { kind: "resource" }>,
    theme: Theme,
): readonly string[] {
    const { resource } = event;
    if (resource.phase === "started") {
        return [];
    }
    const startedAt = before.inWork.get(workKey(resource))?.startedAt;
    const seconds = startedAt === undefined ? "" : ` ${formatSeconds(secondsBetween(startedAt, event.at))}`;
    const [fate, paint] =
        resource.phase === "failed"
            ? (["failed", theme.bad] as const)
            : ([done[fateOf(resource)], theme.operation.bind(undefined, fateOf(resource))] as const);
    return [`  ${paint(fate)} ${describeResource(resource)}${seconds}`];
}

function failureLines(failures: readonly Failure[], theme: Theme): readonly string[] {
    return failures.flatMap((failure) => {
        const [first = "", ...more] = failure.message.trim().split("\n");
        return [
            `${theme.bad("failed")} ${failure.label}: ${first}`,
            ...more.map((line) => indent(line).trimEnd()),
        ];
    });
}

function firstLine(failure: Failure): Failure {
    return { ...failure, message: failure.message.trim().split("\n")[0] ?? "" };
}

function warningLine(message: string, theme: Theme): string {
    return `${theme.doubtful("warning")}: ${message.trim()}`;
}

function cut(lines: readonly string[], max: number): readonly string[] {
    return lines.length <= max
        ? lines
        : [...lines.slice(0, max - 1), `  ... and ${lines.length - max + 1} more`];
}

function indent(line: string): string {
    return `  ${line}`;
}
