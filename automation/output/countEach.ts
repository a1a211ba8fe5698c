/** Lines that are there several times are there once, with their number. */
export function countEach(lines: readonly string[]): readonly string[] {
    return [...new Set(lines)].map((line) => {
        const count = lines.filter((other) => other === line).length;
        return count === 1 ? line : `${line} (${count} times)`;
    });
}
