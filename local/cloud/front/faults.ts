import type { ApiRequest } from "./apiRequest";
import { AwsError } from "./apiResponse";

const effects = ["error", "cut", "slow"] as const;

/** A disturbance that tests and people ask for: requests fail with an error of their choice. */
export interface Fault {
    /** Signing name of the service; missing: every one of AWS's. */
    readonly service?: string;
    /** Missing: every action. */
    readonly action?: string;
    /** How many requests fail. @default 1 */
    readonly times: number;
    /** How many of the requests that fit fail, from 0 to 1; which ones is left to chance. @default 1 */
    readonly probability: number;
    /** The request is done all the same, and only its answer is lost: nobody knows whether it was. @default false */
    readonly answerOnly: boolean;
    /** Whether it is answered with an error, its connection breaks, or it only takes long. @default "error" */
    readonly effect: (typeof effects)[number];
    /** How long a slow one takes. @default 5 */
    readonly delaySeconds: number;
    /** @default "InternalFailure" */
    readonly errorCode: string;
    readonly message: string;
    /** HTTP status. @default 500 */
    readonly status: number;
}

/** The error that a fault asks for. */
export function errorOf({ errorCode, message, status }: Fault): AwsError {
    return new AwsError(errorCode, message, status);
}

/** The faults in force, oldest first; the first that fits a request is used. */
export class Faults {
    private active: { fault: Fault; left: number }[] = [];

    add(fault: Fault): void {
        this.active.push({ fault, left: fault.times });
    }

    clear(): void {
        this.active = [];
    }

    /** Uses up one turn of the first fault that fits the request and that chance hits, and gives it. */
    take({ service, action }: ApiRequest): Fault | undefined {
        const entry = this.active.find(
            ({ fault }) =>
                (fault.service === undefined ? service !== "pint" : fault.service === service) &&
                (fault.action === undefined || fault.action === action) &&
                Math.random() < fault.probability,
        );
        if (entry === undefined) {
            return undefined;
        }
        entry.left -= 1;
        this.active = this.active.filter(({ left }) => left > 0);
        return entry.fault;
    }
}

/** Reads a fault from what someone posted. @throws Error naming what is wrong */
export function parseFault(raw: unknown): Fault {
    const value = (typeof raw === "object" && raw !== null ? raw : {}) as Partial<
        Record<keyof Fault, unknown>
    >;
    return {
        service: value.service === undefined ? undefined : text(value.service, "service"),
        action: value.action === undefined ? undefined : text(value.action, "action"),
        times: number(value.times ?? 1, "times"),
        probability: share(value.probability ?? 1, "probability"),
        answerOnly: value.answerOnly === true,
        effect: oneOf(value.effect ?? "error", effects, "effect"),
        delaySeconds: number(value.delaySeconds ?? 5, "delaySeconds"),
        errorCode: text(value.errorCode ?? "InternalFailure", "errorCode"),
        message: text(value.message ?? "failed on request of the local cloud's user", "message"),
        status: number(value.status ?? 500, "status"),
    };
}

function text(value: unknown, name: string): string {
    if (typeof value !== "string" || value === "") {
        throw new Error(`${name}: got ${JSON.stringify(value)}, expected a text`);
    }
    return value;
}

function oneOf<Name extends string>(value: unknown, names: readonly Name[], name: string): Name {
    const known = names.find((one) => one === value);
    if (known === undefined) {
        throw new Error(`${name}: got ${JSON.stringify(value)}, expected one of ${names.join(", ")}`);
    }
    return known;
}

function share(value: unknown, name: string): number {
    if (typeof value !== "number" || !(value >= 0 && value <= 1)) {
        throw new Error(`${name}: got ${JSON.stringify(value)}, expected a number from 0 to 1`);
    }
    return value;
}

function number(value: unknown, name: string): number {
    if (typeof value !== "number" || !(value >= 0)) {
        throw new Error(`${name}: got ${JSON.stringify(value)}, expected a number of 0 or more`);
    }
    return value;
}
