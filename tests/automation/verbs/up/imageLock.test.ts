import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import type { ImageLock } from "../../../../components/model/images/imageLock";
import { chosenImage, inEc2 } from "../../../helpers/account";
import { fakePint } from "../../../helpers/fakePint";
import { pintRecord } from "../../../helpers/pintServer";
import { changes, step, type FakeStackOptions } from "../../../helpers/fakes";
import { standing } from "../../../helpers/fakeWorld";
import { devSettings, makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { newer, settingsWith } from "../images/lockCase";

/** Beside the image that environments are locked to there is a newer one. */
const withNewer = { images: [inEc2(newer), inEc2(chosenImage)] };
const file = (directory: string, name = "Pulumi.dev.yaml") =>
    readFileSync(path.join(directory, name), "utf8");
const hostImage = (directory: string, name?: string): { readonly lock?: ImageLock } | undefined => {
    const { config } = parse(file(directory, name)) as { config: Record<string, object> };
    return config["sles-ecs:hostImage"];
};
const existing: FakeStackOptions = {
    resources: [{ type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id: "dev" }],
};
const replacing: FakeStackOptions = {
    ...existing,
    preview: changes([step("replace", "aws:ec2/instance:Instance", "sles-ecs-host-1", ["ami"])]),
};

describe("the first up", () => {
    afterEach(removeFolders);

    it("locks the host image in the settings file, after everything that stands there", async () => {
        const directory = makeProject();
        const { exitCode, context } = await play(["up", "dev"], { directory });
        expect(exitCode).to.equal(0);
        expect(file(directory)).to.equal(`${devSettings}    sles-ecs:hostImage:
        lock:
            id: ami-0123456789abcdef0
            name: suse-sles-15-sp7-v20260910-ecs-hvm-ssd-x86_64
            date: "20260910"
            region: us-east-1
`);
        expect(context.io.err()).to.contain(
            "Pulumi.dev.yaml now locks the host image: suse-sles-15-sp7-v20260910-ecs-hvm-ssd-x86_64 (ami-0123456789abcdef0)",
        );
    });

    it("keeps order and comments of what the section says already", async () => {
        const section = `config:
  # Which image.
  sles-ecs:hostImage:
    filter: suse-sles-15-*ecs* # any service pack
  sles-ecs:clusterName: shop
`;
        const directory = makeProject({ "Pulumi.dev.yaml": section });
        await play(["up", "dev"], { directory });
        expect(file(directory)).to.equal(`config:
  # Which image.
  sles-ecs:hostImage:
    filter: suse-sles-15-*ecs* # any service pack
    lock:
      id: ami-0123456789abcdef0
      name: suse-sles-15-sp7-v20260910-ecs-hvm-ssd-x86_64
      date: "20260910"
      region: us-east-1
  sles-ecs:clusterName: shop
`);
    });

    it("takes over what the project says of the image, which the file's own section would hide", async () => {
        const directory = makeProject({
            "Pulumi.yaml":
                "name: sles-ecs\nruntime: nodejs\nconfig:\n  sles-ecs:hostImage:\n    value:\n      filter: suse-sles-15-*ecs*\n",
        });
        await play(["up", "dev"], { directory });
        expect(hostImage(directory)).to.deep.equal({ filter: "suse-sles-15-*ecs*", lock: chosenImage });
    });

    it("writes a settings file for the lock where there was none", async () => {
        const directory = makeProject();
        await play(["up", "bare"], { directory, stacks: { bare: { exists: true } } });
        expect(hostImage(directory, "Pulumi.bare.yaml")).to.deep.equal({ lock: chosenImage });
    });

    it("leaves no lock behind when a check fails or a person says no", async () => {
        const directory = makeProject();
        const failed = await play(["up", "dev"], {
            directory,
            aws: { errors: { "identity.caller": new Error("down") } },
        });
        expect(failed.exitCode).to.equal(1);
        const declined = await play(["up", "dev"], {
            directory,
            stacks: { dev: replacing },
            answers: [false],
        });
        expect(declined.exitCode).to.equal(6);
        expect(file(directory)).to.equal(devSettings);
    });

    it("stays locked when the engine fails half-way, as there may be hosts", async () => {
        const directory = makeProject();
        await play(["up", "dev"], { directory, stacks: { dev: { errors: { up: new Error("half-way") } } } });
        expect(hostImage(directory)?.lock).to.deep.equal(chosenImage);
    });
});

describe("every later up", () => {
    afterEach(removeFolders);

    it("leaves lock and file alone, whatever newer image there is", async () => {
        const directory = makeProject();
        await play(["up", "dev"], { directory });
        const before = file(directory);
        const { context } = await play(["up", "dev"], { directory, aws: withNewer });
        expect(file(directory)).to.equal(before);
        expect(context.settings[0]?.hostImage.lock).to.deep.equal(chosenImage);
        expect(context.io.err()).to.not.contain("now locks");
    });

    it("moves the lock of a personal environment when --set asks for other images", async () => {
        const directory = makeProject();
        await play(["up", "alice", "--from", "dev"], { directory });
        const filter = "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64";
        const { exitCode } = await play(["up", "alice", "--set", `hostImage.filter=${filter}`], {
            directory,
            aws: withNewer,
        });
        expect(exitCode).to.equal(0);
        expect(hostImage(directory, "Pulumi.alice.yaml")).to.deep.equal({ filter, lock: newer });
    });
});

describe("a personal environment", () => {
    afterEach(removeFolders);

    it("starts on the image that the other one is locked to", async () => {
        const directory = makeProject();
        await play(["up", "dev"], { directory });
        await play(["up", "alice", "--from", "dev"], { directory, aws: withNewer });
        expect(hostImage(directory, "Pulumi.alice.yaml")?.lock).to.deep.equal(chosenImage);
    });

    it("has a way to begin without that lock, which the checks may need for a next step", async () => {
        const directory = makeProject();
        await play(["up", "dev"], { directory });
        const first = ["up", "alice", "--from", "dev", "--set", "hosts.keyName=a b", "--adopt-cluster"];
        const withoutChosen = { images: [inEc2(newer)] };
        const { context } = await play(first, {
            directory,
            aws: { ...withoutChosen, ...standing("bob", [], "us-east-1", "alice") },
        });
        const command =
            "sles-ecs up alice --from dev --set 'hosts.keyName=a b' --set hostImage.lock= --adopt-cluster";
        expect(context.io.err()).to.contain(`(${command}) [IMAGE_RETIRED]`);
        const afresh = await play(["up", "alice", "--from", "dev", "--set", "hostImage.lock="], {
            directory,
            aws: withNewer,
        });
        expect(afresh.exitCode).to.equal(0);
        expect(hostImage(directory, "Pulumi.alice.yaml")?.lock).to.deep.equal(newer);
        expect(hostImage(directory)?.lock).to.deep.equal(chosenImage);
        for (const argv of [
            ["up", "alice", "--from", "dev", "--set", "hostImage.lock="],
            ["up", "dev"],
        ]) {
            expect((await play(argv, { directory, aws: withNewer })).exitCode).to.equal(0);
            const gone = await play(argv, { directory, aws: { images: [] } });
            expect(gone.exitCode).to.equal(2);
            expect(gone.context.io.err()).to.contain("IMAGE_RETIRED").and.not.contain("hostImage.lock=");
        }
    });

    it("keeps its own lock when the command is repeated, whatever the other one does", async () => {
        const directory = makeProject();
        await play(["up", "alice", "--from", "dev"], { directory, aws: withNewer });
        await play(["up", "dev"], { directory });
        const { exitCode } = await play(["up", "alice", "--from", "dev"], { directory, aws: withNewer });
        expect(exitCode).to.equal(0);
        expect(hostImage(directory, "Pulumi.alice.yaml")?.lock).to.deep.equal(newer);
    });
});

describe("a personal environment from before the other one was locked", () => {
    afterEach(removeFolders);

    it("is no conflict, and is locked by itself", async () => {
        const directory = makeProject();
        await play(["up", "alice", "--from", "dev"], { directory });
        const unlocked = file(directory, "Pulumi.alice.yaml").replace(
            / {4}sles-ecs:hostImage:\n( {8}.*\n)+/,
            "",
        );
        expect(unlocked).to.not.contain("hostImage");
        writeFileSync(path.join(directory, "Pulumi.alice.yaml"), unlocked);
        await play(["up", "dev"], { directory });
        const { exitCode } = await play(["up", "alice", "--from", "dev"], {
            directory,
            aws: withNewer,
        });
        expect(exitCode).to.equal(0);
        expect(hostImage(directory, "Pulumi.alice.yaml")?.lock).to.deep.equal(newer);
    });
});

describe("preview", () => {
    afterEach(removeFolders);

    it("writes no lock", async () => {
        const directory = makeProject();
        await play(["preview", "dev"], { directory, stacks: { dev: existing } });
        await play(["preview", "alice"], { directory, stacks: { alice: { exists: true } } });
        expect(file(directory)).to.equal(devSettings);
        expect(existsSync(path.join(directory, "Pulumi.alice.yaml"))).to.equal(false);
    });

    it("makes every check of up, and finds the environment in another account before the engine is asked", async () => {
        const outputs = { clusterArn: "arn:aws:ecs:us-east-1:210987654321:cluster/dev" };
        const { exitCode, context } = await play(["preview", "dev"], {
            directory: makeProject(),
            stacks: { dev: { ...existing, outputs } },
        });
        expect(exitCode).to.equal(2);
        expect(context.io.err()).to.contain("AWS_ACCOUNT_MISMATCH").and.to.contain("in account 210987654321");
        const taken = await play(["preview", "dev"], {
            directory: makeProject(),
            stacks: { dev: { exists: false } },
            aws: { defaultVpc: undefined },
        });
        expect(taken.context.io.err()).to.contain("NO_DEFAULT_VPC");
        expect([...context.calls, ...taken.context.calls]).to.not.include("engine preview");
    });

    it("warns of an image that SUSE has replaced", async () => {
        const { exitCode, context } = await play(["preview", "dev"], {
            directory: makeProject({ "Pulumi.dev.yaml": settingsWith(chosenImage) }),
            pint: fakePint([
                pintRecord({
                    ...chosenImage,
                    state: "deprecated",
                    publishedon: "20260910",
                    deprecatedon: "20261103",
                }),
            ]),
        });
        expect(exitCode).to.equal(0);
        expect(context.io.err()).to.contain(
            `warning: hostImage.lock: the host image ${chosenImage.name} (${chosenImage.id}) is deprecated since 2026-11-03; ` +
                "SUSE is expected to delete it from 2028-11-03 on, in 711 days (sles-ecs images lock dev --newest)\n",
        );
    });

    it("refuses an image that is gone, before the engine is asked", async () => {
        const { exitCode, context } = await play(["preview", "dev"], {
            directory: makeProject({ "Pulumi.dev.yaml": settingsWith(chosenImage) }),
            aws: { images: [inEc2(newer)] },
        });
        expect(exitCode).to.equal(2);
        expect(context.calls).to.not.include("engine preview");
        expect(context.io.err()).to.contain(
            `error: hostImage.lock: the host image ${chosenImage.name} (${chosenImage.id}) is gone`,
        );
        expect(context.io.err()).to.contain(
            "; nothing has been changed\nNext: sles-ecs images lock dev --newest\n(IMAGE_RETIRED, exit code 2)",
        );
    });
});
