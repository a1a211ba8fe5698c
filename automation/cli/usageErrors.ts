import { command, type CommandLine } from "../../components/model/commandLine";
import { errorCatalogue } from "../errors/errorCatalogue";
import { AppError } from "../errors/appError";
import { nearestWord } from "../../components/model/nearestWord";

/** What can be written at the place where the command line went wrong. */
export interface Vocabulary {
    readonly commands: readonly string[];
    /** Long names of the options, without dashes. */
    readonly options: readonly string[];
    /** The words before that place, such as `sles-ecs local`. */
    readonly command: string;
    /** Arguments of the command in yargs' notation, such as `<environment>`. */
    readonly positionals: readonly string[];
}

/** Turns a message of yargs into one for people: what is wrong, what was probably meant, and how to see the help. */
export function usageError(message: string, argv: readonly string[], vocabulary: Vocabulary): AppError {
    return new AppError("USAGE", {
        message: explain(message, argv, vocabulary),
        hint: helpOf(vocabulary.command),
    });
}

/** An error that knows no better place to look than the help of all commands gets the help of its own. */
export function withHelpOf(path: string, error: unknown): unknown {
    if (!(error instanceof AppError) || error.code !== "USAGE" || error.hint !== errorCatalogue.USAGE.hint) {
        return error;
    }
    const { message, details } = error;
    return new AppError("USAGE", { message, details, hint: helpOf(path), cause: error });
}

/** @param path the words up to the command, `sles-ecs` among them */
function helpOf(path: string): CommandLine {
    return command(path.split(" ").slice(1), "--help");
}

function explain(message: string, argv: readonly string[], vocabulary: Vocabulary): string {
    const unknown = /^Unknown (?:argument|command)s?: (.*)$/.exec(message)?.[1];
    if (unknown !== undefined) {
        return explainUnknown(unknown.split(", "), argv, vocabulary);
    }
    if (message.startsWith("Not enough non-option arguments")) {
        const [separator, ...after] = argv.slice(argv.indexOf("--"));
        const unread =
            separator === "--" && after.length > 0
                ? `; what stands after -- is no argument of it: got ${after.join(" ")}`
                : "";
        return `an argument is missing: expected ${[vocabulary.command, ...vocabulary.positionals].join(" ")}${unread}`;
    }
    const lacksValue = /^Not enough arguments following: (.*)$/.exec(message)?.[1];
    if (lacksValue !== undefined) {
        return `the option ${asTyped(lacksValue)} needs a value${insteadOfValue(lacksValue, argv, vocabulary)}`;
    }
    const choice = /Argument: (\S+), Given: (.*), Choices: (.*)$/.exec(message.replaceAll("\n", " "));
    if (choice !== null) {
        return `the option --${choice[1]} does not take this value: got ${choice[2]}, expected one of ${choice[3]}`;
    }
    return message;
}

/** What begins with a dash is taken for an option, so that the one before it has nothing. */
function insteadOfValue(option: string, argv: readonly string[], { options }: Vocabulary): string {
    const name = asTyped(option);
    const next = argv.find((word, index) => argv[index - 1] === name && isUnknown(word, options));
    if (next === undefined) {
        return "";
    }
    // One letter, as in `-c`, is near to any short name.
    const meant = next.startsWith("--") ? didYouMean(dashed(next) ?? "", options, "--") : "";
    return meant === "" ? withEqualsSign(option) : `; what follows it is an unknown option${meant}`;
}

function isUnknown(word: string, options: readonly string[]): boolean {
    const name = dashed(word);
    return name !== undefined && !options.includes(name);
}

/** How a value is given that begins with a dash, without that value: it may be a secret, or more than one word to a shell. */
export function withEqualsSign(option: string): string {
    return `; one that begins with a dash is written with an equals sign: ${asTyped(option)}=…`;
}

function explainUnknown(words: readonly string[], argv: readonly string[], vocabulary: Vocabulary): string {
    const option = argv
        .map(dashed)
        .find((name) => name !== undefined && (words.includes(name) || words.includes(inCamelCase(name))));
    if (option !== undefined) {
        return `unknown option ${asTyped(option)}${didYouMean(option, vocabulary.options, "--")}`;
    }
    const word = words[0] ?? "";
    return vocabulary.commands.length > 0
        ? `unknown command ${JSON.stringify(word)}${didYouMean(word, vocabulary.commands, "")}`
        : `unexpected argument ${JSON.stringify(word)}: expected ${[vocabulary.command, ...vocabulary.positionals].join(" ")}`;
}

/** An option with the dashes that go before its name. */
export function asTyped(option: string): string {
    return `${option.length === 1 ? "-" : "--"}${option}`;
}

/** Name of the option that an argument such as `--set=a=1` or `-x` stands for. */
export function dashed(argument: string): string | undefined {
    return /^--?([^=]+)/.exec(argument)?.[1];
}

/** As yargs also names an option whose name has hyphens. */
export function inCamelCase(name: string): string {
    return name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function didYouMean(word: string, known: readonly string[], prefix: string): string {
    const nearest = nearestWord(word, known);
    return nearest === undefined ? "" : `, did you mean ${prefix}${nearest}?`;
}
