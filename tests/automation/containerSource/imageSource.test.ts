import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect } from "chai";

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
});
