import type { HostStage } from "../../components/model/runRecord";
import type { EngineObserver } from "./engine";

/** The two streams and the terminal; the only way that anything in here reaches a person. */
export interface Io {
    /** Writes results: what a script would read. */
    stdout(text: string): void;
    /** Writes progress, warnings, questions and errors. */
    stderr(text: string): void;
    /** Someone sits at the terminal and can answer a question. */
    readonly interactive: boolean;
    /** Whether stderr is a terminal that can be redrawn. */
    readonly stderrIsTerminal: boolean;
    readonly stdoutIsTerminal: boolean;
    /** Whether stdout takes colours. */
    readonly color: boolean;
    /** Whether stderr does; with stdout in a file it still may. */
    readonly stderrColor: boolean;
    /** Whether the terminal shows more than ASCII. */
    readonly unicode: boolean;
    /** Of the terminal as it is now. */
    readonly columns: number;
    readonly rows: number;
    /**
     * Names what is drawn at the end of stderr: it is cleared before anything else is written there, which would else be drawn over.
     * @default - nothing is drawn
     */
    holdDrawn?(drawn: { readonly clear: () => void } | undefined): void;
    /** Asks a yes-or-no question on stderr. Only called when `interactive`. */
    confirm(question: string): Promise<boolean>;
    /** Asks for a text on stderr. Only called when `interactive`. @param preset what stands for an empty answer */
    ask(question: string, preset: string): Promise<string>;
    /** Gives the terminal to another program until it ends: Ctrl-C is its own meanwhile. @returns its exit code */
    handOver(program: Program): Promise<number>;
}

/** Another program of this machine. */
export interface Program {
    readonly command: string;
    readonly args: readonly string[];
    /** More environment variables. @default - none */
    readonly env?: Readonly<Record<string, string>>;
}

export interface Clock {
    now(): Date;
    /** Waits; rejects with the signal's reason as soon as it is aborted. */
    sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** A host on its way into the cluster. */
export interface HostReached {
    readonly instanceId: string;
    readonly zone: string;
    /** Of a fixed host. */
    readonly number?: number;
    readonly launchedAt?: Date;
    readonly stage: HostStage;
    /** The same in words, or why it is not ready; one line without a full stop. */
    readonly reached: string;
}

/** What a long command shows on stderr while it works. Everything the engine reports goes in as it happens. */
export interface Progress extends EngineObserver {
    /** Begins the next phase, such as `checking` or `waiting for hosts`; the one before is done. */
    phase(title: string): void;
    /** Replaces the lines that describe the present state, such as one line a task. Off a terminal, only lines that changed are written. */
    status(lines: readonly string[]): void;
    /** How far each host has come while as many as wanted are waited for. @default - nobody is told */
    hosts?(reached: readonly HostReached[], wantedHosts: number): void;
    /** Writes a line that stays. */
    note(line: string): void;
    /** Ends the drawing, with failures repeated last. Harmless when called twice. @param failed what the work came to. @default false */
    end(failed?: boolean): void;
}
