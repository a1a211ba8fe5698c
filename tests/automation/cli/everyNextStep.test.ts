import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { allCommands } from "../../../automation/cli/allCommands";
import { createParser, type Parsing } from "../../../automation/cli/parser";
import { reportError } from "../../../automation/cli/reportError";
import { nameOf, type Command, type Commands } from "../../../automation/command/command";
import { AppError } from "../../../automation/errors/appError";
import { errorCatalogue, type ErrorCode } from "../../../automation/errors/errorCatalogue";
import { command, renderLine } from "../../../components/model/commandLine";
import { callsOf } from "../../docs/shellWords";
import { changes, fakeContext, step, type FakeContextOptions } from "../../helpers/fakes";
import { recordIo } from "../../helpers/io";
import { makeFolder, makeProject, removeFolders } from "../../helpers/project";
import { play } from "../../helpers/transcript";

interface Leaf {
    /** Words from behind `sles-ecs` up to the arguments. */
    readonly words: readonly string[];
    readonly command: Command;
}

function leaves(commands: Commands, before: readonly string[] = []): readonly Leaf[] {
    return commands.flatMap((one) => {
        const words = [...before, nameOf(one)];
        return "commands" in one ? leaves(one.commands, words) : [{ words, command: one }];
    });
}

/** What a parser of the same command line reads: the folder of the project, and which command is to run. */
async function parse(argv: readonly string[]): Promise<{ directory?: string; ran: string }> {
    let ran = "";
    const noting = (commands: Commands): Commands =>
        commands.map((one) =>
            "commands" in one
                ? { ...one, commands: noting(one.commands) as readonly Command[] }
                : { ...one, run: () => Promise.resolve(((ran = one.command), 0)) },
        );
    const context = fakeContext({ directory: "/" });
    const parsing: Parsing = { argv, context, exitCode: 0 };
    await createParser(noting(allCommands), parsing).parseAsync([...argv], {}, () => undefined);
    return { directory: parsing.projectDirectory, ran };
}

/** Commands in a text that were told without the folder of the project. */
function withoutProject(text: string): readonly string[] {
    return text.match(/(?<![\w./-])sles-ecs (?!-C )\S*/g) ?? [];
}

/** What an argument takes that does not take any word. */
const fitting: Readonly<Record<string, string>> = { "<time>": "4h", "<count>": "3" };

const unusual = "/home/alice/it's my project";
const quoted = "'/home/alice/it'\\''s my project'";

describe("Every command to go on with", () => {
    afterEach(removeFolders);

    for (const { words, command: leaf } of leaves(allCommands)) {
        it(`keeps -C: ${words.join(" ")}`, async () => {
            const needed = leaf.command.split(" ").slice(1);
            const argv = [...words, ...needed.map((one) => fitting[one] ?? "bash")];
            const text = renderLine(command(...argv), { projectDirectory: unusual });
            expect(text).to.equal(`sles-ecs -C ${quoted} ${argv.join(" ")}`);
            const script = `printf '%s\\n' ${text}`;
            const [, ...read] = execFileSync("sh", ["-c", script], { encoding: "utf8" })
                .trimEnd()
                .split("\n");
            expect(await parse(read)).to.deep.equal({ directory: unusual, ran: leaf.command });
        });

        it(`keeps -C in the help that an error leads to: ${words.join(" ")}`, async () => {
            const needed = leaf.command.split(" ").slice(1);
            const { context, exitCode } = await play(
                ["-C", unusual, ...words, ...needed.map((one) => fitting[one] ?? "bash"), "--no-such-option"],
                { directory: makeFolder() },
            );
            expect(exitCode).to.equal(2);
            expect(context.io.err()).to.contain(
                `\nNext: sles-ecs -C ${quoted} ${words.join(" ")} --help\n(USAGE`,
            );
        });
    }

    for (const code of Object.keys(errorCatalogue) as ErrorCode[]) {
        it(`keeps -C in what is next after ${code}`, () => {
            const io = recordIo();
            const options = { debug: false, json: false, projectDirectory: unusual };
            const signal = new AbortController().signal;
            reportError(new AppError(code, { message: "wrong" }), { io, env: {}, signal }, options);
            expect(withoutProject(io.err())).to.deep.equal([]);
        });
    }
});

describe("What is next in the golden transcripts", () => {
    const folder = path.join(__dirname, "../../golden");
    const calls = ["cli", "status", "wait"].flatMap((name) =>
        readdirSync(path.join(folder, name))
            .filter((file) => file.endsWith(".txt") && !file.startsWith("help"))
            .flatMap((file) => {
                const lines = readFileSync(path.join(folder, name, file), "utf8").split("\n");
                const told = lines.filter((line) => !line.startsWith("$ "));
                return callsOf("sles-ecs", told.join("\n")).map((call) => ({ file, call }));
            }),
    );

    it("is found", () => {
        expect(calls).to.have.length.above(15);
    });

    for (const { file, call } of calls) {
        it(`is understood with -C too: ${file}, sles-ecs ${call.join(" ")}`, async () => {
            // What explains a command stands behind two blanks at least.
            const words = file === "init.txt" ? call.slice(0, 2) : call;
            expect((await parse(["-C", "/p", ...words])).directory).to.equal("/p");
            const isOfGroup = allCommands.some((one) => "commands" in one && nameOf(one) === words[0]);
            expect((await parse(words)).ran).to.match(new RegExp(`^${isOfGroup ? words[1] : words[0]}\\b`));
        });
    }
});

describe("An answer and a plan", () => {
    afterEach(removeFolders);

    const replacing = {
        resources: [{ type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id: "dev" }],
        preview: changes([step("replace", "aws:ec2/instance:Instance", "sles-ecs-host-1", ["ami"])]),
    };
    const cases: readonly (readonly [
        argv: readonly string[],
        next: string,
        options?: Partial<FakeContextOptions>,
    ])[] = [
        [["init"], "preview dev   what"],
        [["up", "dev"], "status dev\n"],
        [["up", "dev"], "images update dev", { stacks: { dev: replacing }, answers: [true] }],
        [["up", "dev"], "images update dev --yes\n", { stacks: { dev: replacing } }],
        [["preview", "dev"], "images update dev\n", { stacks: { dev: replacing } }],
        [["outputs", "nope"], "list\n"],
        [["local", "reset", "--directory", "nowhere"], "local start --directory nowhere\n"],
        [["images", "list", "--filter", "x"], "images list --filter"],
    ];
    for (const [argv, next, options] of cases) {
        it(`of ${argv.join(" ")} names the project in its commands: ${next.trim()}`, async () => {
            const directory = makeProject();
            const { context } = await play([...argv, "-C", directory], {
                directory: makeFolder(),
                ...options,
            });
            const said = context.io.err() + context.io.out();
            expect(said).to.contain(`sles-ecs -C ${directory} ${next}`);
            expect(withoutProject(said)).to.deep.equal([]);
        });
    }

    it("of a project without environments does so too", async () => {
        const directory = makeFolder({ "Pulumi.yaml": "name: sles-ecs\nruntime: nodejs\n" });
        for (const argv of [["list"], ["images", "outdated"]]) {
            const { context } = await play([...argv, "-C", directory], { directory: makeFolder() });
            expect(context.io.out(), argv.join(" ")).to.contain(`\nNext: sles-ecs -C ${directory} init\n`);
        }
    });
});
