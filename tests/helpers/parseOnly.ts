import { allCommands } from "../../automation/cli/allCommands";
import { createParser } from "../../automation/cli/parser";
import type { Command, CommandGroup } from "../../automation/command/command";
import type { Context } from "../../automation/ports/context";

type Entry = Command | CommandGroup;

/** The same command line, whose commands do nothing. */
function harmless(command: Entry): Entry {
    return "commands" in command
        ? { ...command, commands: command.commands.map((child) => harmless(child) as Command) }
        : { ...command, run: () => Promise.resolve(0) };
}

/** Reads the words behind `sles-ecs` as the command line does, and does nothing. Fails where they are not understood. */
export async function parseOnly(argv: readonly string[]): Promise<void> {
    const context = { env: {}, io: { columns: 80 }, version: "0" } as unknown as Context;
    const parsing = { argv, context, exitCode: 0 };
    await createParser(allCommands.map(harmless), parsing).parseAsync([...argv], {}, () => undefined);
}
