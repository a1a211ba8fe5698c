import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { answerFolder, imagesAddress } from "../../../automation/pint/askForImages";
import { createPint } from "../../../automation/pint/pint";
import { createContext } from "../../../automation/connect";
import { recordIo } from "../../helpers/io";
import { pintRecord, withPint, type FakeAnswer } from "../../helpers/pintServer";
import { dead, good, names, query, usePint } from "./pintCase";

describe("an answer of pint's", () => {
    const { clock, place, pintAt, ask } = usePint();

    it("gives an answer from the future no negative age, and trusts it no longer than it must", async () => {
        await withPint([good, dead, dead, good], async (url, requests) => {
            await ask(url);
            clock.tick(-60);
            expect(await ask(url)).to.include({ kind: "cached", ageSeconds: 0 });
            clock.tick(-60);
            expect((await ask(url, { ...query, forAdvice: true })).kind).to.equal("fresh");
            expect(requests.length).to.equal(4);
        });
    });

    it("tells the age of an answer as it is when it is shown", async () => {
        await withPint([good, { ...dead, delayMilliseconds: 50 }], async (url) => {
            await ask(url);
            const asked = ask(url);
            await new Promise((resolve) => setTimeout(resolve, 20));
            clock.tick(20);
            expect(await asked).to.include({ kind: "cached", ageSeconds: 20 });
        });
    });

    it("does not take what cannot be read for an answer, nor keep it", async () => {
        const foreign = pintRecord({ region: "eu-west-1" });
        for (const images of [[1, 2, 3], [foreign], [pintRecord({ id: "i-1" })]]) {
            await withPint([good, { body: JSON.stringify({ images }) }, dead], async (url) => {
                await ask(url);
                const junk = await ask(url);
                expect([junk.kind, names(junk)]).to.deep.equal(["cached", [pintRecord()["name"]]]);
                expect((junk as { reason?: string }).reason).to.match(
                    /answered with nothing that can be read \(.*; left out\)$/,
                );
                expect(names(await ask(url))).to.deep.equal([pintRecord()["name"]]);
            });
        }
        await withPint([{ body: '{"images": []}' }], async (url) => {
            expect((await ask(url)).kind).to.equal("fresh");
        });
    });

    it("does not read on beyond 32 MiB", async () => {
        const body = `{"images": ["${"x".repeat(32 * 2 ** 20)}"]}`;
        await withPint([{ body }], async (url) => {
            const pint = createPint({
                env: { SLES_ECS_PINT_URL: url },
                folder: place.folder,
                signal: new AbortController().signal,
                clock,
                limits: { attempts: 1, attemptMilliseconds: 10_000, pauseMilliseconds: 0 },
            });
            expect(await pint.images(query)).to.include({
                kind: "unavailable",
                reason: `${imagesAddress({ SLES_ECS_PINT_URL: url }, query.region, query.state)} answered with more than 32 MiB`,
            });
        });
    });

    it("is kept nowhere where no folder is given, nor is a failure", async () => {
        await withPint([good, dead, good], async (url, requests) => {
            const ask = (forAdvice: boolean) =>
                createPint({
                    env: { SLES_ECS_PINT_URL: url },
                    signal: new AbortController().signal,
                    clock,
                }).images({ ...query, forAdvice });
            const kinds = [await ask(true), await ask(true), await ask(true)].map(({ kind }) => kind);
            expect(kinds).to.deep.equal(["fresh", "unavailable", "fresh"]);
            expect(requests).to.have.length(3);
        });
    });

    it("is kept in the cache directory, unless it comes from this machine", () => {
        const at = (url: string | undefined) =>
            answerFolder({
                SLES_ECS_CACHE: "/cache",
                SLES_ECS_PINT_URL: url,
            });
        for (const kept of [undefined, "", "https://pint.example", "http://127.example", "nonsense"]) {
            expect(at(kept), kept).to.equal("/cache/pint");
        }
        for (const local of [
            "http://127.0.0.1:4580/_pint",
            "http://127.1.2.3",
            "http://localhost:4580",
            "http://user:secret@LOCALHOST/",
            "http://[::1]:4580/_pint",
        ]) {
            expect(at(local), local).to.equal(undefined);
        }
    });

    it("serves all that the command line asks in one command", async () => {
        const { signal } = new AbortController();
        const context = createContext({
            io: recordIo(),
            signal,
            killSignal: signal,
            env: {},
            directory: "/",
            version: "0",
        });
        expect(await context.loadPint()).to.equal(await context.loadPint());
    });

    it("never repeats a password", async () => {
        await withPint([{ status: 401 }], async (url) => {
            const result = await ask(url.replace("//", "//somebody:secret@"));
            expect(JSON.stringify(result)).to.contain("answered with HTTP 401").and.not.contain("secret");
            const kept = readdirSync(place.folder).map((file) =>
                readFileSync(path.join(place.folder, file), "utf8"),
            );
            expect(kept.join()).to.contain("HTTP 401").and.not.contain("secret");
        });
    });

    describe("with a page on the packages of an image", () => {
        const line = "<li>docker 28.3.3_ce-150000.230.1</li>";
        const read = (answer: FakeAnswer): Promise<unknown> =>
            withPint([answer], (url) => pintAt("http://127.0.0.1:1").packageChanges(`${url}/page.html`));

        it("reads it, whatever it calls itself", async () => {
            const docker = [{ name: "docker", to: "28.3.3_ce-150000.230.1" }];
            expect(await read({ type: "text/html", body: line })).to.deep.equal(docker);
            expect(await read({ type: "text/plain", body: line })).to.deep.equal(docker);
        });

        it("asks for it once in a run, and once more after no answer", async () => {
            await withPint([dead, { body: line }], async (url, requests) => {
                const pint = pintAt("http://127.0.0.1:1");
                const ask = () => pint.packageChanges(`${url}/page.html`);
                expect(await ask()).to.equal(undefined);
                expect(await Promise.all([ask(), ask()])).to.deep.equal([await ask(), await ask()]);
                expect(requests).to.have.length(2);
                expect(await ask()).to.have.lengthOf(1);
            });
        });

        const useless: Readonly<Record<string, FakeAnswer>> = {
            "that is not there": { status: 404, body: line },
            "that fails": { status: 503, body: line },
            "that tells no package": { body: "<h1>Sign in to the hotel</h1>" },
            "that comes too late": { body: line, delayMilliseconds: 1000 },
            "that has no end": { body: line, unfinished: true },
            "of more than 4 MiB": { body: line + " ".repeat(4 * 2 ** 20) },
        };
        for (const [what, answer] of Object.entries(useless)) {
            it(`does without one ${what}`, async () => {
                expect(await read(answer)).to.equal(undefined);
            });
        }

        it("does without one at an address that is none", async () => {
            for (const address of ["", "nowhere", "file:///etc/passwd", "http://127.0.0.1:1/"]) {
                expect(await pintAt("http://127.0.0.1:1").packageChanges(address)).to.equal(undefined);
            }
        });
    });
});
