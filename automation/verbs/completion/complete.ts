import type { AnyCommand, CommandGroup } from "../../command/command";
import { describeCommand, describeCommonOptions, type DescribedOption } from "../../command/describe";

/** One way to go on with a command line. */
export interface Candidate {
    readonly word: string;
    readonly description: string;
}

type Commands = readonly (AnyCommand | CommandGroup)[];

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
    readonly command: AnyCommand | Commands;
    /** Words behind the command. */
    readonly rest: readonly string[];
}

function findCommand(words: readonly string[], commands: Commands): Place {
    const index = words.findIndex((word) => !word.startsWith("-"));
    const found = commands.find((command) => command.command.split(" ")[0] === words[index]);
    if (found === undefined) {
        return { command: commands, rest: words };
    }
    const rest = words.slice(index + 1);
    return "commands" in found ? findCommand(rest, found.commands) : { command: found, rest };
}

async function candidates(
    current: string,
    rest: readonly string[],
    command: AnyCommand | Commands,
    environments: () => Promise<readonly string[]>,
): Promise<readonly Candidate[]> {
    const common = describeCommonOptions();
    if (!("run" in command)) {
        return current.startsWith("-") ? optionCandidates(common) : commandCandidates(command);
    }
    const described = describeCommand(command);
    const options = [...described.options, ...common];
    const awaiting = options.find((option) => option.type !== "boolean" && isSpelling(option, rest.at(-1)));
    if (awaiting !== undefined) {
        // Only `--from` of `up` takes the name of another environment.
        return awaiting.name === "from" ? named(await environments()) : named(awaiting.choices);
    }
    if (current.startsWith("-")) {
        return optionCandidates(options);
    }
    const positional = described.positionals[countPositionals(rest, options)];
    if (positional?.name === "environment") {
        return named(await environments());
    }
    return named(positional?.choices ?? []);
}

function isSpelling(option: DescribedOption, word: string | undefined): boolean {
    return [option.name, ...option.aliases].some(
        (name) => word === (name.length === 1 ? `-${name}` : `--${name}`),
    );
}

/** Words that are neither options nor the values of options. */
function countPositionals(words: readonly string[], options: readonly DescribedOption[]): number {
    const takesValue = (word: string | undefined): boolean =>
        options.some((option) => option.type !== "boolean" && isSpelling(option, word));
    return words.filter((word, index) => !word.startsWith("-") && !takesValue(words[index - 1])).length;
}

function commandCandidates(commands: Commands): readonly Candidate[] {
    return commands.map(({ command, summary }) => ({
        word: command.split(" ")[0] ?? "",
        description: summary,
    }));
}

function optionCandidates(options: readonly DescribedOption[]): readonly Candidate[] {
    return options.map(({ name, description }) => ({ word: `--${name}`, description }));
}

function named(words: readonly string[]): readonly Candidate[] {
    return words.map((word) => ({ word, description: "" }));
}
