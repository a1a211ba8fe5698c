import os from "node:os";

import { AppError } from "../errors/appError";

/** The person's home; undefined where neither HOME nor the system's list of users has one, as in many containers. */
export function homeFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
    try {
        return env["HOME"] || os.homedir();
    } catch {
        // os.homedir() throws for a user that the system does not know.
        return undefined;
    }
}

/**
 * AWS's and Pulumi's tools keep their files there, and fail in the middle of their work where there is none.
 * @throws AppError HOME_MISSING
 */
export function requireHome(env: Readonly<Record<string, string | undefined>>): void {
    if (homeFolder(env) === undefined) {
        throw new AppError("HOME_MISSING", {
            message: `there is no home folder: HOME is not set, and the system knows no user ${userName(env)}`,
        });
    }
}

/**
 * The name of whoever runs this; the number of a user that the system does not know. Pulumi's CLI wants one in USER, and
 * panics without (pulumi/sdk/go/common/workspace: "could not get workspace path").
 */
export function userName(env: Readonly<Record<string, string | undefined>>): string {
    try {
        return env["USER"] || os.userInfo().username;
    } catch {
        return String(process.getuid?.() ?? "unknown");
    }
}
