import type { DiagnosticEvent, ResourceEvent } from "../ports/engine";
import type { Clock, Io } from "../ports/io";
import type { Progress } from "../ports/progress";
import { WarningsTold } from "./warningsTold";
import { lastingLines, liveLines } from "./progressLines";
import { emptyProgress, reduceProgress, type ProgressEvent, type ProgressState } from "./progressState";
import { createRedraw, type Redraw } from "./redraw";
import { createTheme, type Theme } from "./theme";

type EventBody = ProgressEvent extends infer Event
    ? Event extends ProgressEvent
        ? Omit<Event, "at">
        : never
    : never;

const redrawMilliseconds = 500;

/**
 * Progress on stderr: drawn in place on a terminal, otherwise one plain line for everything that is finished.
 * @param told what all steps of a command have in common
 */
export function createProgress(io: Io, clock: Clock, told = new WarningsTold()): Progress {
    const view = new ProgressView(io, clock, told);
    return {
        phase: (title) => view.take({ kind: "phase", title }),
        status: (lines) => view.take({ kind: "status", lines }),
        note: (line) => view.take({ kind: "note", line }),
        resource: (resource: ResourceEvent) => view.take({ kind: "resource", resource }),
        diagnostic: (diagnostic: DiagnosticEvent) => view.take({ kind: "diagnostic", diagnostic }),
        end: () => view.take({ kind: "end" }),
    };
}

class ProgressView {
    private readonly theme: Theme;
    private readonly terminal: Redraw | undefined;
    private state: ProgressState = emptyProgress;
    private timer: NodeJS.Timeout | undefined;

    constructor(
        private readonly io: Io,
        private readonly clock: Clock,
        private readonly told: WarningsTold,
    ) {
        this.theme = createTheme(io.color);
        this.terminal = io.stderrIsTerminal ? createRedraw((text) => io.stderr(text), io.columns) : undefined;
    }

    take(body: EventBody): void {
        const event: ProgressEvent = { ...body, at: this.clock.now() };
        if (this.told.isRepetition(event)) {
            return;
        }
        const lasting = lastingLines(this.state, event, this.theme, this.terminal === undefined);
        this.state = reduceProgress(this.state, event);
        if (lasting.length > 0) {
            this.terminal?.clear();
            this.io.stderr(`${lasting.join("\n")}\n`);
        }
        this.draw();
    }

    private draw(): void {
        if (this.terminal === undefined) {
            return;
        }
        const lines = liveLines(this.state, this.clock.now(), this.theme);
        if (lines.length === 0) {
            this.terminal.clear();
            clearInterval(this.timer);
            this.timer = undefined;
            return;
        }
        this.terminal.draw(lines.join("\n"));
        this.timer ??= setInterval(() => this.draw(), redrawMilliseconds).unref();
    }
}
