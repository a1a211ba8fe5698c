import { expect } from "chai";
import { readdirSync } from "node:fs";
import path from "node:path";

import { createPint } from "../../../automation/pint/pint";
import type { PintQuery, PintResult } from "../../../automation/ports/pint";
import { fakeClock } from "../../helpers/io";
import { pintRecord, withPint, type FakeAnswer } from "../../helpers/pintServer";
import { makeFolder, removeFolders } from "../../helpers/project";

const query: PintQuery = { region: "eu-central-1", state: "active" };
const good: FakeAnswer = { body: JSON.stringify({ images: [pintRecord()] }) };
const dead: FakeAnswer = { status: 500 };

describe("pint, asked for advice", () => {
    let cache: string;
    const clock = fakeClock();
    beforeEach(() => {
        cache = path.join(makeFolder(), "cache");
    });
    afterEach(removeFolders);

    function ask(
        url: string,
        asked: PintQuery = query,
        signal = new AbortController().signal,
    ): Promise<PintResult> {
        return createPint({
            env: { SLES_ECS_PINT_URL: url, SLES_ECS_CACHE: cache },
            signal,
            clock,
            limits: { attempts: 2, attemptMilliseconds: 300, pauseMilliseconds: 10 },
            adviceLimits: { attempts: 1, attemptMilliseconds: 200, pauseMilliseconds: 0 },
        }).images(asked);
    }

    const advice: PintQuery = { ...query, forAdvice: true };
    const silent: FakeAnswer = { ...good, delayMilliseconds: 5_000 };
    const reasonOf = (result: PintResult) => ("reason" in result ? result.reason : undefined);

    it("is not asked again when its last answer is of the last hour", async () => {
        await withPint([good, dead], async (url, requests) => {
            await ask(url);
            clock.tick(3600);
            const result = await ask(url, advice);
            expect(result).to.include({ kind: "cached", ageSeconds: 3600 });
            expect(result).to.not.have.property("reason");
            expect(requests).to.have.length(1);
            clock.tick(1);
            expect(await ask(url, advice)).to.have.property("reason");
            expect(requests).to.have.length(2);
        });
    });

    it("is asked again at once about an image that its last answer lacks", async () => {
        await withPint([good, good, dead], async (url, requests) => {
            await ask(url);
            const known = { ...advice, about: String(pintRecord()["name"]) };
            expect((await ask(url, known)).kind).to.equal("cached");
            const unknown = { ...advice, about: "suse-sles-15-sp7-v20270115-ecs-hvm-ssd-x86_64" };
            expect((await ask(url, unknown)).kind).to.equal("fresh");
            expect(reasonOf(await ask(url, unknown))).to.contain("HTTP 500");
            expect(reasonOf(await ask(url, unknown))).to.contain("0 s ago");
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
            expect(readdirSync(path.dirname(cache))).to.deep.equal([]);
        });
    });
});
