import {
    nameOf,
    type Command,
    type Commands,
    type DeclaredOptions,
    type DeclaredPositionals,
} from "../../command/command";
import { commonOptions } from "../../command/options";

/** One way to go on with a command line. */
export interface Candidate {
    readonly word: string;
    readonly description: string;
}

/**
 * Candidates for the last of the words, which may be empty.
 * @param words The command line so far, without `sles-ecs` itself.
 * @param environments Reads the names of the environments; only called where one is wanted.
 */
export async function complete(
    words: readonly string[],
    commands: Commands,
    environments: () => Promise<readonly string[]>,
): Promise<readonly Candidate[]> {
    const current = words.at(-1) ?? "";
    const { command, rest } = findCommand(words.slice(0, -1), commands);
    const all = await candidates(current, rest, command, environments);
    return all.filter((candidate) => candidate.word.startsWith(current));
}

interface Place {
    /** The command that the words before name; a list of commands where they name none, or a group. */
    readonly command: Command | Commands;
    /** Words behind the command. */
    readonly rest: readonly string[];
}

function findCommand(words: readonly string[], commands: Commands): Place {
    const index = words.findIndex((word) => !word.startsWith("-"));
    const found = commands.find((command) => nameOf(command) === words[index]);
    if (found === undefined) {
        return { command: commands, rest: words };
    }
    const rest = words.slice(index + 1);
    return "commands" in found ? findCommand(rest, found.commands) : { command: found, rest };
}

async function candidates(
    current: string,
    rest: readonly string[],
    command: Command | Commands,
    environments: () => Promise<readonly string[]>,
): Promise<readonly Candidate[]> {
    if (!("run" in command)) {
        return current.startsWith("-") ? optionCandidates(commonOptions) : commandCandidates(command);
    }
    const options = { ...command.options, ...commonOptions };
    const awaiting = awaitingOption(options, rest.at(-1));
    if (awaiting !== undefined) {
        // Only `--from` of `up` takes the name of another environment.
        return awaiting === "from" ? named(await environments()) : choicesOf(options, awaiting);
    }
    if (current.startsWith("-")) {
        return optionCandidates(options);
    }
    const { positionals } = command;
    const positional = Object.keys(positionals)[countPositionals(rest, options)];
    return positional === "environment" ? named(await environments()) : choicesOf(positionals, positional);
}

/** Name of the option that a word is, where a value has to follow. */
function awaitingOption(options: DeclaredOptions, word: string | undefined): string | undefined {
    return Object.entries(options).find(
        ([name, { type, alias }]) =>
            type !== "boolean" &&
            [name, ...[alias ?? []].flat()].some(
                (one) => word === (one.length === 1 ? `-${one}` : `--${one}`),
            ),
    )?.[0];
}

/** Words that are neither options nor the values of options. */
function countPositionals(words: readonly string[], options: DeclaredOptions): number {
    return words.filter(
        (word, index) => !word.startsWith("-") && awaitingOption(options, words[index - 1]) === undefined,
    ).length;
}

function commandCandidates(commands: Commands): readonly Candidate[] {
    return commands.map((command) => ({ word: nameOf(command), description: command.summary }));
}

function optionCandidates(options: DeclaredOptions): readonly Candidate[] {
    return Object.entries(options).map(([name, { describe }]) => ({
        word: `--${name}`,
        description: describe ?? "",
    }));
}

function choicesOf(declared: DeclaredOptions | DeclaredPositionals, name = ""): readonly Candidate[] {
    return named((declared[name]?.choices ?? []).map(String));
}

function named(words: readonly string[]): readonly Candidate[] {
    return words.map((word) => ({ word, description: "" }));
}
