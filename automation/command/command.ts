import type { Argv } from "yargs";

import type { Context } from "../ports/context";

/** Options that every command takes. */
export interface CommonOptions {
    readonly debug: boolean;
    /** Answers every question with yes. */
    readonly yes: boolean;
    /** Folder of the project; found upwards from the working directory where it is missing. */
    readonly projectDirectory: string | undefined;
}

export interface Example {
    /** The words after `sles-ecs`. */
    readonly command: string;
    /** What they do, in one short sentence. */
    readonly text: string;
}

/**
 * One command: what it is called, how it is explained, and which action it starts. Nothing of Pulumi or of the AWS
 * SDK is loaded by defining one: `run` imports its action itself. The reference in docs/cli.md is generated from these.
 */
export interface Command<Options = unknown> {
    /** In yargs' syntax, such as `up <environment>`. */
    readonly command: string;
    /** One line for the list of commands, without a full stop. */
    readonly summary: string;
    /** Whole sentences for `--help` of the command, paragraphs parted by an empty line. */
    readonly description: string;
    readonly examples: readonly Example[];
    /** Declares positionals and options on the parser it is given; `run` receives them in camel case. */
    options(yargs: Argv<CommonOptions>): unknown;
    /** Does the work. @returns the exit code; throws `AppError` for everything that a person can mend. */
    run(options: CommonOptions & Options, context: Context): Promise<number>;
}

/** A word that only groups commands, such as `local`. */
export interface CommandGroup {
    readonly command: string;
    readonly summary: string;
    readonly description: string;
    readonly commands: readonly AnyCommand[];
}

/** A command whose options are known to itself alone; what lists of commands hold. */
export interface AnyCommand {
    readonly command: string;
    readonly summary: string;
    readonly description: string;
    readonly examples: readonly Example[];
    options(yargs: Argv<CommonOptions>): unknown;
    run(options: CommonOptions, context: Context): Promise<number>;
}

/** Ties the options that a command declares to those that its `run` receives. */
export function defineCommand<Options>(command: Command<Options>): AnyCommand {
    return command;
}
