import { command, line, type Line } from "../../components/model/commandLine";
import { AppError } from "./appError";

/** Whoever works on an environment at present, or was killed while doing so. */
export interface LockHolder {
    readonly user: string;
    /** Name of the machine. */
    readonly host: string;
    readonly processId: number;
    /** ISO 8601. */
    readonly since: string;
    /** What it does, such as `destroy`; missing where the lock does not tell. */
    readonly command?: string;
    /** How long ago it was last heard of; missing where the lock does not tell. */
    readonly silentSeconds?: number;
    /**
     * Whether the process is certainly gone, or certainly there; `seemsDead` where a machine of the same name knows no such
     * process, `unknown` for those of another machine.
     */
    readonly life: "dead" | "seemsDead" | "alive" | "unknown";
}

/** A live command shows itself every half minute; whoever has not for so long is dead, cut off or asleep. */
const silentTooLongSeconds = 600;

/** Somebody works on the environment, or was killed while doing so. Nothing has been changed. */
export class LockedError extends AppError {
    constructor(
        environment: string,
        readonly holders: readonly LockHolder[],
        cause?: unknown,
    ) {
        const dead = areDead(holders);
        super("LOCKED", {
            message: dead
                ? `${environment} is locked by a command that is dead: its process was killed and left the lock behind`
                : `${environment} is locked: another command is at work on it`,
            details: holders.map(describeHolder),
            hint: nextStep(environment, holders, dead),
            cause,
        });
    }

    /** Whether nobody who holds the lock has been heard of for long: it will hardly end by itself. */
    get isSilent(): boolean {
        return this.holders.some(
            ({ life, silentSeconds = 0 }) => life !== "alive" && silentSeconds > silentTooLongSeconds,
        );
    }
}

/** Whether a lock that these hold is held by nobody any more. */
export function areDead(holders: readonly LockHolder[]): boolean {
    return holders.length > 0 && holders.every(({ life }) => life === "dead");
}

/** One line about who holds a lock. */
export function describeHolder({
    user,
    host,
    processId,
    since,
    command: doing,
    silentSeconds,
    life,
}: LockHolder): string {
    const what = doing === undefined ? "" : `, for ${doing}`;
    const states = {
        dead: " (gone)",
        seemsDead: " (gone, if that is this machine)",
        alive: " (still there)",
        unknown: "",
    };
    const silent =
        silentSeconds === undefined || life === "dead" ? "" : `, last heard of ${silentSeconds} s ago`;
    return `held by ${user} on ${host}, process ${processId}${states[life]}${what}, since ${since}${silent}`;
}

function nextStep(environment: string, holders: readonly LockHolder[], dead: boolean): Line {
    if (
        dead ||
        (holders.length > 0 && holders.every(({ life }) => life === "dead" || life === "seemsDead"))
    ) {
        return command("unlock", environment);
    }
    const wait = "wait until it ends: the same command with --wait-for-lock 10m does";
    return holders.some(({ life }) => life === "alive")
        ? wait
        : line`${wait}; only when you know that it is dead: ${command("unlock", environment)}`;
}
