import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect } from "chai";
import fc from "fast-check";

import { createImageSource } from "../../../automation/containerSource/imageSource";
import { AppError } from "../../../automation/errors/appError";
import { digestOf, SourceRegistry } from "../../helpers/sourceRegistry";

const good = { size: 10, digest: digestOf("a layer") };

describe("a registry that images come from", () => {
    let source: SourceRegistry;
    let home: string;

    beforeEach(async () => {
        source = await SourceRegistry.start();
        home = await fs.mkdtemp(path.join(os.tmpdir(), "sles-ecs-source-"));
    });
    afterEach(async () => {
        await source.stop();
        await fs.rm(home, { recursive: true, force: true });
    });

    const find = () =>
        createImageSource({ env: { SLES_ECS_CACHE: path.join(home, "cache") } })
            .find({ registry: source.address, path: "web", tag: "1" }, "x86_64")
            .catch((error: unknown) => error);

    async function refusal(): Promise<AppError> {
        const error = await find();
        expect(error).to.be.instanceOf(AppError);
        expect((error as AppError).code).to.equal("REGISTRY_FAILED");
        return error as AppError;
    }

    for (const digest of [
        "sha256:../../../outside",
        "../outside",
        `sha256:${"A".repeat(64)}`,
        "",
        undefined,
    ]) {
        for (const where of ["configuration", "layer", "list"]) {
            it(`is not believed where the ${where} of an image has the digest ${JSON.stringify(digest)}`, async () => {
                await fs.writeFile(path.join(home, "outside"), "{}");
                const bad = { size: 1, digest };
                const platform = { os: "linux", architecture: "amd64" };
                source.addManifest(
                    "web:1",
                    JSON.stringify(
                        where === "list"
                            ? { manifests: [{ ...bad, platform }] }
                            : where === "layer"
                              ? { config: { ...good, digest: source.addBlob("{}") }, layers: [good, bad] }
                              : { config: bad, layers: [good] },
                    ),
                );
                expect((await refusal()).message).to.contain("expected sha256: and 64 hexadecimal digits");
                expect(source.requests).to.deep.equal(["/v2/web/manifests/1"]);
            });
        }
    }

    for (const text of ["<html>", "null"]) {
        it(`is told to have failed where the configuration of an image is ${text}`, async () => {
            const digest = source.addBlob(text);
            source.addManifest("web:1", JSON.stringify({ config: { size: 1, digest }, layers: [] }));
            expect((await refusal()).message).to.contain("its configuration is no");
        });

        it(`is told to have failed where the manifest of an image is ${text}`, async () => {
            source.addManifest("web:1", text);
            expect((await refusal()).message).to.contain("its manifest is no");
        });
    }

    const descriptor = { size: 1, digest: digestOf("x") };
    const wrong: readonly (readonly [string, unknown, string])[] = [
        ["its manifest is a list", [], "its manifest is no object of JSON: got []"],
        ["its configuration is a number", { config: 7 }, "at config: got 7"],
        ["its layers are an object", { config: good, layers: {} }, "at layers: got {}, expected a list"],
        ["a layer is null", { config: good, layers: [null] }, "at layers.0: got null"],
        [
            "a size is a text",
            { config: { ...good, size: "10" } },
            'at config.size: got "10", expected a number of bytes',
        ],
        ["a size is below nothing", { config: { ...good, size: -1 } }, "at config.size: got -1"],
        ["the images of its list are a text", { manifests: "x" }, 'at manifests: got "x", expected a list'],
        [
            "a platform is a number",
            { manifests: [{ ...descriptor, platform: 7 }] },
            "at manifests.0.platform: got 7",
        ],
        ["it names nothing", {}, "names no configuration"],
    ];
    for (const [what, manifest, message] of wrong) {
        it(`is told to have failed, by its name, where ${what}`, async () => {
            source.addManifest("web:1", JSON.stringify(manifest));
            expect((await refusal()).message)
                .to.contain(message)
                .and.to.contain(`${source.address} gives something else than ${source.address}/web:1`);
        });
    }

    it("tells a long answer in part", async () => {
        source.addManifest("web:1", JSON.stringify({ config: "x".repeat(10_000) }));
        expect((await refusal()).message.length).to.be.below(500);
    });

    it("may leave lists and labels out as null, as Go writes them", async () => {
        const config = { architecture: null, config: { Labels: null } };
        const digest = source.addBlob(JSON.stringify(config));
        source.addManifest(
            "web:1",
            JSON.stringify({ manifests: null, layers: null, config: { size: 1, digest } }),
        );
        expect(await find()).to.deep.include({ blobs: [{ digest, sizeBytes: 1 }], labels: {} });
    });

    it("is refused by an error for people or believed, whatever it answers", async () => {
        const names = [
            "manifests",
            "config",
            "layers",
            "digest",
            "size",
            "platform",
            "os",
            "architecture",
            "Labels",
        ];
        const { node } = fc.letrec<{ node: unknown }>((tie) => ({
            node: fc.oneof(
                { maxDepth: 4 },
                fc.constantFrom<unknown>(null, 7, "x", true, digestOf("x"), [], {}),
                fc.array(tie("node"), { maxLength: 2 }),
                fc.dictionary(fc.constantFrom(...names), tie("node"), { maxKeys: 4 }),
            ),
        }));
        await fc.assert(
            fc.asyncProperty(node, node, fc.boolean(), async (manifest, configuration, isWhole) => {
                const digest = source.addBlob(JSON.stringify(configuration));
                const answer = isWhole ? { config: { size: 1, digest } } : manifest;
                source.addManifest("web:1", JSON.stringify(answer));
                const found = await find();
                if (found instanceof Error) {
                    expect(found).to.be.instanceOf(AppError);
                    expect(found.message).to.contain(source.address);
                }
            }),
            { numRuns: 150 },
        );
    });
});
