import type { EngineObserver } from "./engine";

/** What a long command shows on stderr while it works. Everything the engine reports goes in as it happens. */
export interface Progress extends EngineObserver {
    /** Begins the next phase, such as `checking` or `waiting for hosts`; the one before is done. */
    phase(title: string): void;
    /** Replaces the lines that describe the present state, such as one line a host. Off a terminal, only lines that changed are written. */
    status(lines: readonly string[]): void;
    /** Writes a line that stays. */
    note(line: string): void;
    /** Ends the drawing, with failures repeated last. Harmless when called twice. */
    end(): void;
}
