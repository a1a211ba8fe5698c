import { command } from "../../components/model/commandLine";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import type { Invocation, InvocationOutput, ShellScript } from "../ports/ssmService";
import type { Progress } from "../ports/io";
import { pollUntil } from "./poll";

/** As many as SendCommand takes (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html). */
const hostsPerCommand = 50;
/** SSM's words for what is over. */
const over = new Set(["Success", "Cancelled", "TimedOut", "Failed"]);
export interface ScriptWait {
    readonly waitSeconds: number;
    /** Whether a host may still be at it when the time is over. @default false */
    readonly mayGoOn?: boolean;
}

/** How long `awaitScript` waits, and what it does about a script that is not through. */
export interface ScriptCare extends Pick<ScriptWait, "waitSeconds"> {
    /** Whether SSM is asked to end it where nobody waits for it any longer. @default false */
    readonly isCancelled?: boolean;
    /** Told once the hosts may have it. */
    readonly onSent?: () => void;
}

/** What a script has come to on one host. */
export type ScriptResult = Invocation & InvocationOutput;

/**
 * Has hosts run a script by Systems Manager, and waits until all are through.
 * @param instanceIds hosts that it reaches
 * @throws AppError HOST_COMMAND_FAILED with what the script has said on each host where it did not succeed
 */
export async function runOnHosts(
    target: Pick<Target, "aws" | "clock" | "signal" | "environment">,
    instanceIds: readonly string[],
    script: ShellScript,
    wait: ScriptWait,
    progress: Pick<Progress, "status">,
): Promise<readonly ScriptResult[]> {
    const results = await awaitScript(target, instanceIds, script, wait, progress);
    const failed = results.filter(
        ({ status }) => status !== "Success" && (over.has(status) || wait.mayGoOn !== true),
    );
    if (failed.length > 0) {
        throw scriptFailed(target, script, failed);
    }
    return results;
}

/** The same, with every end that a script may come to. */
export async function awaitScript(
    target: Pick<Target, "aws" | "clock" | "signal">,
    instanceIds: readonly string[],
    script: ShellScript,
    care: ScriptCare,
    progress: Pick<Progress, "status">,
): Promise<readonly ScriptResult[]> {
    const parts: (readonly string[])[] = [];
    for (let start = 0; start < instanceIds.length; start += hostsPerCommand) {
        parts.push(instanceIds.slice(start, start + hostsPerCommand));
    }
    return (await Promise.all(parts.map((ids) => runPart(target, ids, script, care, progress)))).flat();
}

/** @param failed at least one */
export function scriptFailed(
    { environment }: Pick<Target, "environment">,
    { comment }: Pick<ShellScript, "comment">,
    failed: readonly ScriptResult[],
): AppError {
    const ids = failed.map(({ instanceId }) => instanceId);
    return new AppError("HOST_COMMAND_FAILED", {
        message: `${comment} failed on ${ids.join(", ")}`,
        details: failed.map(describeFailure),
        hint: command("hosts", "logs", environment, ids[0] ?? ""),
    });
}

async function runPart(
    { aws, clock, signal }: Pick<Target, "aws" | "clock" | "signal">,
    instanceIds: readonly string[],
    script: ShellScript,
    { waitSeconds, isCancelled = false, onSent = () => undefined }: ScriptCare,
    progress: Pick<Progress, "status">,
): Promise<readonly ScriptResult[]> {
    const id = await aws.ssm.runShellScript(instanceIds, script);
    onSent();
    const deadline = clock.now().getTime() + waitSeconds * 1000;
    let seen: readonly Invocation[] = [];
    let isOver = false;
    try {
        isOver = await pollUntil(clock, { deadline, signal }, async () => {
            seen = await aws.ssm.invocations(id);
            const done = seen.filter(({ status }) => over.has(status)).length;
            progress.status(seen.map(({ instanceId, status }) => `${instanceId}: ${status}`));
            return done === instanceIds.length;
        });
    } finally {
        if (!isOver && isCancelled) {
            // Who gives it up says that it may go on all the same: an answer to this changes nothing.
            await aws.ssm.cancelCommand(id).catch(() => undefined);
        }
    }
    return Promise.all(
        instanceIds.map(async (instanceId) => {
            const none = { instanceId, status: "Pending", statusDetails: "it has not come to the host" };
            const output = await aws.ssm.invocationOutput(id, instanceId);
            return {
                ...(seen.find((one) => one.instanceId === instanceId) ?? none),
                ...(output ?? { output: "", errors: "", exitCode: -1 }),
            };
        }),
    );
}

/** What a script has come to on a host, and what it has said there. */
export function describeFailure({ instanceId, status, statusDetails, errors, output }: ScriptResult): string {
    const said = (errors.trim() || output.trim()).replaceAll(/\s*\n\s*/g, "; ");
    const how = status === statusDetails ? status : `${status} (${statusDetails})`;
    return `${instanceId}: ${how}${said === "" ? "" : `: ${said}`}`;
}
