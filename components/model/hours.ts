import { nearestWord } from "./nearestWord";

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
export type Weekday = (typeof weekdays)[number];

/** A time of day. */
export interface TimeOfDay {
    readonly hour: number;
    readonly minute: number;
}

/** When the hosts of an environment run: on the same days from the one time to the other. */
export interface OfficeHours {
    /** In the order of the week. */
    readonly days: readonly Weekday[];
    readonly opensAt: TimeOfDay;
    readonly closesAt: TimeOfDay;
    /** Of the IANA database. */
    readonly timeZone: string;
}

const hoursExpected = "days, times and a time zone such as Mon-Fri 08:00-18:00 Europe/Berlin";

/** Reads office hours such as `Mon-Fri 08:00-18:00 Europe/Berlin`. @returns what is expected instead where that cannot be */
export function parseHours(text: string): OfficeHours | string {
    const [daysText, timesText, timeZone, ...rest] = text.split(" ");
    if (daysText === undefined || timesText === undefined || timeZone === undefined || rest.length > 0) {
        return hoursExpected;
    }
    const days = parseDays(daysText);
    const times = parseTimes(timesText);
    const wrong = [days, times, zoneProblem(timeZone)].filter((one) => typeof one === "string");
    if (typeof days === "string" || typeof times === "string" || wrong.length > 0) {
        return wrong.join(", and ");
    }
    return { days, ...times, timeZone };
}

function parseDays(text: string): readonly Weekday[] | string {
    const expected = "days such as Mon-Fri, Mon,Wed,Fri or Sat-Sun";
    const found: Weekday[] = [];
    for (const part of text.split(",")) {
        const [first = "", last = first, ...rest] = part.split("-");
        const [from, to] = [first, last].map((name) => weekdays.findIndex((day) => day === name));
        if (from === undefined || to === undefined || from < 0 || to < 0 || rest.length > 0) {
            return expected;
        }
        if (part.includes("-") && from >= to) {
            return `${expected} (${part} does not go on in the week, which begins on Mon)`;
        }
        found.push(...weekdays.slice(from, to + 1));
    }
    const twice = found.find((day, index) => found.indexOf(day) !== index);
    return twice === undefined
        ? weekdays.filter((day) => found.includes(day))
        : `${expected} (${twice} is there more than once)`;
}

const timesForm = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;

function parseTimes(text: string): Pick<OfficeHours, "opensAt" | "closesAt"> | string {
    const expected = "times from 00:00 to 23:59 such as 08:00-18:00";
    const match = timesForm.exec(text);
    if (match === null) {
        return expected;
    }
    const [opens = 0, opensMinute = 0, closes = 0, closesMinute = 0] = match.slice(1).map(Number);
    const minutes = 60 * (closes - opens) + (closesMinute - opensMinute);
    if (minutes === 0) {
        return `${expected} (${text} never opens)`;
    }
    if (minutes < 0) {
        return `${expected} (${text} closes before it opens; hours over midnight are not supported)`;
    }
    return {
        opensAt: { hour: opens, minute: opensMinute },
        closesAt: { hour: closes, minute: closesMinute },
    };
}

/** What EventBridge Scheduler takes at most (API reference, CreateSchedule: ScheduleExpressionTimezone); no offset is a zone. */
const zoneForm = /^[A-Za-z][\w+/-]{0,49}$/;

function zoneProblem(timeZone: string): string | undefined {
    const expected = "a time zone of the IANA database such as Europe/Berlin or UTC";
    const known = zoneForm.test(timeZone) ? knownZone(timeZone) : undefined;
    // Names of zones tell upper from lower case, though this machine may not.
    const isSpelled = known === timeZone || known?.toLowerCase() !== timeZone.toLowerCase();
    if (known !== undefined && isSpelled) {
        return undefined;
    }
    const meant = known ?? nearestWord(timeZone, Intl.supportedValuesOf("timeZone"));
    return meant === undefined ? expected : `${expected} (did you mean ${meant}?)`;
}

/** The name by which this machine knows a zone; undefined for one that it does not know. */
function knownZone(timeZone: string): string | undefined {
    try {
        return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
    } catch {
        return undefined;
    }
}

/** Whether hosts are to run at some time, by the clock of the zone. */
export function isOpenAt({ days, opensAt, closesAt, timeZone }: OfficeHours, now: Date): boolean {
    const parts = new Intl.DateTimeFormat("en-US", {
        timeZone,
        weekday: "short",
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
    }).formatToParts(now);
    const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? "";
    const minutes = 60 * Number(of("hour")) + Number(of("minute"));
    return (
        days.some((day) => day === of("weekday")) &&
        minutes >= minutesOf(opensAt) &&
        minutes < minutesOf(closesAt)
    );
}

function minutesOf({ hour, minute }: TimeOfDay): number {
    return 60 * hour + minute;
}

/** How much of a week hosts run, from 0 to 1. */
export function openShare({ days, opensAt, closesAt }: OfficeHours): number {
    return (days.length * (minutesOf(closesAt) - minutesOf(opensAt))) / (7 * 24 * 60);
}

/** When EventBridge Scheduler is to do something again and again. */
export interface Recurrence {
    readonly expression: string;
    readonly timeZone: string;
}

/** When the hosts start, in its words. */
export function opening({ days, opensAt, timeZone }: OfficeHours): Recurrence {
    return { expression: cron(days, opensAt), timeZone };
}

/** When the hosts stop. */
export function closing({ days, closesAt, timeZone }: OfficeHours): Recurrence {
    return { expression: cron(days, closesAt), timeZone };
}

/**
 * Minute, hour, day of the month, month, day of the week and year. A list of days, as a range may not end before it begins in a
 * week from Sunday on. A time that a change of clocks leaves out is left out that day, and one that comes twice counts once.
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
function cron(days: readonly Weekday[], { hour, minute }: TimeOfDay): string {
    return `cron(${minute} ${hour} ? * ${days.join(",").toUpperCase()} *)`;
}

/** Names of the schedules of an environment, by what they are for; those of a lease are older and have no word before them. */
export const scheduleNames = {
    end: (hosts: string): string => hosts,
    open: (hosts: string): string => `open-${hosts}`,
    close: (hosts: string): string => `close-${hosts}`,
} as const;

/** What a schedule is for, by its name. */
export function purposeOf(name: string): keyof typeof scheduleNames {
    const [word = ""] = name.split("-");
    return word === "open" || word === "close" ? word : "end";
}
