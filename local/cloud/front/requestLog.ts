/** One call that reached the front. */
export interface LoggedRequest {
    /** When it came, ISO 8601. */
    readonly at: string;
    readonly service: string;
    /** Action, or method and path where the front does not know the action. */
    readonly action: string;
    readonly region: string;
    /** HTTP status of the answer. */
    readonly status: number;
    readonly milliseconds: number;
    /** Kind of the fault that hit the call, if any. */
    readonly fault?: string;
}

const capacity = 10_000;

/** The latest calls, for tests and for people who wonder who called what. */
export class RequestLog {
    private entries: LoggedRequest[] = [];

    add(entry: LoggedRequest): void {
        this.entries.push(entry);
        if (this.entries.length > 2 * capacity) {
            this.entries = this.entries.slice(-capacity);
        }
    }

    list(filter: { readonly service?: string; readonly action?: string } = {}): LoggedRequest[] {
        return this.entries.filter(
            (entry) =>
                (filter.service === undefined || entry.service === filter.service) &&
                (filter.action === undefined || entry.action === filter.action),
        );
    }

    clear(): void {
        this.entries = [];
    }
}
