/** "up to 200 values per filter": https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html */
const mostKeys = 200;

interface Waiting<Value> {
    readonly answer: Promise<Value | undefined>;
    readonly settle: {
        resolve(value: Value | Promise<Value> | undefined): void;
        reject(error: unknown): void;
    };
}

/**
 * Looks many things up in one call. What is asked while a call is under way waits for the next one and shares it, so that
 * no answer is older than its question, and calls are as few as the far end makes them.
 */
export class Batch<Key, Value> {
    private readonly waiting = new Map<Key, Waiting<Value>>();
    private isAsking = false;

    /** @param ask gives the values by their keys; what does not exist is left out */
    constructor(
        private readonly ask: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value | Promise<Value>>>,
    ) {}

    /** Where there is no call for many: each key once for all that ask at the same time. */
    static each<Key, Value>(ask: (key: Key) => Promise<Value>): Batch<Key, Value> {
        return new Batch(async (keys) => {
            const values = new Map(keys.map((key) => [key, ask(key)]));
            await Promise.allSettled(values.values());
            return values;
        });
    }

    /** The value of a key, `undefined` where there is none. Fails with whatever its call failed with. */
    get(key: Key): Promise<Value | undefined> {
        const known = this.waiting.get(key);
        if (known !== undefined) {
            return known.answer;
        }
        let settle: Waiting<Value>["settle"] | undefined;
        const answer = new Promise<Value | undefined>((resolve, reject) => {
            settle = { resolve, reject };
        });
        if (settle !== undefined) {
            this.waiting.set(key, { answer, settle });
        }
        if (!this.isAsking) {
            this.isAsking = true;
            // Whoever asks in this moment comes along.
            setImmediate(() => void this.askForAll());
        }
        return answer;
    }

    private async askForAll(): Promise<void> {
        while (this.waiting.size > 0) {
            const asked = [...this.waiting].slice(0, mostKeys);
            for (const [key] of asked) {
                this.waiting.delete(key);
            }
            try {
                const values = await this.ask(asked.map(([key]) => key));
                for (const [key, { settle }] of asked) {
                    settle.resolve(values.get(key));
                }
            } catch (error) {
                for (const [, { settle }] of asked) {
                    settle.reject(error);
                }
            }
        }
        this.isAsking = false;
    }
}
