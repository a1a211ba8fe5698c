import type { AnyCommand, CommandGroup } from "../../automation/commands/command";
import {
    describeCommand,
    describeCommonOptions,
    type DescribedOption,
} from "../../automation/commands/describe";
import { code, generatedNote, markdownTable, page } from "./markdown";

type Commands = readonly (AnyCommand | CommandGroup)[];

/** docs/cli.md, from what the commands declare to yargs. */
export function cliPage(commands: Commands): string {
    return page(
        generatedNote,
        "# `sles-ecs`: the command line",
        "Results go to stdout, everything else to stderr. What the exit codes mean stands in [errors.md](errors.md), what the settings mean in [config.md](config.md).",
        markdownTable(
            ["Command", "What it does"],
            leaves(commands).map(({ usage, command }) => [
                `[${code(usage)}](#${anchor(usage)})`,
                command.summary,
            ]),
        ),
        "## Options of every command",
        optionTable(describeCommonOptions()),
        ...leaves(commands).map(commandSection),
    );
}

interface Leaf {
    readonly usage: string;
    readonly command: AnyCommand;
}

function leaves(commands: Commands, prefix = "sles-ecs"): readonly Leaf[] {
    return commands.flatMap((command) => {
        const usage = `${prefix} ${command.command}`;
        return "commands" in command ? leaves(command.commands, usage) : [{ usage, command }];
    });
}

/** As GitHub makes it from a heading. */
function anchor(heading: string): string {
    return heading
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, "")
        .replaceAll(" ", "-");
}

function commandSection({ usage, command }: Leaf): string {
    const { positionals, options } = describeCommand(command);
    const examples = command.examples.map(({ command: words, text }) => `# ${text}\nsles-ecs ${words}`);
    return page(
        `## ${code(usage)}`,
        command.description,
        positionals.length === 0
            ? ""
            : markdownTable(
                  ["Argument", "Meaning", "Values"],
                  positionals.map(({ name, description, choices }) => [
                      code(name),
                      description,
                      choices.map(code).join(", "),
                  ]),
              ),
        options.length === 0 ? "" : optionTable(options),
        examples.length === 0 ? "" : `\`\`\`sh\n${examples.join("\n\n")}\n\`\`\``,
    ).trimEnd();
}

function optionTable(options: readonly DescribedOption[]): string {
    return markdownTable(
        ["Option", "Meaning", "Values", "Default"],
        options.map((option) => [
            [option.name, ...option.aliases]
                .map((name) => code(name.length === 1 ? `-${name}` : `--${name}`))
                .join(", "),
            option.description,
            option.choices.length > 0 ? option.choices.map(code).join(", ") : option.type,
            defaultText(option),
        ]),
    );
}

/** Choices, numbers and truth values are values; anything else is text that explains. */
function defaultText({ defaultValue, choices, type }: DescribedOption): string {
    if (defaultValue === undefined) {
        return type === "boolean" ? code("false") : "";
    }
    return choices.includes(defaultValue) || /^(true|false|[\d.]+\w*)$/.test(defaultValue)
        ? code(defaultValue)
        : defaultValue;
}
