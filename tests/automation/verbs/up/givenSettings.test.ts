import { readdirSync, readFileSync } from "node:fs";

import { expect } from "chai";

import { up } from "../../../../automation/applying/up";
import { clusterType } from "../../../../automation/ports/engine";
import { AppError } from "../../../../automation/errors/appError";
import { preview } from "../../../../automation/verbs/preview/preview";
import { requestOf, type UpOptions } from "../../../../automation/verbs/up/forPrograms";
import { renderLine } from "../../../../components/model/commandLine";
import { parseSettings, type Settings } from "../../../../components/model/settings";
import { inEc2 } from "../../../helpers/account";
import type { FakeAwsState } from "../../../helpers/fakeAws";
import { chosenImage, fakeContext, type FakeContext, type FakeStackOptions } from "../../../helpers/fakes";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { newer } from "../images/lockCase";

const lock = { id: chosenImage.id, name: chosenImage.name, date: "20260910", region: "us-east-1" };
const newerLock = { id: newer.id, name: newer.name, date: newer.date, region: "us-east-1" };

/** What an update has left in the state. */
function keptAs(settings: Settings): FakeStackOptions {
    const id = "arn:aws:ecs:us-east-1:123456789012:cluster/alice";
    return {
        resources: [{ type: clusterType, name: "sles-ecs-cluster", id }],
        outputs: { clusterName: "alice" },
        settings: parseSettings(settings, "alice").settings,
    };
}

function contextWith(
    stack?: FakeStackOptions,
    directory = makeProject(),
    aws?: Partial<FakeAwsState>,
): FakeContext {
    return fakeContext({
        directory,
        aws,
        env: { AWS_REGION: "us-east-1" },
        ...(stack && { stacks: { alice: stack } }),
    });
}

const of = { environment: "alice", projectDirectory: undefined, waitForLockSeconds: 0 };

function bringUp(context: FakeContext, options: UpOptions) {
    return up(requestOf({ wait: false, allowLosses: true, ...options }, of), context);
}

async function refusal(work: Promise<unknown>): Promise<string> {
    const error: unknown = await work.catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(AppError);
    const { code, message, details } = error as AppError;
    return [`${code} ${message}`, ...details.map((line) => renderLine(line))].join("\n");
}

function filesOf(directory: string): readonly string[] {
    return readdirSync(directory).sort();
}

describe("settings that a program gives", () => {
    afterEach(removeFolders);

    it("are what an environment is made of, with the image of the first update, and are written to no file", async () => {
        const directory = makeProject();
        const context = contextWith(undefined, directory);
        await bringUp(context, { settings: { hosts: { count: 3 }, tags: { team: "blue" } } });
        expect(context.settings).to.have.lengthOf(1);
        expect(context.settings[0]?.hosts).to.deep.include({ mode: "fixed", count: 3 });
        expect(context.settings[0]?.tags).to.deep.equal({ team: "blue" });
        expect(context.settings[0]?.hostImage.lock).to.include({ id: chosenImage.id });
        expect(filesOf(directory)).to.deep.equal(["Pulumi.dev.yaml", "Pulumi.yaml"]);
    });

    it("are previewed as they would be applied", async () => {
        const context = contextWith();
        const request = { environment: "alice", projectDirectory: undefined, parallel: undefined };
        const { costs } = await preview({ ...request, given: { hosts: { count: 4 } } }, context);
        expect(costs?.costs.items[0]).to.deep.include({ count: 4 });
        expect(context.calls).to.include("engine preview");
    });

    it("keep the image of before, though there is a newer one, unless they name another", async () => {
        for (const [hostImage, id] of [
            [undefined, chosenImage.id],
            [{ filter: "suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64" }, chosenImage.id],
            [{ lock: newerLock }, newer.id],
            [{ filter: newer.name }, newer.id],
        ] as const) {
            const context = contextWith(keptAs({ hosts: { count: 1 }, hostImage: { lock } }), undefined, {
                images: [inEc2(chosenImage), inEc2(newer)],
                // No host runs that would tell.
                instances: [],
            });
            await bringUp(context, { settings: { hosts: { count: 1 }, hostImage } });
            expect(context.settings[0]?.hostImage.lock).to.include({ id });
        }
    });

    it("are refused with every problem, before Pulumi or AWS are asked anything", async () => {
        const context = contextWith();
        const settings = { hosts: { count: -1, instanceType: "huge" } };
        expect(await refusal(bringUp(context, { settings })))
            .to.match(/^SETTINGS_INVALID what is given as settings of alice has 2 problems\n/)
            .and.contain("hosts.count: got -1, expected a whole number from 0 to 5000");
        expect(context.calls).to.deep.equal([]);
    });

    it("are refused beside a settings file, or what changes one", async () => {
        const settings = { hosts: { count: 1 } };
        const beside = contextWith(undefined, makeProject({ "Pulumi.alice.yaml": "config: {}\n" }));
        expect(await refusal(bringUp(beside, { settings }))).to.equal(
            "SETTINGS_CONFLICT Pulumi.alice.yaml exists: got settings beside it, expected one of the two",
        );
        expect(
            await refusal(bringUp(contextWith(), { settings, from: "dev", ttl: "8h", adoptCluster: true })),
        ).to.equal(
            "USAGE settings are given whole: got settings and from, ttl, adoptCluster, expected settings alone",
        );
    });
});

describe("a file with nothing but the keys of a stack, as Pulumi leaves it", () => {
    afterEach(removeFolders);

    const lone = { "Pulumi.alice.yaml": "encryptionsalt: v1:a=:v1:b==\n" };
    const two = () => keptAs({ hosts: { count: 2, instanceType: "t3.large" } });

    it("is no settings file: a program may give settings beside it, and those of the state count", async () => {
        await bringUp(contextWith(two(), makeProject(lone)), { settings: { hosts: { count: 2 } } });
        const context = contextWith(two(), makeProject(lone));
        await bringUp(context, {});
        expect(context.settings[0]?.hosts).to.include({ count: 2, instanceType: "t3.large" });
        const { context: read } = await play(["status", "alice", "--output", "json"], {
            directory: makeProject(lone),
            stacks: { alice: two() },
        });
        expect(JSON.parse(read.io.out())).to.include({ wantedHosts: 2 });
        const { context: listed } = await play(["list"], {
            directory: makeProject(lone),
            summaries: [{ name: "alice", updateInProgress: true, current: false, settings: two().settings }],
        });
        expect(listed.io.out()).to.match(/^alice .*fixed, 2/m);
    });

    it("is begun with no setting that would stand for all of them", async () => {
        const directory = makeProject(lone);
        const { context, exitCode } = await play(["hosts", "scale", "alice", "3"], {
            directory,
            stacks: { alice: two() },
        });
        expect(exitCode).to.equal(2);
        expect(context.io.err()).to.contain("(SETTINGS_CONFLICT, exit code 2)");
        expect(readFileSync(`${directory}/Pulumi.alice.yaml`, "utf8")).to.equal(lone["Pulumi.alice.yaml"]);
    });

    it("stands for the defaults where no update has left any, and is one beside a region", async () => {
        const first = contextWith(undefined, makeProject(lone));
        await bringUp(first, {});
        expect(first.settings[0]?.hosts).to.include({ mode: "fixed", count: 1 });
        const text = `${lone["Pulumi.alice.yaml"]}config:\n  aws:region: us-east-1\n`;
        const stated = contextWith(two(), makeProject({ "Pulumi.alice.yaml": text }));
        await bringUp(stated, {});
        expect(stated.settings[0]?.hosts).to.include({ count: 1 });
    });
});

describe("an environment whose settings its state alone has", () => {
    afterEach(removeFolders);

    const kept = () => keptAs({ hosts: { count: 1, instanceType: "t3.large" }, hostImage: { lock } });

    it("stays as it is by an up, or a preview, without settings", async () => {
        const directory = makeProject();
        const context = contextWith(kept(), directory);
        await bringUp(context, {});
        expect(context.settings[0]?.hosts).to.deep.include({ count: 1, instanceType: "t3.large" });
        expect(filesOf(directory)).to.deep.equal(["Pulumi.dev.yaml", "Pulumi.yaml"]);
        const played = await play(["preview", "alice"], { directory, stacks: { alice: kept() } });
        expect(played.context.io.out()).to.equal("alice: up would change nothing\n");
    });

    it("is left as it is where the state has settings that nobody could write, and read all the same", async () => {
        const { settings } = kept();
        const hosts = { ...settings?.hosts, mode: "fixed" as const, count: -1 };
        const stacks = {
            alice: { ...kept(), settings: settings && ({ ...settings, hosts } as typeof settings) },
        };
        for (const argv of [
            ["up", "alice"],
            ["preview", "alice"],
            ["hosts", "replace", "alice", "1"],
        ]) {
            const { context, exitCode } = await play(argv, { directory: makeProject(), stacks });
            expect([argv, exitCode, context.settings]).to.deep.equal([argv, 2, []]);
            expect(context.io.err())
                .to.contain("what the last update of alice was given as settings has a problem\n")
                .and.contain("hosts.count: got -1, expected a whole number from 0 to 5000\n")
                .and.contain("Next: give settings anew\n");
        }
        const { exitCode } = await play(["status", "alice"], { directory: makeProject(), stacks });
        expect(exitCode).to.equal(0);
    });

    it("goes by the project's settings where that states any, as an up would", async () => {
        const stating =
            "name: sles-ecs\nruntime: nodejs\nconfig:\n  sles-ecs:hosts: { value: { count: 2 } }\n";
        const silent =
            "name: sles-ecs\nruntime: nodejs\nconfig:\n  sles-ecs:adoptCluster: { value: false }\n";
        for (const [text, count] of [
            [stating, 2],
            [silent, 1],
        ] as const) {
            const directory = makeProject({ "Pulumi.yaml": text });
            const { context } = await play(["status", "alice", "--output", "json"], {
                directory,
                stacks: { alice: kept() },
            });
            expect(JSON.parse(context.io.out())).to.include({ wantedHosts: count });
            const upped = contextWith(kept(), directory);
            await bringUp(upped, {});
            expect(upped.settings[0]?.hosts).to.include({ count });
        }
    });

    it("refuses every verb that would begin a file with one of its settings", async () => {
        for (const argv of [
            ["hosts", "scale", "alice", "2"],
            ["images", "lock", "alice"],
            ["images", "update", "alice"],
            ["up", "alice", "--adopt-cluster"],
        ]) {
            const directory = makeProject();
            const { context, exitCode } = await play(argv, { directory, stacks: { alice: kept() } });
            expect([argv, exitCode]).to.deep.equal([argv, 2]);
            expect(context.io.err()).to.contain(
                "there is no Pulumi.alice.yaml with settings to change: the settings of alice were given by a program, or their file is on another machine\n",
            );
            expect(filesOf(directory)).to.deep.equal(["Pulumi.dev.yaml", "Pulumi.yaml"]);
        }
    });

    it("is listed with the hosts that the last update was given", async () => {
        const { context } = await play(["list"], {
            directory: makeProject(),
            summaries: [
                { name: "alice", updateInProgress: false, current: false, settings: kept().settings },
            ],
        });
        expect(context.io.out()).to.match(/^alice .*fixed, 1/m);
    });
});
