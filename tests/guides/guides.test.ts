import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";

import { EC2 } from "@aws-sdk/client-ec2";
import { expect } from "chai";

import { prepareAwsCli } from "../helpers/awsCli";
import { startProxy } from "../helpers/proxyServer";
import { SourceRegistry } from "../helpers/sourceRegistry";
import { root } from "../docs/pages";
import { expectExit, Workplace, type Answer } from "../engine/harness";
import { stepsOf, type Step } from "./guide";

/** What a guide takes for granted, and what of its words is another here. */
interface Played {
    readonly guide: string;
    /** What stands before its first line is read. @default - nothing */
    readonly before?: (place: Workplace) => Promise<unknown>;
    /** Words of the page, and what is put in their place on this machine; each occurs in it. */
    readonly instead?: (place: Workplace) => Promise<Readonly<Record<string, string>>>;
    /** What happens to the reader before the step in which some text occurs. */
    readonly happens?: Readonly<Record<string, (place: Workplace) => Promise<unknown>>>;
    /** What the step in which some text occurs has to answer. */
    readonly answers?: Readonly<Record<string, RegExp>>;
    readonly after?: () => Promise<unknown>;
}

async function upInFolder(place: Workplace, hosts: number): Promise<void> {
    // As people write it: a line a key.
    const settings = `config:\n  aws:region: us-east-1\n  sles-ecs:hosts:\n    count: ${hosts}\n`;
    await fs.writeFile(place.settingsFile("dev"), settings);
    await place.expectSlesEcs(0, "up", "dev");
}

const source: { registry?: SourceRegistry } = {};
const proxy: { stop?: () => Promise<void> } = {};

const stateFile = (place: Workplace): string =>
    path.join(place.cloud.directory, "state", ".pulumi", "stacks", "sles-ecs", "dev.json");

const played: readonly Played[] = [
    {
        guide: "state-in-s3.md",
        before: (place) => upInFolder(place, 1),
        answers: { "sles-ecs status dev": /1 of 1 host ready/, "sles-ecs list": /^test +up/m },
    },
    {
        guide: "private-registry.md",
        instead: async () => {
            source.registry = await SourceRegistry.start();
            source.registry.add("bci/bci-base:15.7", { layers: [randomBytes(2000)] });
            return { "registry.suse.com": source.registry.address };
        },
        answers: { "--count 2": /in 2 tasks/, "destroy dev": /^dev is gone: /m },
        after: () => source.registry?.stop() ?? Promise.resolve(),
    },
    {
        guide: "load-balancer.md",
        before: async (place) => {
            await upInFolder(place, 2);
            const folder = path.join(place.directory, "service");
            await fs.cp(path.join(root, "examples", "service"), folder, { recursive: true });
            await fs.symlink(path.join(root, "node_modules"), path.join(folder, "node_modules"));
        },
        answers: {
            "--sample": /answers at http/,
            $BALANCER_GROUP: /^web\S* +others +2 of 2/m,
            "destroy dev": /^dev is gone: /m,
        },
    },
    {
        guide: "killed-up.md",
        before: async (place) => {
            await place.writeSettings("dev", { hosts: { count: 2 } });
            await kill(place, /created security group/);
        },
        happens: {
            "unlock dev": (place) => kill(place, /updating|created|checking lock/),
            "state restore": (place) => fs.truncate(stateFile(place), 100),
            "orphans --region us-east-1\n": (place) =>
                fs.rm(path.dirname(stateFile(place)), { recursive: true }),
        },
        answers: { "status dev": /2 of 2 hosts ready/, "evidence check": /still gone/ },
    },
    {
        guide: "many-hosts.md",
        instead: () => Promise.resolve({ "desired: 500": "desired: 6", "scale batch 550": "scale batch 8" }),
        answers: { "status batch": /6 of 6 hosts ready/, "scale batch": /8 of 8 ready/ },
    },
    {
        guide: "proxy.md",
        instead: async (place) => {
            const started = await startProxy({});
            proxy.stop = () => started.stop();
            return {
                "http://proxy.example:3128": `http://${started.address}`,
                "address: proxy.example": `address: ${await machineInVpc(place)}`,
            };
        },
        answers: { "network requirements": /443/, "status dev": /1 of 1 host ready/ },
        after: () => proxy.stop?.() ?? Promise.resolve(),
    },
    {
        guide: "several-teams.md",
        answers: { "--from dev --set clusterName=web-alice\n": /^alice +up +\S+ +in /m },
    },
];

/** An instance beside the hosts, where a proxy may stand. @returns its address */
async function machineInVpc(place: Workplace): Promise<string> {
    const ec2 = new EC2(place.access);
    const { Images = [] } = await ec2.describeImages({});
    const { Instances = [] } = await ec2.runInstances({
        ImageId: Images[0]?.ImageId,
        InstanceType: "t3.small",
        MinCount: 1,
        MaxCount: 1,
    });
    ec2.destroy();
    return Instances[0]?.PrivateIpAddress ?? "";
}

/** An `up` of dev that is killed when it has said something, as by a power failure. */
async function kill(place: Workplace, said: RegExp): Promise<void> {
    const killed = await place.slesEcs(["up", "dev", "--yes"], {
        onOutput: (output, _, end) => said.test(output) && end(),
    });
    expect(killed.exitCode, killed.stderr).to.equal(null);
    const text = await fs.readFile(stateFile(place), "utf8");
    if (!isWhole(text)) {
        // Cut just then; that has a section of its own.
        await place.expectSlesEcs(0, "state", "restore", "dev", "--yes");
    }
}

function isWhole(json: string): boolean {
    try {
        JSON.parse(json);
        return true;
    } catch {
        return false;
    }
}

/** A reader at one shell, whose folder and variables stay from block to block. */
class Reader {
    private hasTyped = false;

    private constructor(
        private readonly place: Workplace,
        private readonly memory: string,
    ) {}

    static async sitDown(place: Workplace, aws: string): Promise<Reader> {
        const memory = path.join(place.directory, "shell");
        await fs.writeFile(memory, `PATH="${aws}:$PATH"; export PATH\n`);
        return new Reader(place, memory);
    }

    async type(script: string): Promise<Answer> {
        const typed = `${this.memory}.typed`;
        const remember = `{ export -p; echo "cd '$PWD'"; } > "${this.memory}"`;
        await fs.writeFile(typed, `set -e -a\n. "${this.memory}"\n${script}\n${remember}\n`);
        // Nothing but what the shell remembers: a variable that was unset stays so.
        const answer = await this.place.shell(this.hasTyped ? `env -i sh "${typed}"` : `sh "${typed}"`);
        this.hasTyped = true;
        return answer;
    }
}

describe("the guides, read at a local cloud", () => {
    let aws: string;

    before(async () => {
        aws = await prepareAwsCli();
    });

    it("are all played", () => {
        const pages = readdirSync(path.join(root, "docs", "guides")).filter((name) => name !== "README.md");
        expect(played.map(({ guide }) => guide)).to.have.members(pages);
    });

    for (const { guide, before: prepare, instead, happens = {}, answers = {}, after: finish } of played) {
        describe(guide, () => {
            let place: Workplace;

            before(async () => {
                place = await Workplace.create();
                await prepare?.(place);
            });
            after(async () => {
                await Promise.all([place.stop(), finish?.()]);
            });

            it("does what it says, to its last line", async () => {
                const reader = await Reader.sitDown(place, aws);
                const steps = putInstead(stepsOf(`docs/guides/${guide}`), (await instead?.(place)) ?? {});
                requireWords(steps, [...Object.keys(happens), ...Object.keys(answers)]);
                for (const step of steps) {
                    const found = <T>(some: Readonly<Record<string, T>>): readonly T[] =>
                        Object.entries(some).flatMap(([word, one]) =>
                            step.text.includes(word) ? [one] : [],
                        );
                    for (const happen of found(happens)) {
                        await happen(place);
                    }
                    if (step.kind === "file") {
                        await write(place, step);
                        continue;
                    }
                    const answer = await reader.type(step.text);
                    expectStep(guide, step, answer);
                    found(answers).forEach((expected) => expect(answer.stdout).to.match(expected));
                }
            });
        });
    }
});

function putInstead(steps: readonly Step[], words: Readonly<Record<string, string>>): readonly Step[] {
    requireWords(steps, Object.keys(words));
    return steps.map((step) => ({
        ...step,
        text: Object.entries(words).reduce((text, [from, to]) => text.replaceAll(from, to), step.text),
    }));
}

function requireWords(steps: readonly Step[], words: readonly string[]): void {
    expect(words.filter((word) => !steps.some(({ text }) => text.includes(word)))).to.deep.equal([]);
}

async function write(place: Workplace, { name, text }: Step & { kind: "file" }): Promise<void> {
    const folder = name === "index.ts" ? path.join(place.directory, "service") : place.project;
    await fs.writeFile(path.join(folder, name), text);
}

function expectStep(guide: string, { line, exitCode }: Step & { kind: "script" }, answer: Answer): void {
    try {
        expectExit(answer, exitCode);
    } catch (error) {
        throw new Error(`docs/guides/${guide}:${line}: ${(error as Error).message}`, { cause: error });
    }
}
