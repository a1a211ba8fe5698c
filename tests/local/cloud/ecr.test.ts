import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { expect } from "chai";

import { digestOf, image, manifestType, mebibyte, repositoryName, useEcr } from "./ecrCase";
import { errorOf, eventually } from "./testCloud";

describe("ECR on the local cloud, with a real registry behind it", () => {
    const { cloud, ecr, upload, push } = useEcr();

    it("gives back the bytes that were pushed, under the same digest", async () => {
        const one = image(randomBytes(11 * mebibyte));
        const pushed = await push("1.0", one);
        expect(pushed.image?.imageId).to.deep.equal({ imageDigest: one.digest, imageTag: "1.0" });
        const got = await ecr().batchGetImage({ repositoryName, imageIds: [{ imageTag: "1.0" }] });
        expect(got.images?.map(({ imageManifest }) => imageManifest)).to.deep.equal([one.manifest]);
        const layerDigest = digestOf(one.layer);
        const { downloadUrl = "" } = await ecr().getDownloadUrlForLayer({ repositoryName, layerDigest });
        const bytes = Buffer.from(await (await fetch(downloadUrl)).arrayBuffer());
        expect(bytes.equals(one.layer)).to.equal(true);
        const { imageDetails = [] } = await ecr().describeImages({ repositoryName });
        expect(imageDetails.map(({ imageDigest, imageTags }) => [imageDigest, imageTags])).to.deep.equal([
            [one.digest, ["1.0"]],
        ]);
        expect(imageDetails[0]?.imageSizeInBytes).to.equal(one.layer.length + one.config.length);
        expect(Date.now() - Number(imageDetails[0]?.imagePushedAt)).to.be.within(-1000, 60_000);
    });

    for (const manifest of [
        "",
        "null",
        "[]",
        "7",
        '{"layers":{}}',
        '{"config":null,"layers":[null]}',
        '{"manifests":7}',
    ]) {
        it(`refuses ${JSON.stringify(manifest)} as the manifest of an image`, async () => {
            const put = ecr().putImage({ repositoryName, imageTag: "1.0", imageManifest: manifest });
            expect(await errorOf(put)).to.equal("InvalidParameterException");
        });
    }

    it("tells which layers are there", async () => {
        const bytes = randomBytes(10);
        await upload(bytes);
        const other = digestOf("other");
        const { layers } = await ecr().batchCheckLayerAvailability({
            repositoryName,
            layerDigests: [digestOf(bytes), other],
        });
        expect(layers).to.deep.equal([
            { layerDigest: digestOf(bytes), layerAvailability: "AVAILABLE", layerSize: 10 },
            { layerDigest: other, layerAvailability: "UNAVAILABLE" },
        ]);
        await ecr().createRepository({ repositoryName: "dev/other" });
        const elsewhere = await ecr().batchCheckLayerAvailability({
            repositoryName: "dev/other",
            layerDigests: [digestOf(bytes)],
        });
        expect(elsewhere.layers?.[0]?.layerAvailability).to.equal("UNAVAILABLE");
    });

    it("refuses a layer whose digest is another one, and has none of it", async () => {
        const wrong = digestOf("something else");
        expect(await errorOf(upload(randomBytes(10), wrong))).to.equal("InvalidLayerException");
        const { layers } = await ecr().batchCheckLayerAvailability({ repositoryName, layerDigests: [wrong] });
        expect(layers?.[0]?.layerAvailability).to.equal("UNAVAILABLE");
    });

    it("refuses parts out of their order, small ones in the middle, and uploads that it does not know", async () => {
        const { uploadId } = await ecr().initiateLayerUpload({ repositoryName });
        const part = (partFirstByte: number, layerPartBlob: Buffer, id = uploadId) =>
            ecr().uploadLayerPart({
                ...{ repositoryName, uploadId: id, partFirstByte, layerPartBlob },
                partLastByte: partFirstByte + layerPartBlob.length - 1,
            });
        expect(await errorOf(part(5, Buffer.alloc(5)))).to.equal("InvalidLayerPartException");
        await part(0, Buffer.alloc(5));
        expect(await errorOf(part(5, Buffer.alloc(5)))).to.equal("LayerPartTooSmallException");
        expect(await errorOf(part(0, Buffer.alloc(5), "none"))).to.equal("UploadNotFoundException");
        const { uploadId: empty } = await ecr().initiateLayerUpload({ repositoryName });
        expect(
            await errorOf(
                ecr().completeLayerUpload({ repositoryName, uploadId: empty, layerDigests: [digestOf("")] }),
            ),
        ).to.equal("EmptyUploadException");
    });

    it("shows no image before all of its layers are there", async () => {
        const { layer, manifest } = image();
        await upload(layer);
        expect(
            await errorOf(ecr().putImage({ repositoryName, imageManifest: manifest, imageTag: "1" })),
        ).to.equal("LayersNotFoundException");
        expect((await ecr().listImages({ repositoryName })).imageIds).to.deep.equal([]);
    });

    it("lets no tag change hands where they are immutable, and moves it where they are not", async () => {
        const first = image();
        await push("1.0", first);
        expect(await errorOf(push("1.0"))).to.equal("ImageTagAlreadyExistsException");
        expect(
            await errorOf(ecr().putImage({ repositoryName, imageManifest: first.manifest, imageTag: "1.0" })),
        ).to.equal("ImageAlreadyExistsException");
        await ecr().putImage({ repositoryName, imageManifest: first.manifest, imageTag: "1.1" });
        await ecr().putImageTagMutability({ repositoryName, imageTagMutability: "MUTABLE" });
        const second = image();
        await push("1.0", second);
        const { imageIds = [] } = await ecr().listImages({ repositoryName });
        expect(imageIds).to.have.deep.members([
            { imageDigest: first.digest, imageTag: "1.1" },
            { imageDigest: second.digest, imageTag: "1.0" },
        ]);
    });

    it("refuses a manifest whose digest is another one", async () => {
        const { manifest } = image();
        const call = ecr().putImage({ repositoryName, imageManifest: manifest, imageDigest: digestOf("x") });
        expect(await errorOf(call)).to.equal("ImageDigestDoesNotMatchException");
    });

    it("takes a list for several architectures once its images are there, and keeps them as long as it is", async () => {
        const one = image();
        const index = JSON.stringify({
            schemaVersion: 2,
            mediaType: "application/vnd.oci.image.index.v1+json",
            manifests: [{ mediaType: manifestType, size: one.manifest.length, digest: one.digest }],
        });
        const put = () => ecr().putImage({ repositoryName, imageManifest: index, imageTag: "all" });
        expect(await errorOf(put())).to.equal("ReferencedImagesNotFoundException");
        await push(undefined, one);
        await put();
        const child = { repositoryName, imageIds: [{ imageDigest: one.digest }] };
        const refusal = await ecr().batchDeleteImage(child);
        expect(refusal.failures?.map(({ failureCode }) => failureCode)).to.deep.equal([
            "ImageReferencedByManifestList",
        ]);
        await ecr().batchDeleteImage({ repositoryName, imageIds: [{ imageTag: "all" }] });
        expect((await ecr().batchDeleteImage(child)).imageIds).to.deep.equal([{ imageDigest: one.digest }]);
        expect((await ecr().listImages({ repositoryName })).imageIds).to.deep.equal([]);
    });

    it("takes one of several tags off, and the image with the last one", async () => {
        const { manifest, digest } = await push("1").then(({ image: made }) => ({
            manifest: made?.imageManifest ?? "",
            digest: made?.imageId?.imageDigest,
        }));
        await ecr().putImage({ repositoryName, imageManifest: manifest, imageTag: "2" });
        await ecr().batchDeleteImage({ repositoryName, imageIds: [{ imageTag: "1" }] });
        expect((await ecr().listImages({ repositoryName })).imageIds).to.deep.equal([
            { imageDigest: digest, imageTag: "2" },
        ]);
        await ecr().batchDeleteImage({ repositoryName, imageIds: [{ imageTag: "2" }] });
        expect((await ecr().listImages({ repositoryName })).imageIds).to.deep.equal([]);
        const { failures } = await ecr().batchDeleteImage({ repositoryName, imageIds: [{ imageTag: "2" }] });
        expect(failures?.map(({ failureCode }) => failureCode)).to.deep.equal(["ImageNotFound"]);
    });

    it("deletes a repository with images only where that is said, and forgets them", async () => {
        await push("1");
        expect(await errorOf(ecr().deleteRepository({ repositoryName }))).to.equal(
            "RepositoryNotEmptyException",
        );
        await ecr().deleteRepository({ repositoryName, force: true });
        for (const call of [
            () => ecr().listImages({ repositoryName }),
            () => ecr().initiateLayerUpload({ repositoryName }),
            () => ecr().putImage({ repositoryName, imageManifest: image().manifest }),
        ]) {
            expect(await errorOf(call())).to.equal("RepositoryNotFoundException");
        }
        await ecr().createRepository({ repositoryName });
        expect((await ecr().listImages({ repositoryName })).imageIds).to.deep.equal([]);
    });

    it("says which image is not there", async () => {
        const imageIds = [{ imageTag: "none" }];
        expect(await errorOf(ecr().describeImages({ repositoryName, imageIds }))).to.equal(
            "ImageNotFoundException",
        );
        const { failures } = await ecr().batchGetImage({ repositoryName, imageIds });
        expect(failures?.map(({ failureCode }) => failureCode)).to.deep.equal(["ImageNotFound"]);
    });

    it("can fail in mid-push, and the push goes on from there", async () => {
        const bytes = randomBytes(11 * mebibyte);
        await cloud().control("POST", "faults", {
            service: "ecr",
            action: "UploadLayerPart",
            errorCode: "ServerException",
        });
        expect(await errorOf(upload(bytes))).to.equal("ServerException");
        await upload(bytes);
        const fault = { service: "ecr", action: "PutImage", errorCode: "ExpiredTokenException", status: 400 };
        await cloud().control("POST", "faults", fault);
        const one = image();
        expect(await errorOf(push("1", one))).to.equal("ExpiredTokenException");
        expect((await ecr().listImages({ repositoryName })).imageIds).to.deep.equal([]);
        await ecr().putImage({ repositoryName, imageManifest: one.manifest, imageTag: "1" });
    });

    it("brings the registry back with its images after somebody has killed it", async () => {
        const one = image();
        await push("1", one);
        const { pid } = (await cloud().control("GET", "registry")) as { pid: number };
        process.kill(pid, "SIGKILL");
        await eventually(
            () => Promise.resolve(existsSync(`/proc/${pid}`)),
            (alive) => !alive,
        );
        const { images } = await ecr().batchGetImage({ repositoryName, imageIds: [{ imageTag: "1" }] });
        expect(images?.[0]?.imageManifest).to.equal(one.manifest);
        await push("2");
    });
});
