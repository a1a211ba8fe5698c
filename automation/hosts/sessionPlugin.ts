import { AppError } from "../errors/appError";
import type { Context } from "../ports/context";
import type { Program } from "../ports/io";
import type { ShellSession } from "../ports/ssmService";
import { findExecutable } from "../setup/runTool";

const plugin = "session-manager-plugin";
/** Where the plugin finds what it must not be given on its command line, which everybody on the machine may read. */
const responseVariable = "AWS_SSM_START_SESSION_RESPONSE";

/** AWS's plugin on this machine. @throws AppError SESSION_PLUGIN_MISSING */
export async function requirePlugin(context: Context): Promise<string> {
    const setup = { ...context, report: () => undefined };
    const found = await findExecutable(setup, plugin);
    if (found === undefined) {
        throw new AppError("SESSION_PLUGIN_MISSING", {
            message: `${plugin} is not on PATH, and only it speaks with a session of Systems Manager`,
        });
    }
    return found;
}

/** As AWS's own command line calls the plugin: the answer of StartSession, region, operation, profile, its input, and endpoint. */
export function sessionProgram(
    found: string,
    { sessionId, streamUrl, tokenValue, region, endpoint }: ShellSession,
    sessionTarget: string,
    profile: string,
): Program {
    const input = JSON.stringify({ Target: sessionTarget });
    const answer = JSON.stringify({ SessionId: sessionId, StreamUrl: streamUrl, TokenValue: tokenValue });
    return {
        command: found,
        args: [responseVariable, region, "StartSession", profile, input, endpoint],
        env: { [responseVariable]: answer },
    };
}
