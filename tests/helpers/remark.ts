import fs from "node:fs";

/** Shows a line beside the counts of the layer (scripts/test.mjs), also when every test has passed. */
export function remark(line: string): void {
    const report = process.env["SLES_ECS_TEST_REPORT"];
    if (report === undefined) {
        process.stdout.write(`${line}\n`);
    } else {
        fs.appendFileSync(`${report}.remarks`, `${line}\n`);
    }
}
