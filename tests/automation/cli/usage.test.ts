import { expect } from "chai";

import { allCommands } from "../../../automation/cli/allCommands";
import { nameOf, type Commands } from "../../../automation/command/command";
import { expectGolden } from "../../helpers/golden";
import { makeProject, removeFolders } from "../../helpers/project";
import { play } from "../../helpers/transcript";

interface NumberOfCommand {
    readonly words: string;
    readonly name: string;
    /** A command line with this text in the place of the number. */
    readonly argv: (typed: string) => readonly string[];
}

/** Every option and argument that is a number, of all commands. */
function numbersOf(commands: Commands, path: readonly string[] = []): readonly NumberOfCommand[] {
    return commands.flatMap((one) => {
        const words = [...path, nameOf(one)];
        if ("commands" in one) {
            return numbersOf(one.commands, words);
        }
        const isNumber = ([, { type }]: readonly [string, { readonly type?: unknown }]) => type === "number";
        const needed = one.command
            .split(" ")
            .slice(1)
            .filter((argument) => argument.startsWith("<"));
        const line = (typed: string, at?: string) =>
            needed.map((argument) =>
                argument === at
                    ? typed
                    : isNumber(["", one.positionals[argument.slice(1, -1)] ?? {}])
                      ? "7"
                      : "x",
            );
        return [
            ...Object.entries(one.positionals)
                .filter(isNumber)
                .map(([name]) => ({
                    ...{ words: words.join(" "), name: `<${name}>` },
                    argv: (typed: string) => [...words, ...line(typed, `<${name}>`)],
                })),
            ...Object.entries(one.options)
                .filter(isNumber)
                .map(([name]) => ({
                    ...{ words: words.join(" "), name: `--${name}` },
                    argv: (typed: string) => [...words, ...line(""), `--${name}=${typed}`],
                })),
        ];
    });
}

describe("the command line itself", () => {
    afterEach(removeFolders);

    const run = (...argv: string[]) => play(argv, { directory: makeProject() });

    it("explains itself with --help, on stdout", async () => {
        const { transcript, exitCode } = await run("--help");
        expect(exitCode).to.equal(0);
        expectGolden("cli/help.txt", transcript);
    });

    for (const command of ["init", "preview", "up", "destroy", "refresh", "outputs", "list"]) {
        it(`explains ${command} with its options and examples`, async () => {
            const { transcript, exitCode } = await run(command, "--help");
            expect(exitCode).to.equal(0);
            expectGolden(`cli/help-${command}.txt`, transcript);
        });
    }

    for (const command of ["list", "show"]) {
        it(`explains images ${command} with its options and examples`, async () => {
            const { transcript, exitCode } = await run("images", command, "--help");
            expect(exitCode).to.equal(0);
            expectGolden(`cli/help-images-${command}.txt`, transcript);
        });
    }

    for (const command of ["show", "requirements"]) {
        it(`explains network ${command} with its options and examples`, async () => {
            const { transcript, exitCode } = await run("network", command, "--help");
            expect(exitCode).to.equal(0);
            expectGolden(`cli/help-network-${command}.txt`, transcript);
        });
    }

    it("shows its help to who gives no command", async () => {
        const alone = await run();
        const asked = await run("--help");
        expect([alone.exitCode, alone.context.io.err()]).to.deep.equal([0, ""]);
        expect(alone.context.io.out()).to.equal(asked.context.io.out());
    });

    it("says its version", async () => {
        const { context, exitCode } = await run("--version");
        expect([exitCode, context.io.out()]).to.deep.equal([0, "1.2.3\n"]);
    });

    const mistakes: readonly (readonly [name: string, argv: readonly string[], message: string])[] = [
        ["a slip in a command", ["destory", "dev"], 'unknown command "destory", did you mean destroy?'],
        ["a command like no other", ["xyzzy"], 'unknown command "xyzzy"'],
        [
            "a slip in an option",
            ["up", "dev", "--form", "dev"],
            "unknown option --form, did you mean --from?",
        ],
        [
            "a slip in an option with =",
            ["up", "dev", "--paralel=2"],
            "unknown option --paralel, did you mean --parallel?",
        ],
        [
            "a slip in an option of several words",
            ["up", "dev", "--wait-for-lok", "10m"],
            "unknown option --wait-for-lok, did you mean --wait-for-lock?",
        ],
        ["a missing argument", ["up"], "an argument is missing: expected sles-ecs up <environment>"],
        [
            "an argument behind --",
            ["service", "scale", "dev", "web", "--", "-1"],
            "an argument is missing: expected sles-ecs service scale <environment> <service> <count>; what stands after -- is no argument of it: got -1",
        ],
        [
            "an argument too many",
            ["up", "dev", "alice"],
            'unexpected argument "alice": expected sles-ecs up <environment>',
        ],
        [
            "a time below zero, which is no wish for help",
            ["extend", "alice", "-4h"],
            'unexpected argument "-4h": no time is negative',
        ],
        [
            "a time below zero with a fraction",
            ["extend", "alice", "-1.5h"],
            'unexpected argument "-1.5h": no time is negative',
        ],
        [
            "a time below zero behind a switch",
            ["extend", "alice", "--verbose", "-4h"],
            'unexpected argument "-4h": no time is negative',
        ],
        [
            "a time below zero behind the short name of a switch",
            ["destroy", "alice", "-y", "-4h"],
            'unexpected argument "-4h": no time is negative',
        ],
        [
            "a time below zero behind an option that no command has",
            ["extend", "alice", "--yes", "-4h"],
            'unexpected argument "-4h": no time is negative',
        ],
        [
            "a time below zero behind an option with its value",
            ["extend", "alice", "--wait-for-lock=1m", "-4h"],
            'unexpected argument "-4h": no time is negative',
        ],
        [
            "a time below zero as a value",
            ["up", "dev", "--timeout", "-4h"],
            '--timeout is not a duration: got "-4h"',
        ],
        [
            "what looks like a time below zero as one of several values",
            ["service", "deploy", "dev", "--command", "-4h"],
            "the option --command needs a value; one that begins with a dash is written with an equals sign: --command=…",
        ],
        ["a missing value", ["up", "dev", "--from"], "the option --from needs a value"],
        ["a missing value of a short option", ["list", "-o"], "the option -o needs a value"],
        [
            "a slip in place of a value",
            ["up", "dev", "--from", "--yess"],
            "the option --from needs a value; what follows it is an unknown option, did you mean --yes?",
        ],
        [
            "a value with a dash",
            ["service", "deploy", "dev", "--command", "sh", "--command", "-c", "--command", "env"],
            "the option --command needs a value; one that begins with a dash is written with an equals sign: --command=…",
        ],
        [
            "a value that is none of the choices",
            ["list", "--output", "yaml"],
            'the option --output does not take this value: got "yaml", expected one of "table", "json"',
        ],
        [
            "a bare number as duration",
            ["up", "dev", "--timeout", "10"],
            '--timeout is not a duration: got "10"',
        ],
        [
            "a duration of words",
            ["destroy", "dev", "--timeout", "soon"],
            '--timeout is not a duration: got "soon"',
        ],
        [
            "no number for --parallel",
            ["up", "dev", "--parallel", "many"],
            "--parallel is not a number of resources",
        ],
        ["zero for --parallel", ["up", "dev", "--parallel", "0"], "--parallel is not a number of resources"],
        [
            "a name that no stack can have",
            ["up", "my env"],
            'this is not a name for an environment: got "my env"',
        ],
        ["a name with a path", ["destroy", "../dev"], 'this is not a name for an environment: got "../dev"'],
        ["the name of a folder", ["destroy", ".."], 'this is not a name for an environment: got ".."'],
        ["an impossible name to preview", ["preview", "ä"], "this is not a name for an environment"],
        ["an impossible name to refresh", ["refresh", "a/b"], "this is not a name for an environment"],
        ["an impossible name for outputs", ["outputs", "a b"], "this is not a name for an environment"],
    ];
    for (const [name, argv, message] of mistakes) {
        it(`refuses ${name} with exit code 2, and asks neither Pulumi nor AWS`, async () => {
            const { exitCode, context } = await run(...argv);
            expect(context.io.err()).to.contain(`error: ${message}`).and.to.contain("(USAGE, exit code 2)");
            expect(context.io.err()).to.match(/\nNext: sles-ecs .*\n/);
            expect([exitCode, context.io.out(), context.calls]).to.deep.equal([2, "", []]);
        });
    }

    for (const { words, argv, name } of numbersOf(allCommands)) {
        for (const typed of ["x", "", "1.5", "0x10", "1e3"]) {
            it(`says what was typed where ${words} gets ${JSON.stringify(typed)} as ${name}`, async () => {
                const { exitCode, context } = await run(...argv(typed));
                const got = typed === "" ? "nothing" : typed;
                expect(context.io.err()).to.match(
                    new RegExp(`^error: ${name} is not a .*number.*: got ${got}, expected `),
                );
                expect(context.io.err()).to.contain("(USAGE, exit code 2)");
                expect([exitCode, context.io.out(), context.calls]).to.deep.equal([2, "", []]);
            });
        }
    }

    it("never shows the value that begins with a dash", async () => {
        const { context } = await run("service", "deploy", "dev", "--env", "-PASSWORD=hunter2");
        expect(context.io.err())
            .to.contain("written with an equals sign: --env=…\n")
            .and.not.match(/PASSWORD|hunter2/);
    });

    it("takes a name that looks like a number as it was typed", async () => {
        const { context } = await run("outputs", "1.10");
        expect(context.io.err()).to.contain("1.10");
    });

    it("puts an error as one JSON document on the last line of stderr with --output json", async () => {
        const { exitCode, context } = await run("list", "--output", "json", "--cwd", "/nonexistent");
        expect(JSON.parse(context.io.err().trimEnd().split("\n").at(-1) ?? "")).to.deep.equal({
            version: 1,
            error: {
                code: "PROJECT_NOT_FOUND",
                message: "there is no Pulumi project here: no Pulumi.yaml in /nonexistent",
                details: [],
                hint: "sles-ecs -C /nonexistent init",
                exitCode: 3,
            },
        });
        expect([exitCode, context.io.out()]).to.deep.equal([3, ""]);
    });

    it("calls an error of its own a defect in one line, without a stack", async () => {
        const { exitCode, context } = await play(["list"], {
            directory: makeProject(),
            listError: new TypeError("x is not a function"),
        });
        expect(exitCode).to.equal(1);
        expect(context.io.err()).to.equal(
            "error: this is a defect of sles-ecs: x is not a function\n" +
                "Next: run again with --debug, and report what it shows\n" +
                "(DEFECT, exit code 1)\n",
        );
    });

    it("shows the stack with --debug", async () => {
        const { context } = await play(["list", "--debug"], {
            directory: makeProject(),
            listError: new TypeError("x is not a function"),
        });
        expect(context.io.err()).to.contain("TypeError: x is not a function\n    at ");
    });

    it("describes every command in a line without a full stop, in sentences, and by example", () => {
        for (const command of allCommands) {
            expect(command.summary, command.command).to.match(/[^.]$/);
            expect(command.description, command.command).to.match(/\.$/);
            if ("examples" in command) {
                expect(command.examples, command.command).not.to.have.lengthOf(0);
            }
        }
    });
});
