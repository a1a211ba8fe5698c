import { command, line, type CommandLine, type Line } from "../../components/model/commandLine";
import type { LockHolder } from "../ports/lockHolder";
import { AppError } from "./appError";

/** A live command shows itself every half minute; whoever has not for so long is dead, cut off or asleep. */
const silentTooLongSeconds = 600;

/** Somebody works on the environment, or was killed while doing so. Nothing has been changed. */
export class LockedError extends AppError {
    constructor(
        environment: string,
        readonly holders: readonly LockHolder[],
        {
            cause,
            unlock = command("unlock", environment),
        }: { readonly cause?: unknown; readonly unlock?: CommandLine } = {},
    ) {
        const dead = areDead(holders);
        super("LOCKED", {
            message: dead
                ? `${environment} is locked by a command that is dead: its process was killed and left the lock behind`
                : `${environment} is locked: another command is at work on it`,
            details: holders.map(describeHolder),
            hint: nextStep(unlock, holders),
            cause,
        });
    }

    /** Whether nobody who holds the lock has been heard of for long: it will hardly end by itself. */
    get isSilent(): boolean {
        const isSilent = ({ life, silentSeconds = 0 }: LockHolder): boolean =>
            life !== "alive" && silentSeconds > silentTooLongSeconds;
        return this.holders.length > 0 && this.holders.every(isSilent);
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

function nextStep(unlock: CommandLine, holders: readonly LockHolder[]): Line {
    if (holders.length > 0 && holders.every(({ life }) => life === "dead" || life === "seemsDead")) {
        return unlock;
    }
    const wait = "wait until it ends: the same command with --wait-for-lock 10m does";
    return holders.some(({ life }) => life === "alive")
        ? wait
        : line`${wait}; only when you know that it is dead: ${unlock}`;
}
