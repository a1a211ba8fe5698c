import type { ScriptAnswer } from "./hostCommand";

const mostCharacters = 23_000;
const bootstrap = /sles-ecs-bootstrap: /;
const agent = /amazon-ecs-init\[|ecs-agent\[|amazon-ecs\.service|Docker Application Container Engine/;

/** The end of a log, as a host's script prints it: of its journal the lines that are of the bootstrap, or of the agent. */
export function printLog(journal: string, { log, lines }: Readonly<Record<string, string>>): ScriptAnswer {
    const wanted = log === "boot" ? bootstrap : agent;
    const found = journal.split("\n").filter((line) => wanted.test(line));
    const text = found.slice(-Number(lines)).map((line) => `${line}\n`);
    return { status: "Success", exitCode: 0, output: text.join("").slice(-mostCharacters), errors: "" };
}
