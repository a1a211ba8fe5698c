/** One part of the demo and how long it took. */
export interface Phase {
    readonly name: string;
    readonly seconds: number;
}

/** Measures phases that run one after the other. */
export class PhaseClock {
    private readonly measured: Phase[] = [];

    constructor(private readonly milliseconds: () => number = () => performance.now()) {}

    get phases(): readonly Phase[] {
        return this.measured;
    }

    async run<T>(name: string, phase: () => Promise<T>): Promise<T> {
        const started = this.milliseconds();
        const result = await phase();
        this.measured.push({ name, seconds: (this.milliseconds() - started) / 1000 });
        return result;
    }

    /** Sum of all phases but one. */
    secondsWithout(name: string): number {
        return this.measured
            .filter((phase) => phase.name !== name)
            .reduce((sum, { seconds }) => sum + seconds, 0);
    }
}
