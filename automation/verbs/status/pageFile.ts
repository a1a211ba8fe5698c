import { access, constants, stat } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { shellWord } from "../../../components/model/commandLine";
import { AppError } from "../../errors/appError";
import { replaceFile } from "../../output/replaceFile";
import type { Context } from "../../ports/context";

/** What stands for stdout in place of a file. */
const stdoutName = "-";

/** Writes a page. */
export type WritePage = (title: string, text: string) => Promise<void>;

/**
 * Where a page goes: to stdout, or to a file, which is found fit before anything is asked of AWS.
 * @throws AppError PAGE_FILE_UNUSABLE
 */
export async function openPage(
    given: string,
    { directory, io }: Pick<Context, "directory" | "io">,
): Promise<WritePage> {
    if (given === stdoutName) {
        return (_, text) => {
            io.stdout(text);
            return Promise.resolve();
        };
    }
    const file = path.resolve(directory, given);
    await requireUsable(given, file);
    return async (title, text) => {
        await replaceFile(file, text).catch((cause: unknown) => {
            throw unusable(file, (cause as Error).message, cause);
        });
        io.stderr(`${title} is in ${file}\nOpen it in a browser: ${pathToFileURL(file).href}\n`);
    };
}

async function requireUsable(given: string, file: string): Promise<void> {
    const folder = path.dirname(file);
    const [there, above] = await Promise.all([found(file), found(folder)]);
    if (given === "" || there?.isDirectory() === true) {
        throw unusable(file, "it is a folder, expected the name of a file");
    }
    if (there?.isFile() === false) {
        throw unusable(file, "it is there, and no file");
    }
    if (above?.isDirectory() !== true) {
        throw unusable(file, `there is no folder ${folder}`);
    }
    await access(folder, constants.W_OK).catch((cause: unknown) => {
        throw unusable(file, (cause as Error).message, cause);
    });
}

async function found(place: string): Promise<Awaited<ReturnType<typeof stat>> | undefined> {
    return stat(place).catch(() => undefined);
}

function unusable(file: string, why: string, cause?: unknown): AppError {
    return new AppError("PAGE_FILE_UNUSABLE", {
        message: `no page can be written to ${file}: ${why}`,
        hint: `ls -ld ${shellWord(path.dirname(file))}`,
        cause,
    });
}
