/** Work that happens a little later, and is forgotten when the cloud is emptied. */
export class Timers {
    private readonly pending = new Set<NodeJS.Timeout>();

    constructor(private readonly report: (error: unknown) => void) {}

    after(seconds: number, work: () => void | Promise<void>): NodeJS.Timeout {
        const timer = setTimeout(() => {
            this.pending.delete(timer);
            void this.run(work);
        }, seconds * 1000);
        this.pending.add(timer);
        return timer;
    }

    /** How much work is yet to come. */
    get count(): number {
        return this.pending.size;
    }

    cancel(timer: NodeJS.Timeout | undefined): void {
        if (timer !== undefined) {
            clearTimeout(timer);
            this.pending.delete(timer);
        }
    }

    clear(): void {
        for (const timer of this.pending) {
            clearTimeout(timer);
        }
        this.pending.clear();
    }

    private async run(work: () => void | Promise<void>): Promise<void> {
        try {
            await work();
        } catch (error) {
            this.report(error);
        }
    }
}
