import type { CamelCaseKey, InferredOptionType, Options, PositionalOptions } from "yargs";

import type { Context } from "../ports/context";
import type { commonOptions } from "./options";

/** Options by their long names, in the order of the help. */
export type DeclaredOptions = Readonly<Record<string, Options>>;

/** Arguments without a name, in the order in which they are given. */
export type DeclaredPositionals = Readonly<Record<string, PositionalOptions>>;

/** What a command line gives for positionals or options, in camel case. */
export type Given<D extends DeclaredOptions | DeclaredPositionals> = {
    readonly [Name in keyof D as CamelCaseKey<Name>]: InferredOptionType<D[Name]>;
};

/** Options that every command takes. */
export type CommonOptions = Given<typeof commonOptions>;

interface Described {
    /** In yargs' syntax, such as `up <environment>`. */
    readonly command: string;
    /** One line for the list of commands, without a full stop. */
    readonly summary: string;
    /** Whole sentences for `--help` of the command, paragraphs parted by an empty line. */
    readonly description: string;
}

export interface Example {
    /** The words after `sles-ecs`. */
    readonly command: string;
    /** What they do, in one short sentence. */
    readonly text: string;
}

interface Declaration<P extends DeclaredPositionals, O extends DeclaredOptions> extends Described {
    readonly examples: readonly Example[];
    readonly positionals?: P;
    readonly options: O;
}

/**
 * One command: what it is called, how it is explained, what it takes, and which action it starts. Nothing of Pulumi or
 * of the AWS SDK is loaded by defining one: `run` imports its action itself. The help, the completion and the reference
 * in docs/cli.md are made from these. What lists of commands hold.
 */
export interface Command extends Required<Declaration<DeclaredPositionals, DeclaredOptions>> {
    /** Does the work. @returns the exit code; throws `AppError` for everything that a person can mend. */
    run(options: CommonOptions, context: Context): Promise<number>;
}

/** A word that only groups commands, such as `local`. */
export interface CommandGroup extends Described {
    readonly commands: readonly Command[];
}

export type Commands = readonly (Command | CommandGroup)[];

const noPositionals = {} as const satisfies DeclaredPositionals;

/** Ties the positionals and options that a command declares to those that its `run` receives. */
export function defineCommand<
    const O extends DeclaredOptions,
    const P extends DeclaredPositionals = typeof noPositionals,
>(
    command: Declaration<P, O> & {
        run(
            /** `_`: name of the command, and what stands behind `--` */
            options: CommonOptions & Given<P> & Given<O> & { readonly _: readonly (string | number)[] },
            context: Context,
        ): Promise<number>;
    },
): Command {
    return { positionals: noPositionals, ...command };
}

/** Name of a command: what stands before its arguments. */
export function nameOf({ command }: Described): string {
    return command.split(" ")[0] ?? "";
}
