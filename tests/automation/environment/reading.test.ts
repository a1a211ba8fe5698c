import { expect } from "chai";

import { allCommands } from "../../../automation/cli/allCommands";
import { nameOf } from "../../../automation/command/command";
import { parseSettings } from "../../../components/model/settings";
import { chosenImage } from "../../helpers/account";
import { expectGolden } from "../../helpers/golden";
import { makeProject, removeFolders } from "../../helpers/project";
import { play, type Played } from "../../helpers/transcript";
import { lockedSettings, standing } from "../verbs/standing";

/** Verbs that change nothing and go by settings. */
const bySettings: Readonly<Record<string, readonly string[]>> = {
    status: ["status", "dev"],
    wait: ["wait", "dev", "--hosts", "1"],
    doctor: ["doctor", "dev"],
    cost: ["cost", "dev"],
    "hosts list": ["hosts", "list", "dev"],
    "network show": ["network", "show", "dev"],
    "network requirements": ["network", "requirements", "dev"],
    "images outdated": ["images", "outdated"],
};

/** Verbs that change nothing, and need no more of a settings file than where the environment is. */
const byPlace: Readonly<Record<string, readonly string[]>> = {
    "hosts logs": ["hosts", "logs", "dev", "1"],
    "hosts shell": ["hosts", "shell", "dev", "1"],
    "groups list": ["groups", "list", "dev"],
    "service list": ["service", "list", "dev"],
    "service logs": ["service", "logs", "dev", "web"],
    "service exec": ["service", "exec", "dev", "web"],
    "containers list": ["containers", "list", "dev"],
};

/** Verbs that change nothing, and open no settings file of an environment or pass over what is wrong in it. */
const byNoFile = [
    ...["explain", "outputs", "list", "orphans", "schema", "completion"],
    ...["images list", "images show", "evidence check"],
    ...["local start", "local stop", "local status", "local env", "local reset"],
];

/** It tells what `up` would make of the settings, of which there are none that can be used. */
const ofSettings = ["preview"];

/** Verbs that change something: those that go by settings refuse wrong ones. */
const changing = [
    ...["init", "up", "refresh", "pause", "resume", "extend", "keep", "destroy", "reap", "unlock"],
    ...["drain", "activate", "reboot", "replace", "scale", "attach", "start-agent", "move"].map(
        (verb) => `hosts ${verb}`,
    ),
    ...["groups remove", "service deploy", "service scale", "service remove", "images lock", "images update"],
    ...["containers install", "containers push", "containers copy", "state restore", "demo"],
];

/** What a person, or a later version, may have written, and the words that the warning has of it. */
const faults: Readonly<Record<string, { readonly text: string; readonly said: string }>> = {
    "a value out of bounds": {
        text: lockedSettings.replace("count: 2", "count: -1"),
        said: "\n  hosts.count: got -1, expected a whole number from 0 to 5000\n",
    },
    "a setting of a later version": {
        text: `${lockedSettings}    sles-ecs:warmPool: { size: 3 }\n`,
        said: "\n  warmPool: ",
    },
    "a number that Pulumi reads otherwise": {
        text: lockedSettings.replace("count: 2", "count: 010"),
        said: "\n  hosts.count: got 010 in Pulumi.dev.yaml, line 3, ",
    },
    "a region that is none": {
        text: lockedSettings.replace("region: us-east-1", "region: us-eest-1"),
        said: '\n  aws:region: got "us-eest-1", ',
    },
};

const brokenFile = `${lockedSettings}  : [\n`;

const applied = parseSettings(
    {
        hosts: { count: 2 },
        hostImage: {
            lock: { id: chosenImage.id, name: chosenImage.name, date: "20260910", region: "us-east-1" },
        },
    },
    "dev",
).settings;

function read(
    argv: readonly string[],
    text: string,
    more: { readonly settings?: typeof applied } = { settings: applied },
): Promise<Played> {
    return play(argv, {
        directory: makeProject({ "Pulumi.dev.yaml": text }),
        stacks: { dev: { ...standing, region: "us-east-1", ...more } },
    });
}

/** The next step is to mend the settings. */
function withoutNext({ context }: Played): string {
    return context.io.out().replace(/\n *Next: .*/g, "");
}

/** What it answers by the file that was applied, or by none. */
async function expectSameAnswer(argv: readonly string[], text: string): Promise<Played> {
    const [good, bad] = [await read(argv, lockedSettings), await read(argv, text)];
    expect(bad.context.io.err()).to.not.match(/SETTINGS_(INVALID|FILE_UNREADABLE)/);
    expect([bad.exitCode, withoutNext(bad)]).to.deep.equal([good.exitCode, withoutNext(good)]);
    return bad;
}

describe("one wrong setting", () => {
    afterEach(removeFolders);

    it("is decided upon for every verb there is", () => {
        const verbs = allCommands.flatMap((one) =>
            "commands" in one ? one.commands.map((inner) => `${nameOf(one)} ${nameOf(inner)}`) : nameOf(one),
        );
        expect([
            ...[...Object.keys(bySettings), ...Object.keys(byPlace), ...byNoFile, ...ofSettings, ...changing],
        ]).to.have.members(verbs);
    });

    for (const [verb, argv] of Object.entries(bySettings)) {
        for (const [fault, { text, said }] of Object.entries(faults)) {
            it(`does not stop ${verb}, which goes by what the last update was given, and warns: ${fault}`, async () => {
                const { context } = await expectSameAnswer(argv, text);
                expect(context.io.err())
                    .to.match(
                        /^warning: Pulumi.dev.yaml has a problem: the answer goes by the settings that the last update was given\n/,
                    )
                    .and.contain(said);
            });
        }

        it(`does not stop ${verb} in a file that is no YAML`, async () => {
            const { context } = await expectSameAnswer(argv, brokenFile);
            expect(context.io.err()).to.match(
                /^warning: .*Pulumi.dev.yaml is not valid YAML: the answer goes by the settings that the last update was given\n/,
            );
        });

        it(`is told of in the JSON of ${verb} as list tells it`, async () => {
            const { text } = faults["a value out of bounds"] ?? { text: "" };
            for (const [file, invalid] of [
                [text, true],
                [lockedSettings, undefined],
            ] as const) {
                const { context } = await read([...argv, "--output", "json"], file);
                const answer = JSON.parse(context.io.out()) as Record<string, unknown>;
                const told = verb === "images outdated" ? (answer["environments"] as object[])[0] : answer;
                expect(told).to.have.property("environment", "dev");
                expect((told as { settingsInvalid?: true }).settingsInvalid).to.equal(invalid);
            }
        });
    }

    for (const [verb, argv] of Object.entries(byPlace)) {
        it(`does not stop ${verb}, which asks where the state says that the environment is`, async () => {
            for (const { text } of Object.values(faults)) {
                const { context } = await expectSameAnswer(argv, text);
                expect(context.places.at(-1)?.region).to.equal("us-east-1");
            }
            const { context } = await expectSameAnswer(argv, brokenFile);
            expect(context.io.err()).to.match(
                /^warning: .*Pulumi.dev.yaml is not valid YAML: the state tells where it is\n/,
            );
            expect(context.places.at(-1)?.region).to.equal("us-east-1");
        });
    }

    it("leaves the profile that the file names", async () => {
        for (const argv of [...Object.values(bySettings), ...Object.values(byPlace)]) {
            for (const { text } of Object.values(faults)) {
                const { context } = await read(argv, `${text}    aws:profile: team\n`);
                expect([argv, context.places.at(-1)?.profile]).to.deep.equal([argv, "team"]);
            }
        }
    });

    it("is no reason to ask another account than the environment is in: a file that is no YAML has a profile that nobody knows", async () => {
        const id = "arn:aws:ecs:us-east-1:999999999999:cluster/dev";
        const elsewhere = {
            resources: [{ type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id }],
            outputs: { clusterName: "dev", clusterArn: id, region: "us-east-1" },
            region: "us-east-1",
            settings: applied,
        };
        const ofOne = { ...bySettings, ...byPlace };
        for (const [verb, argv] of Object.entries(ofOne).filter(([verb]) => verb !== "images outdated")) {
            const { exitCode, context } = await play(argv, {
                directory: makeProject({ "Pulumi.dev.yaml": `    aws:profile: team\n${brokenFile}` }),
                stacks: { dev: elsewhere },
            });
            expect([verb, exitCode, context.io.out()]).to.deep.equal([verb, 2, ""]);
            expect(context.io.err())
                .to.contain("cluster is in account 999999999999, region us-east-1, but AWS is asked as ")
                .and.contain("AWS_ACCOUNT_MISMATCH");
        }
    });

    it("has its mending as the next step of status and doctor: until then up refuses, too", async () => {
        const text = `${lockedSettings}    sles-ecs:warmPool: { size: 3 }\n`;
        for (const verb of ["status", "doctor"]) {
            const { context } = await read([verb, "dev"], text);
            expect(context.io.out())
                .to.contain("Next: edit Pulumi.dev.yaml\n")
                .and.not.contain("Next: sles-ecs up");
            const { context: json } = await read([verb, "dev", "--output", "json"], text);
            expect(JSON.parse(json.io.out())).to.include({ settingsRemedy: "edit Pulumi.dev.yaml" });
        }
    });

    it("stops what goes by settings where no update was given any, with its problems", async () => {
        const { text } = faults["a value out of bounds"] ?? { text: "" };
        for (const [verb, argv] of Object.entries(bySettings).filter(
            ([verb]) => verb !== "images outdated",
        )) {
            const { exitCode, context } = await read(argv, text, {});
            expect([verb, exitCode, context.io.out()]).to.deep.equal([verb, 2, ""]);
            expect(context.io.err())
                .to.contain("the state of dev has no settings that an update was given\n")
                .and.contain("\n  hosts.count: got -1")
                .and.contain("Next: edit Pulumi.dev.yaml\n(SETTINGS_INVALID, exit code 2)\n");
        }
    });

    it("stops what would change AWS, whatever the last update was given", async () => {
        const { text } = faults["a value out of bounds"] ?? { text: "" };
        for (const argv of [
            ["up", "dev"],
            ["preview", "dev"],
            ["hosts", "scale", "dev", "3"],
        ]) {
            const { exitCode, context } = await read(argv, text);
            expect([exitCode, context.io.out()]).to.deep.equal([2, ""]);
            expect(context.io.err()).to.contain("(SETTINGS_INVALID, exit code 2)\n");
        }
    });

    it("is told of with path, what is there and what is expected", async () => {
        const text = lockedSettings.replace("count: 2", "count: -1, rootVolumeGiB: 3");
        const { transcript } = await read(["status", "dev"], text);
        expectGolden("status/settings-invalid.txt", transcript);
        const { transcript: never } = await read(["status", "dev"], text, {});
        expectGolden("status/settings-never-applied.txt", never);
    });

    it("has nothing to do with a machine that has no settings: what the last update was given counts, and nobody is warned", async () => {
        const { context, exitCode } = await play(["status", "prod"], {
            directory: makeProject(),
            stacks: { prod: { ...standing, settings: applied, outputs: { clusterName: "prod" } } },
        });
        expect([exitCode, context.io.err()]).to.deep.equal([0, ""]);
        expect(context.io.out()).to.contain("1 of 2 hosts ready");
    });
});
