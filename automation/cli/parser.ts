import yargs, { type Argv } from "yargs";

import { renderLine, type Show } from "../../components/model/commandLine";
import {
    nameOf,
    type Command,
    type CommandGroup,
    type Commands,
    type CommonOptions,
    type DeclaredOptions,
} from "../command/command";
import { commonOptions } from "../command/options";
import type { Context } from "../ports/context";
import { calledAs } from "../setup/calledAs";
import { refuseNegativeTimes } from "./negativeTimes";
import { usageError, withHelpOf, type Vocabulary } from "./usageErrors";

/** What the parser of one command line works with. */
export interface Parsing {
    readonly argv: readonly string[];
    readonly context: Context;
    /** What the chosen command returned. */
    exitCode: number;
    /** Where the project is, if a person says so. */
    projectDirectory?: string;
    /** The environment that the command is about, if it is about one. */
    environment?: string;
}

const epilogue =
    "Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 failed, 2 usage or settings, 3 not found, 4 locked, 5 not ready in time, 6 declined, 7 left behind, 130 interrupted.";

/** Puts the commands into a yargs parser that throws `AppError` instead of ending the process. */
export function createParser(commands: Commands, parsing: Parsing): Argv {
    const { io, version } = parsing.context;
    const parser: Argv = yargs([])
        .options(commonOptions)
        // Before the values of other options are looked at, so that an error about those can name the project.
        .middleware(({ projectDirectory }) => {
            parsing.projectDirectory = projectDirectory;
        }, true)
        .scriptName("sles-ecs")
        .locale("en")
        // A name such as 1.10 stays as it was typed.
        .parserConfiguration({
            ...{ "strip-aliased": true, "strip-dashed": true },
            "parse-positional-numbers": false,
        })
        .usage("$0 <command>\n\nAmazon ECS clusters on SUSE Linux Enterprise Server hosts.")
        .epilogue(epilogue)
        .version(version)
        .alias({ help: "h", version: "V" })
        .wrap(Math.min(Math.max(io.columns, 60), 110))
        .group([...Object.keys(commonOptions), "help", "version"], "Common options:")
        .updateStrings({ "Positionals:": "Arguments:" })
        .exitProcess(false);
    addCommands(parser, "sles-ecs", commands, parsing);
    return parser;
}

/** @param path the words up to these commands */
function addCommands(parser: Argv, path: string, commands: Commands, parsing: Parsing): void {
    for (const command of commands) {
        const commandPath = `${path} ${nameOf(command)}`;
        parser.command({
            command: command.command,
            describe: command.summary,
            builder: (sub: Argv) => {
                sub.usage(`${path} ${command.command}\n\n${command.description}`).epilogue("");
                addContents(sub, commandPath, command, parsing);
                return sub;
            },
            handler: async (given) => {
                if ("run" in command) {
                    await run(commandPath, command, given as unknown as CommonOptions, parsing);
                }
            },
        });
    }
    const vocabulary = { command: path, commands: commands.map(nameOf), positionals: ["<command>"] };
    refuseUnknown(parser, {}, parsing, vocabulary);
    parser.demandCommand(1, "there is no command");
}

function addContents(parser: Argv, path: string, command: Command | CommandGroup, parsing: Parsing): void {
    if ("commands" in command) {
        addCommands(parser, path, command.commands, parsing);
        return;
    }
    const { positionals, options, examples } = command;
    refuseNegativeTimes(parsing.argv, { ...options, ...commonOptions });
    Object.entries(positionals).forEach(([name, positional]) => parser.positional(name, positional));
    parser.options(options);
    // Also a string: its own reader is then told what was typed, and the help still says that it is a number.
    const numbers = Object.entries({ ...positionals, ...options }).filter(
        ([, { type }]) => type === "number",
    );
    parser.string(numbers.map(([name]) => name));
    examples.forEach((example) => parser.example(`sles-ecs ${example.command}`, example.text));
    const vocabulary = { command: path, commands: [], positionals: command.command.split(" ").slice(1) };
    refuseUnknown(parser, options, parsing, vocabulary);
}

async function run(path: string, command: Command, options: CommonOptions, parsing: Parsing): Promise<void> {
    const { environment } = options as { readonly environment?: unknown };
    parsing.environment = typeof environment === "string" ? environment : undefined;
    try {
        const { projectDirectory, verbose } = options;
        const program = calledAs(parsing.context.env);
        const show: Show = (line) => renderLine(line, { program, projectDirectory });
        parsing.exitCode = await command.run(options, { ...parsing.context, show, verbose });
    } catch (error) {
        throw withHelpOf(path, error);
    }
}

/** Makes what is not known an error that names the nearest known word. */
function refuseUnknown(
    parser: Argv,
    options: DeclaredOptions,
    { argv }: Parsing,
    place: Omit<Vocabulary, "options">,
): void {
    const known: DeclaredOptions = { ...options, ...commonOptions };
    const names = Object.entries(known).flatMap(([name, { alias }]) => [name, ...[alias ?? []].flat()]);
    const vocabulary = { ...place, options: [...names, "help", "version"].filter((name) => name.length > 1) };
    parser.strict().fail((message: string | null, error: Error | undefined) => {
        // What a command's own checks throw has no message of yargs beside it.
        if (error !== undefined && error.name !== "YError") {
            throw withHelpOf(place.command, error);
        }
        throw usageError(message ?? error?.message ?? "", argv, vocabulary);
    });
}
