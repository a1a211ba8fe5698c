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
    const parts: (readonly string[])[] = [];
    for (let start = 0; start < instanceIds.length; start += hostsPerCommand) {
        parts.push(instanceIds.slice(start, start + hostsPerCommand));
    }
    const results = (
        await Promise.all(parts.map((ids) => runPart(target, ids, script, wait, progress)))
    ).flat();
    const failed = results.filter(
        ({ status }) => status !== "Success" && (over.has(status) || wait.mayGoOn !== true),
    );
    const [first] = failed;
    if (first !== undefined) {
        throw new AppError("HOST_COMMAND_FAILED", {
            message: `${script.comment} failed on ${failed.map(({ instanceId }) => instanceId).join(", ")}`,
            details: failed.map(describeFailure),
            hint: command("hosts", "logs", target.environment, first.instanceId),
        });
    }
    return results;
}

async function runPart(
    { aws, clock, signal }: Pick<Target, "aws" | "clock" | "signal">,
    instanceIds: readonly string[],
    script: ShellScript,
    { waitSeconds }: ScriptWait,
    progress: Pick<Progress, "status">,
): Promise<readonly ScriptResult[]> {
    const id = await aws.ssm.runShellScript(instanceIds, script);
    const deadline = clock.now().getTime() + waitSeconds * 1000;
    let seen: readonly Invocation[] = [];
    await pollUntil(clock, { deadline, signal }, async () => {
        seen = await aws.ssm.invocations(id);
        const done = seen.filter(({ status }) => over.has(status)).length;
        progress.status(seen.map(({ instanceId, status }) => `${instanceId}: ${status}`));
        return done === instanceIds.length;
    });
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

function describeFailure({ instanceId, status, statusDetails, errors, output }: ScriptResult): string {
    const said = (errors.trim() || output.trim()).replaceAll(/\s*\n\s*/g, "; ");
    const how = status === statusDetails ? status : `${status} (${statusDetails})`;
    return `${instanceId}: ${how}${said === "" ? "" : `: ${said}`}`;
}
