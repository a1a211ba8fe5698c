import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import type { FakeAws } from "../../../helpers/fakeAws";
import { tagsOf } from "../../../helpers/fakeWorld";
import { removeFolders } from "../../../helpers/project";
import { SourceRegistry } from "../../../helpers/sourceRegistry";
import { play, type Played } from "../../../helpers/transcript";
import { onAlice, runningAlice } from "../../pause/pauseCase";

const repositoryUrls = {
    web: "123456789012.dkr.ecr.us-east-1.amazonaws.com/alice/web",
    "bci-base": "123456789012.dkr.ecr.us-east-1.amazonaws.com/alice/bci-base",
};

describe("containers copy", () => {
    let source: SourceRegistry;
    let cache: string;
    let account: FakeAws;

    beforeEach(async () => {
        source = await SourceRegistry.start();
        cache = await fs.mkdtemp(path.join(os.tmpdir(), "sles-ecs-copy-"));
        const own = { images: 0, tags: tagsOf("alice") };
        account = runningAlice({ repositories: { "alice/web": own, "alice/bci-base": own } });
    });
    afterEach(async () => {
        await source.stop();
        await fs.rm(cache, { recursive: true, force: true });
        removeFolders();
    });

    function copy(image: string, ...more: readonly string[]): Promise<Played> {
        const options = onAlice(account, { env: { SLES_ECS_CACHE: cache } });
        const alice = { ...options.stacks?.["alice"] };
        const outputs = { ...alice.outputs, repositoryUrls };
        return play(["containers", "copy", "alice", image, ...more], {
            ...options,
            stacks: { alice: { ...alice, outputs } },
        });
    }
    const changesOf = () => account.changes.filter((one) => /uploadLayer|putImage/.test(one));
    const nothingSent = () => expect(changesOf()).to.deep.equal([]);

    it("pushes the bytes of the source, layers first, into the repository that is called as the image", async () => {
        const { digest } = source.add("bci/bci-base:15.7", { labels: { "com.suse.eula": "sle-bci" } });
        const { exitCode, context, transcript } = await copy(`${source.address}/bci/bci-base:15.7`);
        expect(exitCode, transcript).to.equal(0);
        expect(account.state.repositories["alice/bci-base"]?.tagged).to.deep.equal({ "15.7": digest });
        const made = changesOf();
        expect(made).to.have.length(4);
        expect(made.at(-1)).to.equal("putImage alice/bci-base:15.7");
        expect(context.io.out()).to.contain("/alice/bci-base:15.7\n").and.to.contain(digest);
        expect(context.io.out()).to.contain("free to pass on").and.to.contain("3 layers sent");
    });

    it("sends nothing again that is there: neither layers nor the image", async () => {
        source.add("web:1");
        await copy(`${source.address}/web:1`);
        account.changes.length = 0;
        const again = await copy(`${source.address}/web:1`);
        expect(again.exitCode).to.equal(0);
        expect(again.context.io.out()).to.contain("there already, nothing was sent");
        nothingSent();
        const other = await copy(`${source.address}/web:1`, "--tag", "2");
        expect(other.context.io.out()).to.contain("0 layers sent (0.0 MiB), 3 there already");
    });

    it("takes the image of the hosts' architecture from a list for several", async () => {
        const amd64 = source.add("web:amd64");
        const arm64 = source.add("web:arm64", { architecture: "arm64" });
        source.addIndex("web:all", { arm64, amd64 });
        await copy(`${source.address}/web:all`);
        expect(account.state.repositories["alice/web"]?.tagged).to.deep.equal({ all: amd64.digest });
    });

    for (const kind of ["a list", "an image"]) {
        it(`refuses ${kind} that is for other architectures alone, before anything is sent`, async () => {
            const arm64 = source.add("web:1", { architecture: "arm64" });
            if (kind === "a list") {
                source.addIndex("web:1", { arm64 });
            }
            const { exitCode, transcript } = await copy(`${source.address}/web:1`);
            expect(exitCode).to.equal(2);
            expect(transcript)
                .to.contain("got arm64, expected amd64")
                .and.to.contain("IMAGE_OF_OTHER_ARCHITECTURE");
            nothingSent();
        });
    }

    it("says that there is no such image", async () => {
        const { exitCode, transcript } = await copy(`${source.address}/web:none`);
        expect(exitCode).to.equal(3);
        expect(transcript).to.contain(`there is no image ${source.address}/web:none`);
        expect(transcript).to.contain("Next: sles-ecs containers list alice\n");
        nothingSent();
    });

    it("refuses a tag that is another image's", async () => {
        source.add("web:1");
        await copy(`${source.address}/web:1`);
        source.add("web:1");
        account.changes.length = 0;
        const { exitCode, transcript } = await copy(`${source.address}/web:1`);
        expect(exitCode).to.equal(2);
        expect(transcript).to.contain("IMAGE_TAG_TAKEN").and.to.contain("choose another one with --tag");
        nothingSent();
    });

    for (const [what, how] of [
        ["breaks off", "cut"],
        ["gives other bytes", "wrong bytes"],
        ["fails", 500],
    ] as const) {
        it(`puts no image where the registry ${what} in the middle of a layer, and goes on the next time`, async () => {
            const { layers, digest } = source.add("web:1");
            const [first] = [...(await layerPaths(layers))];
            source.spoiled.set(first ?? "", how);
            const { exitCode, transcript } = await copy(`${source.address}/web:1`);
            expect(exitCode, transcript).to.equal(1);
            expect(transcript).to.contain("REGISTRY_FAILED");
            expect(transcript).to.contain(`Next: sles-ecs containers copy alice ${source.address}/web:1\n`);
            expect(account.changes.join()).not.to.contain("putImage");
            const files = await fs.readdir(path.join(cache, "container-images"));
            expect(files.filter((name) => name.endsWith(".part"))).to.deep.equal([]);
            source.spoiled.clear();
            expect((await copy(`${source.address}/web:1`)).exitCode).to.equal(0);
            expect(account.state.repositories["alice/web"]?.tagged).to.deep.equal({ "1": digest });
        });
    }

    async function layerPaths(layers: readonly Buffer[]): Promise<readonly string[]> {
        const { digestOf } = await import("../../../helpers/sourceRegistry");
        return layers.map((layer) => `/blobs/${digestOf(layer)}`);
    }

    it("puts no image where the credentials expire in the middle of the push", async () => {
        source.add("web:1");
        account.state.errors["ecr.uploadLayer"] = new AppError("AWS_CREDENTIALS_EXPIRED", {
            message: "expired",
        });
        const { exitCode, transcript } = await copy(`${source.address}/web:1`);
        expect(exitCode).to.equal(1);
        expect(transcript).to.contain("AWS_CREDENTIALS_EXPIRED");
        expect(account.changes.join()).not.to.contain("putImage");
    });

    it("is not content with another digest than that of the source", async () => {
        source.add("web:1");
        let asked = 0;
        Object.assign(account.aws.ecr, {
            digestOf: () => Promise.resolve((asked += 1) > 1 ? "sha256:other" : undefined),
        });
        const { exitCode, transcript } = await copy(`${source.address}/web:1`);
        expect(exitCode).to.equal(1);
        expect(transcript).to.contain("PUSH_NOT_PROVEN");
    });

    /** SUSE's guide, section 5. */
    const licence =
        "the license of SUSE Linux Enterprise Server does not allow its images in a public registry";
    for (const to of [
        "public.ecr.aws/x/sles12",
        "docker.io/me/sles12",
        "ghcr.io/me/sles12",
        "quay.io/me/sles12",
    ]) {
        it(`refuses ${to} with the licence's reason, and asks no registry`, async () => {
            const { exitCode, transcript } = await copy(
                `${source.address}/suse/sles12sp5:latest`,
                "--to",
                to,
            );
            expect(exitCode).to.equal(2);
            expect(transcript).to.contain(licence).and.to.contain("PUBLIC_REGISTRY_REFUSED");
            expect(source.requests).to.deep.equal([]);
        });
    }

    const open = JSON.stringify({
        Statement: [{ Effect: "Allow", Principal: "*", Action: "ecr:BatchGetImage" }],
    });

    it("refuses a repository that everybody may pull from, but for what is free", async () => {
        const own = { images: 0, tags: tagsOf("alice"), policy: open };
        account.state.repositories["alice/web"] = own;
        source.add("suse/sle15:15.7", { labels: { "com.suse.eula": "sle-eula" } });
        const refused = await copy(`${source.address}/suse/sle15:15.7`, "--to", "web");
        expect(refused.exitCode).to.equal(2);
        expect(refused.transcript).to.contain("lets everybody pull").and.to.contain(licence);
        nothingSent();
        source.add("bci/bci-base:15.7", { labels: { "com.suse.eula": "sle-bci" } });
        const allowed = await copy(`${source.address}/bci/bci-base:15.7`, "--to", "web");
        expect(allowed.exitCode, allowed.transcript).to.equal(0);
    });

    it("refuses a repository of somebody else", async () => {
        source.add("web:1");
        account.state.repositories["alice/web"] = { images: 0, tags: tagsOf("bob") };
        const { exitCode, transcript } = await copy(`${source.address}/web:1`);
        expect(exitCode).to.equal(2);
        expect(transcript).to.contain("REPOSITORY_OF_OTHERS");
        nothingSent();
    });

    it("names the repositories that there are where the one that is meant is not among them", async () => {
        source.add("shop:1");
        for (const more of [[], ["--to", "none"]]) {
            const { exitCode, transcript } = await copy(`${source.address}/shop:1`, ...more);
            expect(exitCode).to.equal(3);
            expect(transcript).to.contain("expected one of the environment's repositories: web, bci-base");
        }
        const address = ["--to", repositoryUrls.web];
        expect((await copy(`${source.address}/shop:1`, ...address)).exitCode).to.equal(0);
    });

    it("takes the address of one of its repositories, and no other account's or region's of that name", async () => {
        const { digest } = source.add("shop:1");
        for (const registry of [
            "999999999999.dkr.ecr.us-east-1.amazonaws.com",
            "123456789012.dkr.ecr.eu-west-1.amazonaws.com",
        ]) {
            const to = `${registry}/alice/web`;
            const { exitCode, transcript } = await copy(`${source.address}/shop:1`, "--to", to);
            expect(exitCode, transcript).to.equal(3);
            expect(transcript).to.contain(`got ${to}, expected one of the environment's repositories: `);
        }
        for (const [more, advice] of [
            [":full", "whose tag --tag full would say"],
            [":latest", "whose tag --tag latest would say"],
            [`@${digest}`, "with a digest"],
            [`:full@${digest}`, "with a digest"],
        ] as const) {
            const to = `${repositoryUrls.web}${more}`;
            const { exitCode, transcript } = await copy(`${source.address}/shop:1`, "--to", to);
            expect(exitCode, transcript).to.equal(3);
            expect(transcript).to.contain(`got ${to}, ${advice}, expected one of`);
        }
        nothingSent();
        const own = await copy(`${source.address}/shop:1`, "--to", repositoryUrls.web);
        expect(own.exitCode, own.transcript).to.equal(0);
        expect(account.state.repositories["alice/web"]?.tagged).to.deep.equal({ "1": digest });
    });

    it("wants an image's name, and a tag for one that is named by its digest alone", async () => {
        expect((await copy("BCI:15")).exitCode).to.equal(2);
        const byDigest = await copy(`${source.address}/web@sha256:${"0".repeat(64)}`);
        expect(byDigest.exitCode).to.equal(2);
        expect(byDigest.transcript).to.contain("--tag: got none");
    });

    it("says how to have a repository where there is none", async () => {
        const options = onAlice(account, { env: { SLES_ECS_CACHE: cache } });
        const { exitCode, transcript } = await play(["containers", "copy", "alice", "web:1"], options);
        expect(exitCode).to.equal(2);
        expect(transcript).to.contain("REPOSITORY_MISSING").and.to.contain("containerRegistry.repositories");
    });
});
