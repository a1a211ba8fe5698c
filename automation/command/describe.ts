import type { Argv, Options, PositionalOptions } from "yargs";

import { withCommonOptions } from "../cli/parser";
import type { AnyCommand, CommonOptions } from "./command";

/** An option as its command declares it. */
export interface DescribedOption {
    /** Long name, without dashes. */
    readonly name: string;
    readonly aliases: readonly string[];
    readonly description: string;
    readonly type: "boolean" | "string" | "number";
    readonly choices: readonly string[];
    /** As the help shows it; missing where there is none worth showing. */
    readonly defaultValue: string | undefined;
    readonly repeatable: boolean;
}

/** An argument without a name, such as `<environment>`. */
export interface DescribedPositional {
    readonly name: string;
    readonly description: string;
    readonly choices: readonly string[];
    readonly required: boolean;
    /** Takes all the words that follow. */
    readonly variadic: boolean;
}

export interface DescribedCommand {
    readonly positionals: readonly DescribedPositional[];
    readonly options: readonly DescribedOption[];
}

type Declarations = Record<string, Options & PositionalOptions>;

/** What a command declares to yargs, as data: the source of the completion and of docs/cli.md. */
export function describeCommand(command: AnyCommand): DescribedCommand {
    const { options, positionals } = record((parser) => command.options(parser));
    const words = command.command.split(" ").slice(1);
    return {
        options: Object.entries(options).map(([name, option]) => describeOption(name, option)),
        positionals: words.map((word) => {
            const name = word.replace(/^[<[]|\.\.|[\]>]$/g, "");
            return {
                name,
                description: positionals[name]?.describe ?? "",
                choices: (positionals[name]?.choices ?? []).map(String),
                required: word.startsWith("<"),
                variadic: word.includes(".."),
            };
        }),
    };
}

/** The options that every command takes. */
export function describeCommonOptions(): readonly DescribedOption[] {
    const { options } = record((parser) => withCommonOptions(parser));
    return Object.entries(options).map(([name, option]) => describeOption(name, option));
}

function describeOption(name: string, option: Options): DescribedOption {
    const aliases = option.alias === undefined ? [] : [option.alias].flat();
    const shownDefault =
        option.default === undefined || option.default === false ? undefined : String(option.default);
    return {
        name,
        aliases,
        description: option.describe ?? "",
        type: option.type === "boolean" || option.type === "number" ? option.type : "string",
        choices: (option.choices ?? []).map(String),
        defaultValue: option.defaultDescription ?? shownDefault,
        repeatable: option.array === true,
    };
}

/** Takes down what is declared, instead of parsing by it. */
function record(declare: (parser: Argv<CommonOptions>) => unknown): {
    readonly options: Declarations;
    readonly positionals: Declarations;
} {
    const options: Declarations = {};
    const positionals: Declarations = {};
    const recorder: unknown = new Proxy(
        {},
        {
            get: (_target, method) => (first: string | Declarations, declaration: Options) => {
                if (method === "positional") {
                    positionals[first as string] = declaration as PositionalOptions;
                } else if (method === "option" || method === "options") {
                    Object.assign(options, typeof first === "string" ? { [first]: declaration } : first);
                }
                return recorder;
            },
        },
    );
    declare(recorder as Argv<CommonOptions>);
    return { options, positionals };
}
