const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const dayMilliseconds = 86_400_000;

/** A cron expression that is played: the same time on some days of the week. */
interface Cron {
    readonly minute: number;
    readonly hour: number;
    /** From Sunday on, 0. */
    readonly days: readonly number[];
}

/**
 * When a recurring schedule comes next after a moment, in milliseconds; undefined for one that comes once. Of cron expressions
 * those are played that come at one time of day on some days of the week.
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function nextTime(expression: string, timeZone: string, after: number): number | undefined {
    const cron = readCron(expression);
    if (cron === undefined) {
        return undefined;
    }
    const today = Math.floor(wallClock(after, timeZone) / dayMilliseconds);
    // A week, and one more where the time is left out by a change of clocks.
    for (let day = today; day <= today + 14; day += 1) {
        const wall = day * dayMilliseconds + (60 * cron.hour + cron.minute) * 60_000;
        const time = localTime(wall, timeZone);
        if (cron.days.includes(new Date(wall).getUTCDay()) && time !== undefined && time > after) {
            return time;
        }
    }
    return undefined;
}

function readCron(expression: string): Cron | undefined {
    const [, minute, hour, days = ""] = /^cron\((\d{1,2}) (\d{1,2}) \? \* (\S+) \*\)$/.exec(expression) ?? [];
    if (minute === undefined || hour === undefined) {
        return undefined;
    }
    const wanted = days.split(",").flatMap((part) => {
        const [from = -1, to = from] = part.split("-").map((name) => weekdays.indexOf(name));
        return from < 0 || to < from ? [] : Array.from({ length: to - from + 1 }, (_, index) => from + index);
    });
    const isTime = Number(minute) < 60 && Number(hour) < 24 && wanted.length > 0;
    return isTime ? { minute: Number(minute), hour: Number(hour), days: wanted } : undefined;
}

/** What the clock on the wall shows, as if it were UTC. */
function wallClock(time: number, timeZone: string): number {
    const parts = new Intl.DateTimeFormat("en", {
        timeZone,
        hourCycle: "h23",
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "numeric",
        minute: "numeric",
        second: "numeric",
    }).formatToParts(time);
    const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0);
    return Date.UTC(
        part("year"),
        part("month") - 1,
        part("day"),
        part("hour"),
        part("minute"),
        part("second"),
    );
}

/** When the clock on the wall shows this, the first time that it does; undefined where it never does, as it is moved forward. */
export function localTime(wall: number, timeZone: string): number | undefined {
    const offsets = [wall - dayMilliseconds, wall + dayMilliseconds].map(
        (near) => wallClock(near, timeZone) - near,
    );
    return [...new Set(offsets)]
        .map((offset) => wall - offset)
        .filter((time) => wallClock(time, timeZone) === wall)
        .sort((one, other) => one - other)[0];
}
