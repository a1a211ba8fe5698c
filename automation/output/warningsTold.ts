import type { ProgressEvent } from "./progressState";

/** How every warning about the host image begins, behind the setting that it is about. */
const hostImage = /^(?:\S+: )?(the host image \S+ \(ami-\w+\))/;

/**
 * The warnings that a command has shown. Its checks, its preview and its update come upon the same things, the program
 * with less knowledge than the checks before it: of an image that they have spoken of, it has nothing to add.
 */
export class WarningsTold {
    private readonly told = new Set<string>();

    /** Keeps what an event warns of in mind. @returns whether it has been told before */
    isRepetition(event: ProgressEvent): boolean {
        const warning = warningOf(event);
        if (warning === undefined) {
            return false;
        }
        const image = hostImage.exec(warning)?.[1];
        const isKnown =
            this.told.has(warning) ||
            (event.kind === "diagnostic" && image !== undefined && this.told.has(image));
        this.told.add(warning).add(image ?? warning);
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
