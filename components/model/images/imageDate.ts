/** Whether a text is a day of the calendar in the form `YYYYMMDD`, which SUSE's names and records use. */
export function isCalendarDate(text: string): boolean {
    const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
    const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
    return !Number.isNaN(date.getTime()) && calendarDate(date) === text;
}

/** The day of a moment, in UTC. */
export function calendarDate(moment: Date): string {
    return moment.toISOString().slice(0, 10).replaceAll("-", "");
}

/** Dates of images, `YYYYMMDD` as SUSE writes them in names and in pint. They compare as text. */

const millisecondsADay = 86_400_000;

/** The day of a moment as AWS writes it, `2026-09-22T08:00:00.000Z`; undefined for anything else. */
export function dateOfTimestamp(timestamp: string): string | undefined {
    const date = timestamp.slice(0, 10).replaceAll("-", "");
    return isCalendarDate(date) ? date : undefined;
}

/** For people: `2026-09-22`. */
export function showImageDate(date: string): string {
    return `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`;
}

/** Days from one date to another; negative when the other is earlier. */
export function daysBetween(from: string, to: string): number {
    return Math.round((timeOf(to) - timeOf(from)) / millisecondsADay);
}

/** The same day so many years later; of 29 February the 28th, as SUSE's register counts (dateutil's relativedelta). */
export function yearsLater(date: string, years: number): string {
    const later = new Date(timeOf(date));
    later.setUTCFullYear(later.getUTCFullYear() + years);
    if (later.getUTCDate() !== Number(date.slice(6))) {
        later.setUTCDate(0);
    }
    // Who writes 9999 means never, and after that there are no dates of this form.
    return later.getUTCFullYear() > 9999 ? "99991231" : calendarDate(later);
}

function timeOf(date: string): number {
    return Date.parse(showImageDate(date));
}
