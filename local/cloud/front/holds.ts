import type { ServerResponse } from "node:http";
import type { ApiRequest } from "./apiRequest";

const moments = ["before", "made", "answered"] as const;

/**
 * Where in a call somebody waits for it: before anything is done for it, once it is done and its answer is held back, or
 * once it is answered.
 */
export type HoldMoment = (typeof moments)[number];

/** A call at which whoever makes it is to be interrupted. */
export interface Hold {
    /** Signing name of the service. */
    readonly service: string;
    /** Name of the operation, or of a `rest` service's the method and the beginning of the path: `POST /schedules`. */
    readonly action: string;
    /** Which of the calls that fit, from 1. @default 1 */
    readonly nth: number;
    readonly moment: HoldMoment;
}

interface ArmedHold {
    readonly hold: Hold;
    readonly settle: (isCaught: boolean) => void;
    left: number;
}

/** A call that is held. */
export interface HeldCall {
    readonly moment: HoldMoment;
    /** Tells whoever asked for it. */
    tell(): void;
}

/** The calls that somebody waits for, so that a client can be killed in the middle of one. */
export class Holds {
    private armed: ArmedHold[] = [];
    private outcomes: Promise<boolean>[] = [];

    /** @returns the number by which its outcome is asked for */
    arm(hold: Hold): number {
        const outcome = new Promise<boolean>((settle) => {
            this.armed.push({ hold, settle, left: hold.nth });
        });
        return this.outcomes.push(outcome) - 1;
    }

    /** Whether the call came, once it has; not, where nobody waits for it any more. */
    async outcome(number: number): Promise<boolean> {
        const outcome = this.outcomes[number];
        if (outcome === undefined) {
            throw new Error(`hold: got ${number}, expected the number of one that was asked for`);
        }
        return outcome;
    }

    /** Nobody waits for anything any more. */
    clear(): void {
        const all = this.armed;
        this.armed = [];
        all.forEach(({ settle }) => settle(false));
    }

    /** Counts a request, and gives the hold that it was waited for by. */
    take(request: ApiRequest): HeldCall | undefined {
        const fitting = this.armed.filter(({ hold }) => fits(hold, request));
        fitting.forEach((one) => (one.left -= 1));
        const caught = fitting.find(({ left }) => left <= 0);
        if (caught === undefined) {
            return undefined;
        }
        this.armed = this.armed.filter((one) => one !== caught);
        return { moment: caught.hold.moment, tell: () => caught.settle(true) };
    }
}

function fits({ service, action }: Hold, request: ApiRequest): boolean {
    const name = request.action === "" ? `${request.method} ${request.path}` : request.action;
    return service === request.service && (name === action || name.startsWith(`${action}/`));
}

/** Settles when the client has gone. */
export function clientGone(outgoing: ServerResponse): Promise<void> {
    return new Promise((resolve) => {
        if (outgoing.destroyed) {
            resolve();
        } else {
            outgoing.once("close", resolve);
        }
    });
}

/** Reads a hold from what someone posted. @throws Error naming what is wrong */
export function parseHold(raw: unknown): Hold {
    const value = (typeof raw === "object" && raw !== null ? raw : {}) as Partial<
        Record<keyof Hold, unknown>
    >;
    const { service, action, nth = 1, moment = "before" } = value;
    if (typeof service !== "string" || service === "" || typeof action !== "string" || action === "") {
        throw new Error(`service and action: got ${JSON.stringify(value)}, expected two texts`);
    }
    if (typeof nth !== "number" || !Number.isInteger(nth) || nth < 1) {
        throw new Error(`nth: got ${JSON.stringify(nth)}, expected a whole number of 1 or more`);
    }
    const known = moments.find((one) => one === moment);
    if (known === undefined) {
        throw new Error(`moment: got ${JSON.stringify(moment)}, expected one of ${moments.join(", ")}`);
    }
    return { service, action, nth, moment: known };
}
