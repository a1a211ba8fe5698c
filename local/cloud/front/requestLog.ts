/** One request that reached the front. */
export interface LoggedRequest {
    /** When it came, ISO 8601. */
    readonly at: string;
    readonly service: string;
    /** Action, or method and path where the front does not know the action. */
    readonly action: string;
    readonly region: string;
    /** HTTP status of the response. */
    readonly status: number;
    readonly milliseconds: number;
}

const capacity = 10_000;

/** The latest requests, for tests and for people who wonder who called what. */
export class RequestLog {
    entries: readonly LoggedRequest[] = [];

    add(entry: LoggedRequest): void {
        this.entries = [...this.entries.slice(1 - capacity), entry];
    }

    clear(): void {
        this.entries = [];
    }
}
