import type { Options } from "yargs";

import type { Command, Commands, DeclaredOptions } from "../../automation/command/command";
import { commonOptions } from "../../automation/command/options";
import { code, generatedNote, markdownTable, page } from "./markdown";

const environmentVariables: readonly (readonly [string, string])[] = [
    [
        "`AWS_REGION`, `AWS_PROFILE`, `AWS_ENDPOINT_URL`, …",
        "AWS's own, as every AWS tool reads them; `aws:region` and `aws:profile` of the settings file come first.",
    ],
    [
        "`PULUMI_BACKEND_URL`",
        "Where the state of the environments is; Pulumi's own choice where it is not set.",
    ],
    [
        "`PULUMI_CONFIG_PASSPHRASE`, `PULUMI_CONFIG_PASSPHRASE_FILE`",
        "What secrets in the state are locked with, unless the backend does that itself. An empty one counts.",
    ],
    [
        "`SLES_ECS_CACHE`",
        "Where the fetched tools are kept: the Pulumi CLI, where there is none on PATH, and moto; beside them pint's last answers. Otherwise `$XDG_CACHE_HOME/sles-ecs`, otherwise `~/.cache/sles-ecs`.",
    ],
    [
        "`SLES_ECS_PINT_URL`",
        "Where SUSE's image data (pint) is asked for; `https://susepubliccloudinfo.suse.com` where it is not set.",
    ],
    [
        "`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`",
        'By which proxy AWS, pint and downloads are asked, in either case of letters; `NO_PROXY` is read as Pulumi reads it: names with their subdomains, `.name`, addresses, CIDR blocks, each also with a port, and `*`. `doctor` shows what comes of them. README, "Behind a proxy".',
    ],
    [
        "`SLES_ECS_STOP_SECONDS`",
        "How many seconds a command has to end in good order after SIGTERM or SIGHUP; 60 where it is not set. Then the engine is killed, and at most 3 s later the command ends by itself with 130.",
    ],
    [
        "`SLES_ECS_LOCAL_BOOT_SECONDS`",
        "How long a simulated host of the local cloud boots; 1 where it is not set.",
    ],
    ["`PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK`", "Take the Pulumi CLI on PATH whatever its version."],
    ["`FORCE_COLOR`", "Colours, also off a terminal; with 0 none."],
    ["`NO_COLOR`", "No colours, also on a terminal, whatever `FORCE_COLOR` says."],
];

/** docs/cli.md, from what the commands declare. */
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
        optionTable(commonOptions),
        "## Environment variables",
        markdownTable(["Variable", "Meaning"], environmentVariables),
        ...leaves(commands).map(commandSection),
    );
}

interface Leaf {
    readonly usage: string;
    readonly command: Command;
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
    const { positionals, options } = command;
    const examples = command.examples.map(({ command: words, text }) => `# ${text}\nsles-ecs ${words}`);
    return page(
        `## ${code(usage)}`,
        command.description,
        Object.keys(positionals).length === 0
            ? ""
            : markdownTable(
                  ["Argument", "Meaning", "Values"],
                  Object.entries(positionals).map(([name, { describe = "", choices = [] }]) => [
                      code(name),
                      describe,
                      choices.map(String).map(code).join(", "),
                  ]),
              ),
        Object.keys(options).length === 0 ? "" : optionTable(options),
        examples.length === 0 ? "" : `\`\`\`sh\n${examples.join("\n\n")}\n\`\`\``,
    ).trimEnd();
}

function optionTable(options: DeclaredOptions): string {
    return markdownTable(
        ["Option", "Meaning", "Values", "Default"],
        Object.entries(options).map(([name, option]) => [
            [name, ...[option.alias ?? []].flat()]
                .map((one) => code(one.length === 1 ? `-${one}` : `--${one}`))
                .join(", "),
            option.describe ?? "",
            option.choices === undefined
                ? (option.type ?? "string")
                : option.choices.map(String).map(code).join(", "),
            defaultText(option),
        ]),
    );
}

/** Choices, numbers and truth values are values; anything else is text that explains. */
function defaultText(option: Options): string {
    const value = option.defaultDescription ?? (option.default as string | number | boolean | undefined);
    if (value === undefined) {
        return "";
    }
    const text = String(value);
    return option.choices?.includes(text) === true || /^(true|false|[\d.]+\w*)$/.test(text)
        ? code(text)
        : text;
}
