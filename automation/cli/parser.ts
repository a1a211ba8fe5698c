import { renderLine, type Line } from "../../components/model/commandLine";
import yargs, { type Argv } from "yargs";

import type { AnyCommand, CommandGroup, CommonOptions } from "../command/command";
import { once } from "../command/options";
import type { Context } from "../ports/context";
import { usageError, withHelpOf } from "./usageErrors";

type Commands = readonly (AnyCommand | CommandGroup)[];
type Parser = Argv<CommonOptions>;

/** What the parser of one command line works with. */
interface Parsing {
    readonly argv: readonly string[];
    readonly context: Context;
    /** Takes what the chosen command returned. */
    readonly setExitCode: (code: number) => void;
    /** Takes where the project is, if a person says so. */
    readonly setProjectDirectory: (directory: string | undefined) => void;
}

const epilogue =
    "Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 failed, 2 usage or settings, 3 not found, 4 locked, 5 not ready in time, 6 declined, 7 left behind, 130 interrupted.";

/** Puts the commands into a yargs parser that throws `AppError` instead of ending the process. */
export function createParser(commands: Commands, parsing: Parsing): Parser {
    const { io, version } = parsing.context;
    const parser = withCommonOptions(yargs([]))
        .scriptName("sles-ecs")
        .locale("en")
        .parserConfiguration({ "strip-aliased": true, "strip-dashed": true })
        .usage("$0 <command>\n\nAmazon ECS clusters on SUSE Linux Enterprise Server hosts.")
        .epilogue(epilogue)
        .version(version)
        .alias({ help: "h", version: "V" })
        .wrap(Math.min(Math.max(io.columns, 60), 110))
        .group(["yes", "project-directory", "debug", "help", "version"], "Common options:")
        .updateStrings({ "Positionals:": "Arguments:" })
        .exitProcess(false);
    addCommands(parser, "sles-ecs", commands, parsing);
    return parser;
}

/** Options that every command takes. */
export function withCommonOptions(parser: Argv): Parser {
    return parser.options({
        yes: { alias: "y", type: "boolean", default: false, describe: "Answer every question with yes" },
        "project-directory": {
            alias: ["C", "cwd"],
            type: "string",
            requiresArg: true,
            coerce: once<string | undefined>("--project-directory"),
            describe: "Folder of the project; else found upwards from here",
        },
        debug: { type: "boolean", default: false, describe: "Show the stack and the cause of every error" },
    }) as unknown as Parser;
}

function addCommands(parser: Parser, path: string, commands: Commands, parsing: Parsing): void {
    for (const command of commands) {
        const words = command.command.split(" ");
        const commandPath = `${path} ${words[0]}`;
        parser.command({
            command: command.command,
            describe: command.summary,
            builder: (sub: Argv) => {
                const described = sub
                    .usage(`${path} ${command.command}\n\n${command.description}`)
                    .epilogue("");
                const typed = described as unknown as Parser;
                return "commands" in command
                    ? addGroup(typed, commandPath, command, parsing)
                    : addOptions(typed, commandPath, command, parsing);
            },
            handler: async (parsed) => {
                if (!("commands" in command)) {
                    await run(commandPath, command, parsed, parsing);
                }
            },
        });
    }
    const names = commands.map((command) => command.command.split(" ")[0] ?? "");
    refuseUnknown(parser, parsing, {
        command: path,
        commands: names,
        positionals: ["<command>"],
    }).demandCommand(1, "there is no command");
}

async function run(
    path: string,
    command: AnyCommand,
    options: CommonOptions,
    { context, setExitCode, setProjectDirectory }: Parsing,
): Promise<void> {
    const { projectDirectory } = options;
    setProjectDirectory(projectDirectory);
    try {
        const show = (line: Line): string => renderLine(line, projectDirectory);
        setExitCode(await command.run(options, { ...context, show }));
    } catch (error) {
        throw withHelpOf(path, error);
    }
}

function addGroup(parser: Parser, path: string, group: CommandGroup, parsing: Parsing): Parser {
    addCommands(parser, path, group.commands, parsing);
    return parser;
}

function addOptions(parser: Parser, path: string, command: AnyCommand, parsing: Parsing): Parser {
    command.options(parser);
    for (const example of command.examples) {
        parser.example(`sles-ecs ${example.command}`, example.text);
    }
    return refuseUnknown(parser, parsing, {
        command: path,
        commands: [],
        positionals: command.command.split(" ").slice(1),
    });
}

interface Place {
    readonly command: string;
    readonly commands: readonly string[];
    readonly positionals: readonly string[];
}

/** Makes what is not known an error that names the nearest known word. */
function refuseUnknown(parser: Parser, { argv }: Parsing, place: Place): Parser {
    return parser.strict().fail((message: string | null, error: Error | undefined) => {
        // What a command's own checks throw has no message of yargs beside it.
        if (error !== undefined && error.name !== "YError") {
            throw withHelpOf(place.command, error);
        }
        throw usageError(message ?? error?.message ?? "", argv, { ...place, options: optionNames(parser) });
    });
}

/** `getOptions` is part of yargs, but not of its type declarations. */
function optionNames(parser: Parser): readonly string[] {
    const { key } = (
        parser as unknown as { getOptions(): { readonly key: Readonly<Record<string, unknown>> } }
    ).getOptions();
    return Object.keys(key).filter((name) => name.length > 1);
}
