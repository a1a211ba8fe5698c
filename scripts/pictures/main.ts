// Takes the README's pictures anew: of a terminal, and of the page of `sles-ecs status --html`.
import { writeFile } from "node:fs/promises";
import path from "node:path";

import { drawTerminal } from "./life";
import { takePage } from "./page";

const docs = path.join(__dirname, "..", "..", "docs");

async function write(name: string, picture: string | Uint8Array): Promise<void> {
    await writeFile(path.join(docs, name), picture);
    process.stdout.write(`docs/${name} written\n`);
}

async function main(): Promise<void> {
    // Long enough for the stages of a boot to be seen.
    const { life, up } = await drawTerminal(5);
    await write("terminal.svg", life);
    await write("up.svg", up);
    await write("picture.png", await takePage());
}

void main();
