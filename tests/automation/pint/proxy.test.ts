import { expect } from "chai";

import { createPint } from "../../../automation/pint/pint";
import { fakeClock } from "../../helpers/io";
import { pintRecord, withPint } from "../../helpers/pintServer";
import { startProxy, type ProxyManner } from "../../helpers/proxyServer";

const name = "pint.test";
const records = {
    body: JSON.stringify({
        images: [
            pintRecord({
                id: "ami-1",
                name: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
                region: "eu-central-1",
            }),
        ],
    }),
};

/** What pint says that only a proxy knows the way to, and what the proxy was asked. */
async function askBy(manner: ProxyManner, env: Readonly<Record<string, string>> = {}) {
    return withPint([records], async (url) => {
        const proxy = await startProxy({ names: { [name]: new URL(url).host }, ...manner });
        const pint = createPint({
            env: {
                SLES_ECS_PINT_URL: `http://${name}`,
                HTTP_PROXY: `http://me:s3cret@${proxy.address}`,
                ...env,
            },
            signal: new AbortController().signal,
            clock: fakeClock(),
            limits: { attempts: 1, attemptMilliseconds: 2_000, pauseMilliseconds: 0 },
        });
        const answer = await pint.images({ region: "eu-central-1" });
        await proxy.stop();
        return { answer, requests: proxy.requests, address: proxy.address };
    });
}

describe("pint behind a proxy", () => {
    it("is reached by it, and its name is asked of nobody else", async () => {
        const { answer, requests } = await askBy({ credentials: "me:s3cret" });
        expect(answer).to.include({ kind: "fresh" });
        expect(requests).to.deep.equal([`GET http://${name}/v1/amazon/eu-central-1/images.json`]);
    });

    it("is reached past it where NO_PROXY takes it out", async () => {
        const { answer, requests } = await askBy({}, { NO_PROXY: ".test" });
        expect(answer).to.include({ kind: "unavailable" });
        expect(requests).to.deep.equal([]);
    });

    for (const [what, manner, words] of [
        ["wants credentials", { credentials: "me:right" }, "wants a name and a password: HTTP 407"],
        ["refuses", { status: 403 }, `lets nobody through to ${name}: HTTP 403`],
        ["shows a page", { status: 200 }, `answers in place of ${name}: HTTP 200`],
        ["is silent", { silent: true }, "did not answer within 2 s"],
    ] as const) {
        it(`is told to be out of reach by a proxy that ${what}`, async () => {
            const { answer } = await askBy(manner);
            expect(answer).to.have.property("kind", "unavailable");
            expect(answer).to.have.property("reason").that.includes(words).and.not.includes("s3cret");
        });
    }
});
