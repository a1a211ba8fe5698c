import type { Context } from "../../ports/context";
import type { EnvironmentStatus } from "./status";
import { AppError } from "../../errors/appError";
import type { Clock, Io } from "../../ports/io";
import { jsonVersion } from "../../output/json";
import { createRedraw } from "../../output/progress";
import { renderStatus } from "./view";
import { createTheme, themeOf } from "../../output/theme";

const pauseMilliseconds = 3_000;

interface WatchOptions extends Pick<Context, "io" | "clock" | "signal" | "show"> {
    readonly json: boolean;
}

/**
 * Shows a status again and again until the signal: drawn over itself on a terminal, otherwise whole at first and then
 * only the lines that changed, with their time. As JSON: one line a change.
 */
export async function watchStatus(
    read: () => Promise<EnvironmentStatus>,
    { json, ...context }: WatchOptions,
): Promise<void> {
    const { io, clock, signal } = context;
    const show = json ? jsonLines(io) : io.stdoutIsTerminal ? redrawn(context) : changes(context);
    while (!signal.aborted) {
        const status = await readOrTell(read, io);
        if (status !== undefined) {
            show(status);
        }
        await clock.sleep(pauseMilliseconds, signal).catch((error: unknown) => {
            if (!signal.aborted) {
                throw error;
            }
        });
    }
}

/** A moment of AWS not answering is told and passed over; a watcher would only start again. */
async function readOrTell(
    read: () => Promise<EnvironmentStatus>,
    io: Pick<Io, "stderr">,
): Promise<EnvironmentStatus | undefined> {
    try {
        return await read();
    } catch (error) {
        if (
            error instanceof AppError &&
            (error.code === "AWS_UNREACHABLE" || error.code === "AWS_THROTTLED")
        ) {
            io.stderr(`${error.message}\n`);
            return undefined;
        }
        throw error;
    }
}

type Place = Pick<WatchOptions, "io" | "clock" | "show">;

type ShowStatus = (status: EnvironmentStatus) => void;

function redrawn({ io, clock, show }: Place): ShowStatus {
    const redraw = createRedraw((text) => io.stdout(text), io);
    const theme = themeOf(io);
    return (status) =>
        redraw.draw(
            `${renderStatus(status, theme, { io, show, clock })}\n${theme.quiet(`at ${time(clock)}, Ctrl-C ends`)}`,
        );
}

function changes({ io, clock, show }: Place): ShowStatus {
    let before: readonly string[] | undefined;
    return (status) => {
        const lines = renderStatus(status, createTheme({ color: false }), { io, show, clock }).split("\n");
        if (before === undefined) {
            io.stdout(lines.join("\n"));
        } else {
            const known = new Set(before.map(withoutAlignment));
            const news = lines
                .filter((line) => !known.has(withoutAlignment(line)))
                .map((line) => `${time(clock)} ${line}\n`);
            if (news.length > 0) {
                io.stdout(news.join(""));
            }
        }
        before = lines;
    };
}

function jsonLines(io: Io): ShowStatus {
    let before: string | undefined;
    return (status) => {
        const line = JSON.stringify({ version: jsonVersion, ...status });
        if (line !== before) {
            io.stdout(`${line}\n`);
        }
        before = line;
    };
}

/** A column that grows wider shifts all lines of its table; that is no news. */
function withoutAlignment(line: string): string {
    return line.replace(/\s+/g, " ");
}

function time(clock: Clock): string {
    return clock.now().toISOString().slice(11, 19);
}
