import type { Io } from "../ports/io";
import { wrapped } from "./wrapped";

/** What can be typed next, a line each, and what it is for, which goes on below itself where a terminal is too narrow. */
export function renderSteps(
    steps: readonly (readonly [step: string, meaning: string])[],
    { stdoutIsTerminal, columns }: Pick<Io, "stdoutIsTerminal" | "columns">,
): readonly string[] {
    const width = Math.max(...steps.map(([step]) => step.length));
    const gap = "   ";
    const told = (meaning: string): string =>
        stdoutIsTerminal ? wrapped(meaning, columns, 2 + width + gap.length).trim() : meaning;
    return steps.map(([step, meaning]) => `  ${step.padEnd(width)}${gap}${told(meaning)}`);
}
