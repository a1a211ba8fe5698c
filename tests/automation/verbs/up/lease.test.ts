import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { chosenImage, goodAccount, inEc2 } from "../../../helpers/account";
import { createFakeAws, type FakeAwsState } from "../../../helpers/fakeAws";
import { ann, lockOf } from "../../../helpers/fakeLock";
import { removeFolders, makeProject } from "../../../helpers/project";
import { play, type Played } from "../../../helpers/transcript";
import { anHourAgo, arnOf, inTwoHours, leased, type LeasedEnvironment } from "../../lease/leaseCase";

const team =
    "config:\n    aws:region: us-east-1\n    sles-ecs:lease:\n        defaultTtl: 8h\n        longestTtl: 7d\n";
const personal = `config:\n    aws:region: us-east-1\n    sles-ecs:basedOn: dev\n    sles-ecs:lease:\n        ttl: 8h\n`;

/** Until when alice lives afterwards. */
const untilOf = ({ context }: Played) =>
    context.aws.state.clusters.find(({ name }) => name === "alice")?.tags["sles-ecs:expires-at"];

const settingsOf = (directory: string, name = "alice") =>
    readFileSync(path.join(directory, `Pulumi.${name}.yaml`), "utf8");

describe("up of an environment with a lease", () => {
    afterEach(removeFolders);

    const up = (...more: string[]) => {
        const directory = makeProject({ "Pulumi.dev.yaml": team });
        return play(["up", "alice", "--no-wait", ...more], { directory, aws: { region: "us-east-1" } }).then(
            (played) => ({ ...played, directory }),
        );
    };

    const again = (environment: LeasedEnvironment, ...more: string[]) => {
        const directory = makeProject({ "Pulumi.alice.yaml": personal });
        return play(["up", "alice", "--no-wait", "--yes", ...more], {
            ...leased({ alice: environment }),
            directory,
        });
    };

    it("lets a personal one live as long as its team's settings say", async () => {
        const played = await up("--from", "dev");
        expect(played.exitCode).to.equal(0);
        expect(untilOf(played)).to.equal("2026-11-23T18:00:00Z");
        expect(settingsOf(played.directory)).to.contain("ttl: 8h").and.contain("longestTtl: 7d");
        expect(played.context.io.out()).to.contain("ends at 2026-11-23T18:00:00Z, unless it is extended");
    });

    it("or as long as --ttl says", async () => {
        const played = await up("--from", "dev", "--ttl", "1d12h");
        expect(untilOf(played)).to.equal("2026-11-24T22:00:00Z");
        expect(settingsOf(played.directory)).to.contain("ttl: 1d12h");
    });

    it("or as long as --set says, or without an end", async () => {
        const longer = await up("--from", "dev", "--set", "lease.ttl=3d");
        expect(untilOf(longer)).to.equal("2026-11-26T10:00:00Z");
        expect(settingsOf(longer.directory)).to.contain("ttl: 3d");
        const endless = await up("--from", "dev", "--set", "lease.ttl=");
        expect(untilOf(endless)).to.equal(undefined);
        expect(settingsOf(endless.directory)).to.not.contain(" ttl:");
    });

    it("changes nothing but the ttl of a personal file that is there", async () => {
        const mine = `# Mine.\n${personal}encryptionsalt: v1:abc\n`;
        const directory = makeProject({
            "Pulumi.dev.yaml": "config:\n    aws:region: us-east-1\n",
            "Pulumi.alice.yaml": mine,
        });
        const { exitCode } = await play(
            ["up", "alice", "--from", "dev", "--ttl", "2h", "--no-wait", "--yes"],
            {
                ...leased({ alice: { expiresAt: inTwoHours } }),
                directory,
            },
        );
        expect(exitCode).to.equal(0);
        expect(settingsOf(directory))
            .to.contain("# Mine.")
            .and.contain("ttl: 2h")
            .and.contain("encryptionsalt: v1:abc");
    });

    const wrong = [
        ["8d", "lease.ttl: got 8d, expected at most 7d (lease.longestTtl)"],
        ["0s", '--ttl is no time at all: got "0s"'],
        ["-1h", '--ttl is not a duration: got "-1h"'],
        ["1m foo", '--ttl is not a duration: got "1m foo"'],
        ["8", '--ttl is not a duration: got "8"'],
        [
            "9999d",
            '--ttl is not a duration: got "9999d", expected days, hours, minutes and seconds such as 90s, 8h, 1h30m or 7d12h, and at most 3650d',
        ],
        ["", '--ttl is not a duration: got ""'],
    ] as const;
    for (const [ttl, message] of wrong) {
        it(`refuses a --ttl of "${ttl}", and writes nothing: exit code 2`, async () => {
            const { exitCode, directory, context } = await up("--from", "dev", `--ttl=${ttl}`);
            expect(exitCode).to.equal(2);
            expect(context.io.err()).to.contain(message);
            expect(context.calls).to.deep.equal([]);
            expect(existsSync(path.join(directory, "Pulumi.alice.yaml"))).to.equal(false);
        });
    }

    it("names what gave a ttl that is too long: the option, or the file", async () => {
        const given = await up("--from", "dev", "--ttl", "8d");
        expect(given.context.io.err()).to.contain(
            "Next: give other values with --ttl, or edit Pulumi.dev.yaml",
        );
        const again = await play(["up", "alice", "--ttl", "8d"], {
            directory: makeProject({ "Pulumi.alice.yaml": `${personal}        longestTtl: 7d\n` }),
        });
        expect(again.context.io.err()).to.contain(
            "Next: give other values with --ttl, or edit Pulumi.alice.yaml",
        );
    });

    it("gives an end to no environment of the team's: exit code 2", async () => {
        const directory = makeProject({ "Pulumi.dev.yaml": team });
        const { exitCode, context } = await play(["up", "dev", "--ttl", "8h"], { directory });
        expect(exitCode).to.equal(2);
        expect(context.io.err()).to.contain("--ttl is for personal environments only, and dev is not one");
        expect(settingsOf(directory, "dev")).to.equal(team);
    });

    it("counts anew from every up, and never takes away what it was extended by", async () => {
        expect(untilOf(await again({ expiresAt: inTwoHours }))).to.equal("2026-11-23T18:00:00Z");
        expect(untilOf(await again({ expiresAt: "2026-11-25T00:00:00Z" }))).to.equal("2026-11-25T00:00:00Z");
        expect(untilOf(await again({ expiresAt: anHourAgo }))).to.equal("2026-11-23T18:00:00Z");
    });

    it("takes --ttl at its word, shorter or longer, and remembers it", async () => {
        const played = await again({ expiresAt: "2026-11-25T00:00:00Z" }, "--ttl", "2h");
        expect(untilOf(played)).to.equal("2026-11-23T12:00:00Z");
        expect(settingsOf(played.context.directory)).to.contain("ttl: 2h");
        const other = await again({ expiresAt: inTwoHours }, "--ttl", "12h");
        expect(untilOf(other)).to.equal("2026-11-23T22:00:00Z");
    });

    it("leaves one that was told to stay without an end, unless --ttl gives it one", async () => {
        expect(untilOf(await again({ expiresAt: "never" }))).to.equal("never");
        expect(untilOf(await again({ expiresAt: "never" }, "--ttl", "2h"))).to.equal("2026-11-23T12:00:00Z");
    });

    it("goes by AWS's clock, for this machine's may be wrong", async () => {
        const directory = makeProject({ "Pulumi.alice.yaml": personal });
        const played = await play(["up", "alice", "--no-wait", "--yes"], {
            ...leased({ alice: { expiresAt: inTwoHours } }, { now: () => new Date("2026-11-24T10:00:00Z") }),
            directory,
        });
        expect(untilOf(played)).to.equal("2026-11-24T18:00:00Z");
    });

    it("does not begin while a reaper destroys it: exit code 4", async () => {
        const { context, exitCode } = await play(["up", "alice", "--no-wait", "--yes"], {
            ...leased(
                { alice: { expiresAt: anHourAgo } },
                { scheduleGroups: {}, parameters: lockOf("alice", { ...ann, command: "reap" }) },
            ),
            directory: makeProject({ "Pulumi.alice.yaml": personal }),
        });
        expect(exitCode).to.equal(4);
        expect(context.io.err()).to.contain("held by ann on build7, process 4242, for reap");
        expect(context.calls).to.not.include("engine up");
        expect(context.aws.changes).to.deep.equal([]);
    });

    it("leaves what somebody does to the lease while it asks", async () => {
        const directory = makeProject({ "Pulumi.alice.yaml": personal });
        const options = leased({ alice: { expiresAt: inTwoHours } });
        const account = goodAccount("us-east-1", [inEc2(chosenImage)]);
        const aws = createFakeAws({ ...account, ...(options.aws as Partial<FakeAwsState>) });
        const keep = (operation: string) =>
            operation === "preview" &&
            void aws.aws.ecs.tagCluster(arnOf("alice"), { "sles-ecs:expires-at": "never" });
        const played = await play(["up", "alice", "--no-wait"], {
            ...options,
            directory,
            aws,
            stacks: { alice: { ...options.stacks?.["alice"], onRun: keep } },
        });
        expect(played.exitCode).to.equal(0);
        expect(played.context.aws.changes).to.include('tagCluster {"sles-ecs:expires-at":"never"}');
        expect(untilOf(played)).to.equal("never");
    });
});
