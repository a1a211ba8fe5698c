import { remark } from "../helpers/remark";

/** Prints causes by verdicts: a line a cause that was made, a column a cause that was told, by their numbers. */
export function showMatrix(
    causes: readonly string[],
    verdicts: readonly (readonly [made: string, told: string])[],
): void {
    const columns = [...causes, "UNKNOWN"];
    const width = String(columns.length).length + 1;
    const head = columns.map((_, index) => String(index + 1).padStart(width)).join("");
    const lines = causes.map((made, row) => {
        const cells = columns.map((told) => {
            const count = verdicts.filter(([one, other]) => one === made && other === told).length;
            return String(count || ".").padStart(width);
        });
        return `${String(row + 1).padStart(width)} ${made.padEnd(26)}${cells.join("")}`;
    });
    const off = verdicts.filter(([made, told]) => made !== told).length;
    const blank = " ".repeat(width + 27);
    const last = `${verdicts.length} causes made, ${off} off the diagonal (${columns.length}: told as unknown)`;
    process.stdout.write(`${[`${blank}${head}`, ...lines].join("\n")}\n`);
    remark(last);
}
