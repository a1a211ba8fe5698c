import type { Context } from "../ports/context";
import { formatSeconds, secondsBetween } from "./durations";

const units = [
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
] as const;

/** A moment as people say it: `3 minutes ago`, `in 7 h 59 min`. What is to come is told closely, for somebody plans by it. */
export function sayWhen(moment: Date, now: Date): string {
    const past = secondsBetween(moment, now);
    if (past < 0) {
        return `in ${formatSeconds(-past)}`;
    }
    const unit = units.find(([, seconds]) => past >= seconds);
    if (unit === undefined) {
        return "just now";
    }
    const count = Math.floor(past / unit[1]);
    return `${count} ${unit[0]}${count === 1 ? "" : "s"} ago`;
}

/** How a table for stdout tells moments: as people say them on a terminal, else in ISO 8601. */
export function momentCell({
    io,
    clock,
}: Pick<Context, "io" | "clock">): (moment: string | undefined) => string | undefined {
    return (moment) => {
        const date = new Date(moment ?? "");
        return io.stdoutIsTerminal && !Number.isNaN(date.getTime()) ? sayWhen(date, clock.now()) : moment;
    };
}
