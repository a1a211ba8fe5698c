import { expect } from "chai";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { imagesAddress } from "../../../automation/pint/askForImages";
import { createPint } from "../../../automation/pint/pint";
import type { PintQuery, PintResult } from "../../../automation/ports/pint";
import { pintRecord, withPint, type FakeAnswer } from "../../helpers/pintServer";
import { makeFolder } from "../../helpers/project";
import { dead, good, names, query, usePint } from "./pintCase";

describe("pint", () => {
    const { clock, place, ask } = usePint();

    it("is asked for a region and a state, or for all states", async () => {
        await withPint([good], async (url, requests) => {
            const result = await ask(url);
            expect([result.kind, names(result)]).to.deep.equal([
                "fresh",
                ["suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64"],
            ]);
            await ask(`${url}/`, { region: "eu-central-1" });
            await ask(`${url}/below/`, { region: "../../etc", state: "deleted" });
            expect(requests).to.deep.equal([
                "/v1/amazon/eu-central-1/images/active.json",
                "/v1/amazon/eu-central-1/images.json",
                "/below/v1/amazon/..%2F..%2Fetc/images/deleted.json",
            ]);
        });
    });

    it("is SUSE's own unless the environment names another", () => {
        for (const env of [{}, { SLES_ECS_PINT_URL: "" }]) {
            expect(imagesAddress(env, query.region, query.state)).to.equal(
                "https://susepubliccloudinfo.suse.com/v1/amazon/eu-central-1/images/active.json",
            );
        }
    });

    const troubles: readonly (readonly [
        what: string,
        answer: FakeAnswer,
        attempts: number,
        reason: string,
    ])[] = [
        ["fails", { status: 500, body: "oops" }, 2, "answered with HTTP 500"],
        ["is overrun", { status: 429 }, 2, "answered with HTTP 429"],
        ["is silent", { ...good, delayMilliseconds: 5_000 }, 2, "did not answer within 0.3 s"],
        ["never ends its answer", { body: "{", unfinished: true }, 2, "did not answer within 0.3 s"],
        ["refuses", { status: 403 }, 1, "answered with HTTP 403"],
        [
            "is the login page of a hotel",
            { type: "text/html", body: "<html>Welcome</html>" },
            1,
            'answered with something other than JSON ("text/html")',
        ],
        ["answers with nothing", {}, 1, 'answered with something other than JSON ("application/json")'],
        ["answers with null", { body: "null" }, 1, "answered without a list of images"],
        ["answers with servers", { body: '{"servers":[]}' }, 1, "answered without a list of images"],
        ["answers with a text", { body: '{"images":"many"}' }, 1, "answered without a list of images"],
    ];
    for (const [what, answer, attempts, reason] of troubles) {
        it(`that ${what} is unavailable after ${attempts} ${attempts === 1 ? "attempt" : "attempts"}`, async () => {
            await withPint([answer], async (url, requests) => {
                expect(await ask(url)).to.deep.equal({
                    kind: "unavailable",
                    reason: `${url}/v1/amazon/eu-central-1/images/active.json ${reason}`,
                    unknownRegion: false,
                });
                expect(requests).to.have.length(attempts);
            });
        });
    }

    it("where nobody listens is unavailable", async () => {
        const closed = await withPint([], (url) => Promise.resolve(url));
        expect(await ask(closed)).to.deep.equal({
            kind: "unavailable",
            reason: `${closed}/v1/amazon/eu-central-1/images/active.json cannot be reached: ECONNREFUSED`,
            unknownRegion: false,
        });
    });

    it("at an address that is none is unavailable", async () => {
        const result = await ask("not an address");
        expect(result.kind).to.equal("unavailable");
        expect(result)
            .to.have.property("reason")
            .that.matches(/^not an address\/v1.* cannot be reached: /);
    });

    it("says when it has no such region, at the first attempt", async () => {
        await withPint([{ status: 404 }], async (url, requests) => {
            expect(await ask(url)).to.deep.equal({
                kind: "unavailable",
                reason: `${url}/v1/amazon/eu-central-1/images/active.json answered with HTTP 404`,
                unknownRegion: true,
            });
            expect(requests).to.have.length(1);
        });
    });

    it("that fails once is asked a second time", async () => {
        await withPint([dead, good], async (url, requests) => {
            expect((await ask(url)).kind).to.equal("fresh");
            expect(requests).to.have.length(2);
        });
    });

    it("gives what is wrong with its records as remarks", async () => {
        const body = JSON.stringify({ images: [pintRecord({ id: "" }), pintRecord()] });
        await withPint([{ body }], async (url) => {
            const result = await ask(url);
            expect(names(result)).to.have.length(1);
            expect(result)
                .to.have.property("remarks")
                .that.deep.equals(["suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64: it has no id; left out"]);
        });
    });

    it("may answer with five megabytes", async () => {
        const images = Array.from({ length: 26_000 }, (_, index) =>
            pintRecord({ name: `suse-sles-${index}`, id: `ami-0${index.toString(16).padStart(16, "0")}` }),
        );
        const body = JSON.stringify({ images });
        expect(body.length).to.be.greaterThan(5_000_000);
        await withPint([{ body }], async (url) => {
            const patient = createPint({
                env: { SLES_ECS_PINT_URL: url },
                folder: place.folder,
                signal: new AbortController().signal,
                clock,
            });
            expect(names(await patient.images(query))).to.have.length(26_000);
        });
    });

    it("ends with the command that asks it", async () => {
        await withPint([{ ...good, delayMilliseconds: 5_000 }], async (url) => {
            const reason = new Error("interrupted");
            const error: unknown = await ask(url, query, AbortSignal.abort(reason)).catch(
                (thrown: unknown) => thrown,
            );
            expect(error).to.equal(reason);
        });
    });

    describe("when it is unavailable", () => {
        async function askLater(answers: readonly FakeAnswer[], asked = query): Promise<PintResult> {
            return withPint(answers, async (url) => {
                await ask(url);
                clock.tick(90);
                return ask(url, asked);
            });
        }

        it("is answered for by its last answer, with the age of that and the reason", async () => {
            const result = await askLater([good, dead]);
            expect(result).to.include({ kind: "cached", ageSeconds: 90 });
            expect(result).to.have.property("reason").that.contains("answered with HTTP 500");
            expect(names(result)).to.deep.equal(["suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64"]);
        });

        it("is not answered for by its answer about another region or state", async () => {
            const others: readonly PintQuery[] = [
                { region: "eu-west-1", state: "active" },
                { region: "eu-central-1", state: "deleted" },
                { region: "eu-central-1" },
            ];
            for (const other of others) {
                expect((await askLater([good, dead], other)).kind).to.equal("unavailable");
            }
        });

        it("is not answered for by the answer of another pint", async () => {
            await withPint([good], (url) => ask(url));
            expect((await ask("http://127.0.0.1:9")).kind).to.equal("unavailable");
            expect(readdirSync(place.folder)).to.have.members([
                "eu-central-1-active.json",
                "eu-central-1-active-failed.json",
            ]);
        });

        it("is not answered for by a file that is damaged", async () => {
            const fetchedAt = "2026-11-23T10:00:00.000Z";
            for (const content of [
                "",
                "null",
                "{",
                '{"url":"<url>","records":[]}',
                '{"url":"<url>","fetchedAt":"soon","records":[]}',
                `{"url":"<url>","fetchedAt":"${fetchedAt}","records":{}}`,
                `{"fetchedAt":"${fetchedAt}","records":[]}`,
            ]) {
                await withPint([good, dead], async (url) => {
                    await ask(url);
                    const asked = `${url}/v1/amazon/eu-central-1/images/active.json`;
                    const file = path.join(place.folder, "eu-central-1-active.json");
                    writeFileSync(file, content.replace("<url>", asked));
                    expect((await ask(url)).kind, content).to.equal("unavailable");
                });
            }
        });
    });

    it("needs no cache directory that can be written", async () => {
        const parent = makeFolder({ file: "" });
        place.folder = path.join(parent, "file", "pint");
        await withPint([good], async (url) => {
            expect((await ask(url)).kind).to.equal("fresh");
        });
        expect(readdirSync(parent)).to.deep.equal(["file"]);
    });

    it("leaves no half-written answer behind", async () => {
        mkdirSync(path.join(place.folder, "eu-central-1-active.json"), { recursive: true });
        await withPint([good], (url) => ask(url));
        expect(readdirSync(place.folder)).to.deep.equal(["eu-central-1-active.json"]);
    });

    it("keeps records as they came", async () => {
        await withPint([good], (url) => ask(url));
        const kept = JSON.parse(
            readFileSync(path.join(place.folder, "eu-central-1-active.json"), "utf8"),
        ) as object;
        expect(kept).to.have.property("records").that.deep.equals([pintRecord()]);
    });
});
