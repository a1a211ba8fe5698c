import { expect } from "chai";
import fc from "fast-check";

import {
    closing,
    isOpenAt,
    opening,
    parseHours,
    purposeOf,
    scheduleNames,
} from "../../../components/model/hours";
import { parseSettings } from "../../../components/model/settings";

const week = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** What makes the text of hours. */
const written = fc.record({
    days: fc.subarray([...week], { minLength: 1 }),
    opens: fc.integer({ min: 0, max: 1438 }),
    longer: fc.integer({ min: 1, max: 1439 }),
    timeZone: fc.constantFrom(...Intl.supportedValuesOf("timeZone"), "UTC"),
});

const clock = (minutes: number): string =>
    [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");

describe("office hours", () => {
    // Berlin is an hour ahead of UTC in winter and two in summer; New York five behind in winter.
    const moments: readonly (readonly [string, string, boolean])[] = [
        ["Mon-Fri 08:00-18:00 Europe/Berlin", "2026-11-23T06:59:59Z", false],
        ["Mon-Fri 08:00-18:00 Europe/Berlin", "2026-11-23T07:00:00Z", true],
        ["Mon-Fri 08:00-18:00 Europe/Berlin", "2026-11-23T16:59:59Z", true],
        ["Mon-Fri 08:00-18:00 Europe/Berlin", "2026-11-23T17:00:00Z", false],
        ["Mon-Fri 08:00-18:00 Europe/Berlin", "2026-07-20T06:00:00Z", true],
        ["Mon-Fri 08:00-18:00 Europe/Berlin", "2026-11-22T09:00:00Z", false],
        // Sunday evening in New York, Monday already in UTC.
        ["Sun 20:00-23:00 America/New_York", "2026-11-23T02:00:00Z", true],
        ["Mon-Sun 00:00-00:30 UTC", "2026-11-23T00:10:00Z", true],
    ];
    for (const [text, at, isOpen] of moments) {
        it(`${text} are ${isOpen ? "open" : "closed"} at ${at}`, () => {
            const hours = parseHours(text);
            expect(typeof hours !== "string" && isOpenAt(hours, new Date(at))).to.equal(isOpen);
            expect(hours).to.be.an("object");
        });
    }

    it("are days, times and a time zone", () => {
        expect(parseHours("Mon-Fri 08:00-18:30 Europe/Berlin")).to.deep.equal({
            days: ["Mon", "Tue", "Wed", "Thu", "Fri"],
            opensAt: { hour: 8, minute: 0 },
            closesAt: { hour: 18, minute: 30 },
            timeZone: "Europe/Berlin",
        });
        for (const [days, read] of [
            ["Mon,Wed,Fri", ["Mon", "Wed", "Fri"]],
            ["Sat-Sun", ["Sat", "Sun"]],
            ["Sun,Mon-Wed", ["Mon", "Tue", "Wed", "Sun"]],
            ["Thu", ["Thu"]],
        ] as const) {
            expect(parseHours(`${days} 00:00-23:59 UTC`), days).to.deep.include({ days: read });
        }
    });

    it("are taken in every zone of the IANA database that this machine knows, also by older and newer names", () => {
        for (const zone of [
            ...Intl.supportedValuesOf("timeZone"),
            "Asia/Kolkata",
            "Asia/Calcutta",
            "Etc/GMT-1",
        ]) {
            expect(parseHours(`Mon 08:00-18:00 ${zone}`), zone).to.be.an("object");
        }
    });

    for (const [text, expected] of [
        ["", "days, times and a time zone such as Mon-Fri 08:00-18:00 Europe/Berlin"],
        ["Mon-Fri 08:00-18:00", "days, times and a time zone such as Mon-Fri 08:00-18:00 Europe/Berlin"],
        [
            "Mon-Fri 08:00 - 18:00 UTC",
            "days, times and a time zone such as Mon-Fri 08:00-18:00 Europe/Berlin",
        ],
        ["mon-fri 08:00-18:00 UTC", "days such as Mon-Fri, Mon,Wed,Fri or Sat-Sun"],
        ["Mon-Wed-Fri 08:00-18:00 UTC", "days such as Mon-Fri, Mon,Wed,Fri or Sat-Sun"],
        ["Mon, 08:00-18:00 UTC", "days such as Mon-Fri, Mon,Wed,Fri or Sat-Sun"],
        [
            "Fri-Mon 08:00-18:00 UTC",
            "days such as Mon-Fri, Mon,Wed,Fri or Sat-Sun (Fri-Mon does not go on in the week, which begins on Mon)",
        ],
        [
            "Mon-Wed,Tue 08:00-18:00 UTC",
            "days such as Mon-Fri, Mon,Wed,Fri or Sat-Sun (Tue is there more than once)",
        ],
        ["Mon 8:00-18:00 UTC", "times from 00:00 to 23:59 such as 08:00-18:00"],
        ["Mon 08:00-24:00 UTC", "times from 00:00 to 23:59 such as 08:00-18:00"],
        ["Mon 08:60-18:00 UTC", "times from 00:00 to 23:59 such as 08:00-18:00"],
        ["Mon 08:00-08:00 UTC", "times from 00:00 to 23:59 such as 08:00-18:00 (08:00-08:00 never opens)"],
        [
            "Mon 22:00-06:00 UTC",
            "times from 00:00 to 23:59 such as 08:00-18:00 (22:00-06:00 closes before it opens; hours over midnight are not supported)",
        ],
        [
            "Mon 08:00-18:00 Europe/Berlni",
            "a time zone of the IANA database such as Europe/Berlin or UTC (did you mean Europe/Berlin?)",
        ],
        [
            "Mon 08:00-18:00 europe/berlin",
            "a time zone of the IANA database such as Europe/Berlin or UTC (did you mean Europe/Berlin?)",
        ],
        ["Mon 08:00-18:00 +01:00", "a time zone of the IANA database such as Europe/Berlin or UTC"],
        [
            "Xyz 18:00-08 Mars/Phobos",
            "days such as Mon-Fri, Mon,Wed,Fri or Sat-Sun, and times from 00:00 to 23:59 such as 08:00-18:00, and a time zone of the IANA database such as Europe/Berlin or UTC",
        ],
    ] as const) {
        it(`are not: ${text === "" ? "nothing" : text}`, () => {
            expect(parseHours(text)).to.equal(expected);
        });
    }

    it("are read as they were written, whatever they are", () => {
        fc.assert(
            fc.property(written, ({ days, opens, longer, timeZone }) => {
                const closes = Math.min(opens + longer, 1439);
                const text = `${days.join(",")} ${clock(opens)}-${clock(closes)} ${timeZone}`;
                expect(parseHours(text), text).to.deep.equal({
                    days,
                    opensAt: { hour: Math.floor(opens / 60), minute: opens % 60 },
                    closesAt: { hour: Math.floor(closes / 60), minute: closes % 60 },
                    timeZone,
                });
            }),
        );
    });

    it("never throw, and are refused with words of what is expected", () => {
        fc.assert(
            fc.property(fc.string(), (text) => {
                expect(parseHours(text)).to.be.a("string").and.not.empty;
            }),
        );
    });

    it("are cron expressions with six fields to EventBridge Scheduler", () => {
        // Source of the form: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
        const hours = parseHours("Sun,Mon-Wed 08:05-18:30 Europe/Berlin");
        if (typeof hours === "string") {
            throw new Error(hours);
        }
        const timeZone = "Europe/Berlin";
        expect(opening(hours)).to.deep.equal({ expression: "cron(5 8 ? * MON,TUE,WED,SUN *)", timeZone });
        expect(closing(hours)).to.deep.equal({ expression: "cron(30 18 ? * MON,TUE,WED,SUN *)", timeZone });
    });

    it("have schedules that are told from those of a lease by their names", () => {
        for (const hosts of ["host-1", "host-12", "hosts"]) {
            expect(purposeOf(scheduleNames.end(hosts))).to.equal("end");
            expect(purposeOf(scheduleNames.open(hosts))).to.equal("open");
            expect(purposeOf(scheduleNames.close(hosts))).to.equal("close");
        }
    });
});

describe("the setting hours", () => {
    it("is none unless it says so", () => {
        expect(parseSettings({}, "dev").settings?.hours).to.equal(undefined);
        expect(parseSettings({ hours: "" }, "dev").settings?.hours).to.equal(undefined);
        expect(parseSettings({ hours: "Mon 08:00-18:00 UTC" }, "dev").settings?.hours).to.include({
            timeZone: "UTC",
        });
    });

    it("is refused with its path, what it is and what is expected", () => {
        const problems = (hours: unknown) =>
            parseSettings({ hours }, "dev").problems.map(({ path, message }) => `${path}: ${message}`);
        expect(problems("Mon 08:00-18:00 Mars/Phobos")).to.deep.equal([
            'hours: got "Mon 08:00-18:00 Mars/Phobos", expected a time zone of the IANA database such as Europe/Berlin or UTC',
        ]);
        expect(problems(["Mon"])).to.deep.equal(["hours: got a list, expected days, times and a time zone"]);
    });
});
