import { randomBytes } from "node:crypto";
import { expect } from "chai";

import { digestOf, image, manifestType, repositoryName, useEcr } from "./ecrCase";

describe("ECR on the local cloud, as docker sees it", () => {
    const { ecr, push } = useEcr();

    async function door(path: string, options: RequestInit & { readonly token?: string } = {}) {
        const { authorizationData = [] } = await ecr().getAuthorizationToken({});
        const [{ proxyEndpoint = "", authorizationToken = "" } = {}] = authorizationData;
        const authorization = `Basic ${options.token ?? authorizationToken}`;
        return fetch(`${proxyEndpoint}/v2/${path}`, {
            ...options,
            headers: { ...(options.headers as Record<string, string>), authorization },
        });
    }
    const put = (tag: string, manifest: string) =>
        door(`${repositoryName}/manifests/${tag}`, {
            method: "PUT",
            body: manifest,
            headers: { "content-type": manifestType },
        });

    it("answers whoever has the token of GetAuthorizationToken, and nobody else", async () => {
        expect((await door("")).status).to.equal(200);
        const token = Buffer.from("AWS:guessed").toString("base64");
        const stranger = await door("", { token });
        expect(stranger.status).to.equal(401);
        expect(stranger.headers.get("www-authenticate")).to.match(/^Basic realm=/);
    });

    it("has what was pushed through the API, and the other way round", async () => {
        const one = image();
        await push("1", one);
        const got = await door(`${repositoryName}/manifests/1`, { headers: { accept: manifestType } });
        expect(await got.text()).to.equal(one.manifest);
        const second = JSON.stringify({ ...JSON.parse(one.manifest), annotations: { second: "yes" } });
        expect((await put("2", second)).status).to.equal(201);
        const { images } = await ecr().batchGetImage({ repositoryName, imageIds: [{ imageTag: "2" }] });
        expect(images?.[0]?.imageManifest).to.equal(second);
    });

    it("uploads layers where it says that they go", async () => {
        const begun = await door(`${repositoryName}/blobs/uploads/`, { method: "POST" });
        expect(begun.status).to.equal(202);
        const location = begun.headers.get("location") ?? "";
        expect(location).to.match(/^\/v2\/dev\/web\/blobs\/uploads\//);
        const bytes = randomBytes(100);
        const done = await door(`${location.replace("/v2/", "")}&digest=${digestOf(bytes)}`, {
            method: "PUT",
            body: bytes,
            headers: { "content-type": "application/octet-stream" },
        });
        expect(done.status).to.equal(201);
        const { layers } = await ecr().batchCheckLayerAvailability({
            repositoryName,
            layerDigests: [digestOf(bytes)],
        });
        expect(layers?.[0]?.layerSize).to.equal(100);
    });

    it("lets no tag of an immutable repository change hands, and takes the same again", async () => {
        const one = image();
        await push("1", one);
        expect((await put("1", one.manifest)).status).to.equal(201);
        const other = JSON.stringify({ ...JSON.parse(one.manifest), annotations: { other: "yes" } });
        const refused = await put("1", other);
        expect(refused.status).to.equal(400);
        expect(await refused.text()).to.contain("cannot be overwritten because the tag is immutable");
    });

    it("knows no repository that ECR does not know", async () => {
        const refused = await door("dev/none/blobs/uploads/", { method: "POST" });
        expect(refused.status).to.equal(404);
        expect(await refused.text()).to.contain("NAME_UNKNOWN");
    });
});
