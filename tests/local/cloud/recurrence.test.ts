import { expect } from "chai";
import { nextTime } from "../../../local/cloud/scheduler/recurrence";

/** When a schedule comes after a moment, in UTC. */
function next(expression: string, timeZone: string, after: string): string | undefined {
    const time = nextTime(expression, timeZone, Date.parse(after));
    return time === undefined ? undefined : new Date(time).toISOString().replace(":00.000Z", "Z");
}

/** Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
describe("schedules that come again and again", () => {
    const weekdays = "cron(0 8 ? * MON-FRI *)";

    // 29 November 2026 is a Sunday.
    for (const [what, expression, zone, after, expected] of [
        ["on the next day of the week", weekdays, "UTC", "2026-11-29T12:00:00Z", "2026-11-30T08:00Z"],
        ["later on the same day", weekdays, "UTC", "2026-11-30T07:59:00Z", "2026-11-30T08:00Z"],
        ["after the moment, and not in it", weekdays, "UTC", "2026-11-30T08:00:00Z", "2026-12-01T08:00Z"],
        ["after the weekend", weekdays, "UTC", "2026-12-04T08:00:00Z", "2026-12-07T08:00Z"],
        [
            "by the clock of its zone, in winter",
            weekdays,
            "Europe/Berlin",
            "2026-11-30T00:00:00Z",
            "2026-11-30T07:00Z",
        ],
        [
            "by the clock of its zone, in summer",
            weekdays,
            "Europe/Berlin",
            "2026-07-06T00:00:00Z",
            "2026-07-06T06:00Z",
        ],
        [
            "on the day of its zone",
            "cron(30 1 ? * MON *)",
            "Asia/Tokyo",
            "2026-11-29T12:00:00Z",
            "2026-11-29T16:30Z",
        ],
        ["on days in a list", "cron(0 8 ? * SUN,WED *)", "UTC", "2026-11-30T00:00:00Z", "2026-12-02T08:00Z"],
        // In Berlin the clock goes from 2 to 3 on 29 March 2026, and from 3 back to 2 on 25 October 2026; both are Sundays.
        [
            "not on the day whose clock leaves it out",
            "cron(30 2 ? * SUN *)",
            "Europe/Berlin",
            "2026-03-28T12:00:00Z",
            "2026-04-05T00:30Z",
        ],
        [
            "once where the clock shows it twice",
            "cron(30 2 ? * SUN *)",
            "Europe/Berlin",
            "2026-10-24T12:00:00Z",
            "2026-10-25T00:30Z",
        ],
        [
            "once where the clock shows it twice, and not again",
            "cron(30 2 ? * SUN *)",
            "Europe/Berlin",
            "2026-10-25T00:30:00Z",
            "2026-11-01T01:30Z",
        ],
    ] as const) {
        it(`come ${what}`, () => {
            expect(next(expression, zone, after)).to.equal(expected);
        });
    }

    it("are not played with other fields", () => {
        for (const expression of [
            "rate(5 minutes)",
            "cron(0 8 1 * ? *)",
            "cron(99 8 ? * MON *)",
            "cron(0 8 ? * XYZ *)",
        ]) {
            expect(next(expression, "UTC", "2026-11-29T12:00:00Z"), expression).to.equal(undefined);
        }
    });
});
