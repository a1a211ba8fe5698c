import { createLogUpdate } from "log-update";

import type { DiagnosticEvent, ResourceEvent } from "../ports/engine";
import type { Clock, Io, Progress } from "../ports/io";
import { secondsBetween } from "./durations";
import { eachOnItsLine, oneLine } from "./oneLine";
import { lastingLines, liveLines, stillAtWork } from "./progressLines";
import { emptyProgress, type ProgressEvent, type ProgressState, reduceProgress } from "./progressState";
import { createTheme, type Theme } from "./theme";

type EventBody = ProgressEvent extends infer Event
    ? Event extends ProgressEvent
        ? Omit<Event, "at">
        : never
    : never;

const redrawMilliseconds = 500;
/** Off a terminal, how long nothing may be shown while work goes on. */
const silenceSeconds = 30;

/**
 * Progress on stderr: drawn in place on a terminal, otherwise one plain line for everything that is finished, and one
 * now and then while nothing is.
 */
export function createProgress(io: Io, clock: Clock): Progress {
    const view = new ProgressView(io, clock);
    return {
        phase: (title) => view.take({ kind: "phase", title }),
        status: (lines) => view.take({ kind: "status", lines: lines.map(oneLine) }),
        hosts: (hosts, wanted) =>
            view.take({
                kind: "hosts",
                all: hosts.map((host) => ({ ...host, reached: oneLine(host.reached) })),
                wanted,
            }),
        note: (line) => view.take({ kind: "note", line: oneLine(line) }),
        resource: ({ message, ...resource }: ResourceEvent) =>
            view.take({
                kind: "resource",
                resource: { ...resource, message: message && eachOnItsLine(message) },
            }),
        diagnostic: (diagnostic: DiagnosticEvent) =>
            view.take({
                kind: "diagnostic",
                diagnostic: { ...diagnostic, message: eachOnItsLine(diagnostic.message) },
            }),
        end: (failed = false) => view.take({ kind: "end", failed }),
    };
}

class ProgressView {
    private readonly theme: Theme;
    private readonly terminal: Redraw | undefined;
    private state: ProgressState = emptyProgress;
    private timer: NodeJS.Timeout | undefined;
    private shownAt: Date;

    constructor(
        private readonly io: Io,
        private readonly clock: Clock,
    ) {
        this.theme = createTheme({ color: io.stderrColor, unicode: io.unicode });
        this.terminal = io.stderrIsTerminal ? createRedraw((text) => io.stderr(text), io) : undefined;
        this.shownAt = clock.now();
    }

    take(body: EventBody): void {
        const event: ProgressEvent = { ...body, at: this.clock.now() };
        const lasting = lastingLines(this.state, event, this.theme, this.terminal === undefined);
        this.state = reduceProgress(this.state, event);
        if (lasting.length > 0) {
            this.clear();
            this.io.stderr(`${lasting.join("\n")}\n`);
            this.shownAt = event.at;
        }
        this.show();
    }

    private show(): void {
        const isWorking = this.terminal === undefined ? this.breakSilence() : this.draw(this.terminal);
        if (isWorking) {
            this.timer ??= setInterval(() => this.show(), redrawMilliseconds).unref();
        } else {
            clearInterval(this.timer);
            this.timer = undefined;
        }
    }

    /** @returns whether work goes on */
    private breakSilence(): boolean {
        const now = this.clock.now();
        const lines = stillAtWork(this.state, now);
        if (lines.length > 0 && secondsBetween(this.shownAt, now) >= silenceSeconds) {
            this.io.stderr(`${lines.join("\n")}\n`);
            this.shownAt = now;
        }
        return lines.length > 0;
    }

    /** @returns whether work goes on */
    private draw(terminal: Redraw): boolean {
        const lines = liveLines(this.state, this.clock.now(), this.theme, this.io);
        if (lines.length === 0) {
            this.clear();
            return false;
        }
        this.io.holdDrawn?.(undefined);
        terminal.draw(lines.join("\n"));
        this.io.holdDrawn?.(terminal);
        return true;
    }

    private clear(): void {
        this.io.holdDrawn?.(undefined);
        this.terminal?.clear();
    }
}

/** A block of text on a terminal that is drawn over itself. */
interface Redraw {
    draw(text: string): void;
    clear(): void;
}

/**
 * @param write Where the terminal's bytes go; the cursor is left as it is, so that an interrupted program leaves
 * nothing to be mended.
 */
export function createRedraw(write: (text: string) => void, screen: Pick<Io, "columns" | "rows">): Redraw {
    const terminal = {
        write: (text: string) => {
            write(text);
            return true;
        },
        get columns() {
            return screen.columns;
        },
        get rows() {
            return screen.rows;
        },
        isTTY: false,
    };
    const update = createLogUpdate(terminal as unknown as NodeJS.WritableStream, { showCursor: true });
    return { draw: (text) => update(text), clear: () => update.clear() };
}
