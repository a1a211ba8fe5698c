import type { ApiRequest, Protocol } from "./apiRequest";
import { AwsError } from "./apiResponse";

/** A disturbance that tests and people ask for. */
export interface Fault {
    readonly kind: "delay" | "throttle" | "fail";
    /** Signing name of the service, or `*`. */
    readonly service: string;
    /** Action with `*` as wildcard. @default "*" */
    readonly action: string;
    /** How many requests are disturbed. @default 1, and all requests for `delay` */
    readonly times: number;
    /** For `delay`. */
    readonly delayMilliseconds: number;
    /** For `fail`. @default "InternalFailure" */
    readonly errorCode: string;
    /** For `fail`. */
    readonly message: string;
    /** HTTP status, for `fail`. @default 500 */
    readonly status: number;
}

/** How each protocol says "slow down". Source: AWS's common errors, and EC2's API error codes. */
const throttling: Readonly<Record<Protocol, AwsError>> = {
    json: new AwsError("ThrottlingException", "Rate exceeded"),
    query: new AwsError("Throttling", "Rate exceeded"),
    ec2: new AwsError("RequestLimitExceeded", "Request limit exceeded.", 503),
    rest: new AwsError("SlowDown", "Please reduce your request rate.", 503),
};

/** The faults in force, oldest first; the first that fits a request is used. */
export class Faults {
    private active: { fault: Fault; left: number }[] = [];

    add(fault: Fault): void {
        this.active.push({ fault, left: fault.times });
    }

    clear(): void {
        this.active = [];
    }

    /** Uses up one turn of the first fault that fits the request. */
    take(request: ApiRequest): Fault | undefined {
        const entry = this.active.find(({ fault }) => matches(fault, request));
        if (entry === undefined) {
            return undefined;
        }
        entry.left -= 1;
        this.active = this.active.filter(({ left }) => left > 0);
        return entry.fault;
    }
}

/** What a throttled or failed request answers. */
export function faultError(fault: Fault, protocol: Protocol): AwsError {
    return fault.kind === "throttle"
        ? throttling[protocol]
        : new AwsError(fault.errorCode, fault.message, fault.status);
}

/** Reads a fault from what someone posted. @throws Error naming what is wrong */
export function parseFault(raw: unknown): Fault {
    const value = (typeof raw === "object" && raw !== null ? raw : {}) as Partial<
        Record<keyof Fault, unknown>
    >;
    const { kind } = value;
    if (kind !== "delay" && kind !== "throttle" && kind !== "fail") {
        throw new Error(`kind: got ${JSON.stringify(kind)}, expected "delay", "throttle" or "fail"`);
    }
    return {
        kind,
        service: text(value.service, "service"),
        action: text(value.action ?? "*", "action"),
        times: number(value.times ?? (kind === "delay" ? Number.MAX_SAFE_INTEGER : 1), "times"),
        delayMilliseconds: number(value.delayMilliseconds ?? 0, "delayMilliseconds"),
        errorCode: text(value.errorCode ?? "InternalFailure", "errorCode"),
        message: text(value.message ?? "failed on request of the local cloud's user", "message"),
        status: number(value.status ?? 500, "status"),
    };
}

function matches(fault: Fault, { service, action }: ApiRequest): boolean {
    const pattern = new RegExp(`^${fault.action.split("*").map(escapeRegExp).join(".*")}$`);
    return (fault.service === "*" || fault.service === service) && pattern.test(action);
}

function escapeRegExp(part: string): string {
    return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function text(value: unknown, name: string): string {
    if (typeof value !== "string" || value === "") {
        throw new Error(`${name}: got ${JSON.stringify(value)}, expected a text`);
    }
    return value;
}

function number(value: unknown, name: string): number {
    if (typeof value !== "number" || !(value >= 0)) {
        throw new Error(`${name}: got ${JSON.stringify(value)}, expected a number of 0 or more`);
    }
    return value;
}
