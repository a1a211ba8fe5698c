/** Lets one piece of work at a time run for each key; others of the same key wait their turn. */
export class KeyedLock {
    private readonly tails = new Map<string, Promise<unknown>>();

    async run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
        const before = this.tails.get(key) ?? Promise.resolve();
        const mine = before.then(work, work);
        const tail = mine.catch(() => undefined);
        this.tails.set(key, tail);
        try {
            return await mine;
        } finally {
            if (this.tails.get(key) === tail) {
                this.tails.delete(key);
            }
        }
    }
}
