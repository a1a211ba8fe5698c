import os from "node:os";

/** The person's home; undefined where neither HOME nor the system's list of users has one, as in many containers. */
export function homeFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
    try {
        return env["HOME"] || os.homedir();
    } catch {
        // os.homedir() throws for a user that the system does not know.
        return undefined;
    }
}
