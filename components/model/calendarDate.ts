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
