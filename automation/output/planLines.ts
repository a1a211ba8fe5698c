/** Lines of a plan: what is lost, by kind. */
export function planLines(noun: string, entries: readonly string[]): string[] {
    return entries.map((entry) => `  ${noun.padEnd(22)} ${entry}`);
}
