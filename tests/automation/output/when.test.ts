import { expect } from "chai";

import { momentCell, sayWhen } from "../../../automation/output/when";
import { recordIo } from "../../helpers/io";

const now = new Date("2026-11-22T12:00:00Z");

describe("sayWhen", () => {
    for (const [moment, words] of [
        ["2026-11-22T11:59:31Z", "just now"],
        ["2026-11-22T11:57:00Z", "3 minutes ago"],
        ["2026-11-22T10:30:00Z", "1 hour ago"],
        ["2026-11-20T11:00:00Z", "2 days ago"],
        ["2026-11-22T19:59:00Z", "in 7 h 59 min"],
    ] as const) {
        it(`says ${words}`, () => {
            expect(sayWhen(new Date(moment), now)).to.equal(words);
        });
    }
});

describe("moments in a table", () => {
    const clock = { now: () => now, sleep: () => Promise.resolve() };

    it("are told as people say them on a terminal, and in ISO 8601 where another program reads them", () => {
        const moment = "2026-11-22T11:57:00Z";
        const terminal = { ...recordIo(), stdoutIsTerminal: true };
        expect(momentCell({ io: terminal, clock })(moment)).to.equal("3 minutes ago");
        expect(momentCell({ io: recordIo(), clock })(moment)).to.equal(moment);
        expect(momentCell({ io: terminal, clock })("unreadable")).to.equal("unreadable");
        expect(momentCell({ io: terminal, clock })(undefined)).to.equal(undefined);
    });
});
