/** Steps between marks that people count in, in seconds. */
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400];
const mostMarks = 5;

/** Where moments lie between the begin and the end of a run, in percent. */
export class TimeScale {
    private readonly start: number;
    /** Of the whole run; never none, so that everything has a place. */
    private readonly milliseconds: number;

    constructor(startedAt: string, endedAt: string) {
        this.start = Date.parse(startedAt);
        this.milliseconds = Math.max(1, Date.parse(endedAt) - this.start);
    }

    /** Of a moment outside of the run: its nearer end. */
    percent(moment: string): number {
        const part = (Date.parse(moment) - this.start) / this.milliseconds;
        return Math.round(Math.min(1, Math.max(0, part)) * 10_000) / 100;
    }

    /** Seconds since the begin at which a line is drawn. */
    get marks(): readonly { readonly seconds: number; readonly percent: number }[] {
        const seconds = this.milliseconds / 1000;
        const step = steps.find((one) => seconds / one <= mostMarks) ?? Math.ceil(seconds / mostMarks);
        return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, index) => ({
            seconds: index * step,
            percent: Math.round(((index * step) / seconds) * 10_000) / 100,
        }));
    }
}
