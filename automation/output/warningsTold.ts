import type { ProgressEvent } from "./progressState";

/** How every warning about the host image begins, behind the setting that it is about. */
const hostImage = /^(?:\S+: )?(the host image \S+ \(ami-\w+\))/;

/**
 * The warnings that a command has shown. Its checks, its preview and its update come upon the same things, the program
 * with less knowledge than the checks before it: of an image that has been spoken of, there is nothing to add.
 */
export class WarningsTold {
    private readonly told = new Set<string>();

    /** Keeps what an event warns of in mind. @returns whether it has been told before */
    isRepetition(event: ProgressEvent): boolean {
        const warning = warningOf(event);
        if (warning === undefined) {
            return false;
        }
        const subject = hostImage.exec(warning)?.[1] ?? warning;
        const isKnown = this.told.has(subject);
        this.told.add(subject);
        return isKnown;
    }
}

function warningOf(event: ProgressEvent): string | undefined {
    if (event.kind === "diagnostic") {
        const { severity, message } = event.diagnostic;
        return severity === "warning" ? message.trim() : undefined;
    }
    return event.kind === "note" ? /^warning: (.*)$/s.exec(event.line)?.[1] : undefined;
}
