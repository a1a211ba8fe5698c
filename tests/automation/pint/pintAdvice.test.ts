import { expect } from "chai";
import { readdirSync } from "node:fs";
import path from "node:path";

import type { PintQuery, PintResult } from "../../../automation/ports/pint";
import { withPint, type FakeAnswer } from "../../helpers/pintServer";
import { dead, good, query, usePint } from "./pintCase";

describe("pint, asked for advice", () => {
    const { clock, place, pintAt, ask } = usePint();

    const advice: PintQuery = { ...query, forAdvice: true };
    const silent: FakeAnswer = { ...good, delayMilliseconds: 5_000 };
    const reasonOf = (result: PintResult) => ("reason" in result ? result.reason : undefined);

    it("is asked each time, however young its last answer is", async () => {
        const older: FakeAnswer = { body: JSON.stringify({ images: [] }) };
        await withPint([older, good], async (url, requests) => {
            await ask(url);
            const result = await ask(url, advice);
            expect(result.kind).to.equal("fresh");
            expect(result).to.have.property("images").that.has.length(1);
            expect(requests).to.have.length(2);
        });
    });

    it("is asked once by a command that wants to know several times, also at once", async () => {
        await withPint([good, dead], async (url, requests) => {
            const pint = pintAt(url);
            const first = await Promise.all([pint.images(advice), pint.images(advice)]);
            const later = await pint.images({ ...advice });
            expect([...first, later].map(({ kind }) => kind)).to.deep.equal(["fresh", "fresh", "fresh"]);
            expect(requests).to.have.length(1);
            await pint.images({ ...advice, region: "eu-west-1" });
            await pint.images({ region: "eu-central-1", forAdvice: true });
            expect(requests).to.have.length(3);
        });
    });

    for (const [what, answer, reason] of [
        ["is silent", silent, "pint did not answer within 0.2 s"],
        ["fails", dead, "pint answered with HTTP 500"],
    ] as const) {
        it(`is asked once where it ${what}, and told of in few words`, async () => {
            await withPint([answer, good], async (url, requests) => {
                expect(await ask(url, advice)).to.deep.equal({
                    kind: "unavailable",
                    reason,
                    unknownRegion: false,
                });
                expect(requests).to.have.length(1);
            });
        });
    }

    it("is left alone for ten minutes after a failure, with its kept answer", async () => {
        await withPint([good, dead, good], async (url, requests) => {
            await ask(url);
            clock.tick(7200);
            await ask(url, advice);
            clock.tick(120);
            const result = await ask(url, advice);
            expect(result).to.include({ kind: "cached", ageSeconds: 7320 });
            expect(reasonOf(result)).to.equal("pint answered with HTTP 500, 2 min ago");
            clock.tick(480);
            expect(reasonOf(await ask(url, advice))).to.contain("10 min ago");
            expect(requests).to.have.length(2);
            clock.tick(1);
            expect((await ask(url, advice)).kind).to.equal("fresh");
        });
    });

    it("is asked again by those who cannot do without it, and by everybody once it answered", async () => {
        await withPint([dead, good, dead], async (url, requests) => {
            await ask(url, advice);
            expect((await ask(url)).kind).to.equal("fresh");
            clock.tick(3601);
            expect(reasonOf(await ask(url, advice))).to.equal("pint answered with HTTP 500");
            expect(requests).to.have.length(3);
        });
    });

    it("is not left alone for the failure of another address", async () => {
        await withPint([dead], (url) => ask(url, advice));
        await withPint([good], async (url) => {
            expect((await ask(url, advice)).kind).to.equal("fresh");
        });
    });

    it("is not left alone for a command that was interrupted", async () => {
        await withPint([silent, good], async (url) => {
            await ask(url, advice, AbortSignal.abort(new Error("interrupted"))).catch(() => undefined);
            expect(readdirSync(path.dirname(place.folder))).to.deep.equal([]);
        });
    });
});
