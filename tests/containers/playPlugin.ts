import { takeUp, type Session } from "./sessionClient";

/**
 * Plays AWS's session-manager-plugin, a program that cannot be had from a package registry: takes up the session that it is given
 * in the variable which its first argument names, types what PLUGIN_TYPES says, and prints what comes.
 */
async function play(): Promise<void> {
    const answer = process.env[process.argv[2] ?? ""] ?? "";
    process.stdout.write(await takeUp(JSON.parse(answer) as Session, process.env["PLUGIN_TYPES"] ?? ""));
}

play().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
});
