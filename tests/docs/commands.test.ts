import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";

import { allCommands } from "../../automation/cli/allCommands";
import type { Command, CommandGroup } from "../../automation/command/command";
import type { Context } from "../../automation/ports/context";
import { createParser } from "../../automation/cli/parser";
import { codeBlocks, root } from "./pages";
import { callsOf } from "./shellWords";

type Entry = Command | CommandGroup;

/** The same command line, whose commands do nothing. */
function harmless(command: Entry): Entry {
    return "commands" in command
        ? { ...command, commands: command.commands.map((child) => harmless(child) as Command) }
        : { ...command, run: () => Promise.resolve(0) };
}

async function parse(argv: readonly string[]): Promise<void> {
    const context = { env: {}, io: { columns: 80 }, version: "0" } as unknown as Context;
    const parsing = { argv, context, exitCode: 0 };
    await createParser(allCommands.map(harmless), parsing).parseAsync([...argv], {}, () => undefined);
}

const scripts = codeBlocks("sh", "bash", "console");

describe("Commands in the pages", () => {
    for (const { place, text } of scripts) {
        for (const argv of callsOf("sles-ecs", text)) {
            it(`${place}: sles-ecs ${argv.join(" ")} is understood`, () => parse(argv));
        }
    }

    it("are refused where they are wrong", async () => {
        const error: unknown = await parse(["up", "dev", "--sett", "a=1"]).catch((reason: unknown) => reason);
        expect(error).to.have.property("message", "unknown option --sett, did you mean --set?");
    });

    it("call only scripts that package.json has", () => {
        const text = readFileSync(path.join(root, "package.json"), "utf8");
        const known = Object.keys((JSON.parse(text) as { scripts: Record<string, string> }).scripts);
        const called = scripts.flatMap(({ text: script }) =>
            callsOf("npm", script).flatMap(([verb, ...rest]) =>
                verb === "run"
                    ? rest.filter((word) => !word.startsWith("-")).slice(0, 1)
                    : verb === "test"
                      ? [verb]
                      : [],
            ),
        );
        expect(called).to.not.be.empty;
        expect(called.filter((name) => !known.includes(name))).to.be.empty;
    });
});
