import type { CommandLine } from "../../components/model/commandLine";
import type { Problem } from "../../components/model/problem";
import { findHostImage } from "../preflight/images/hostImage";
import type { HostImageAnswer, HostImageQuestion } from "../preflight/images/contracts";
import { runPreflight, type PreflightReport } from "../preflight/preflight";
import type { Context } from "../ports/context";
import type { Progress } from "../ports/io";
import { describeProblem } from "../settings/environmentSettings";
import { requireSamePlace } from "../preflight/accountGuard";
import type { OpenTarget, SettledTarget } from "./target";

/**
 * Asks AWS, read-only, whether the settings can work.
 * @param commandWithoutLock of an environment that begins with another one's lock: the command that begins it without
 * @throws AppError with all failed checks in `details`; nothing has been changed then
 */
export async function checkSettings(
    target: SettledTarget,
    commandWithoutLock?: CommandLine,
): Promise<PreflightReport> {
    const { environment, stackName, stack, settings, clusterArn } = target;
    return runPreflight(target.aws, target, {
        environment,
        stack: stackName,
        stackIsEmpty: stack.empty,
        clusterArn,
        commandWithoutLock,
        settings,
    });
}

/**
 * The host image that an environment has or would get, and what speaks against it. Read-only.
 * @throws AppError AWS_ACCOUNT_MISMATCH where the environment is somewhere else
 */
export async function askHostImage(
    target: OpenTarget,
    question: Pick<HostImageQuestion, "hostImage" | "keepRunning">,
): Promise<HostImageAnswer> {
    const { environment, stackName, stack, clusterArn } = target;
    const caller = await target.aws.identity.caller();
    requireSamePlace(caller, clusterArn);
    const asked = { environment, stack: stackName, clusterArn, hasHosts: !stack.empty, ...question };
    return findHostImage(target.aws, target, asked, caller.region);
}

/** Says what is doubtful, a line each. */
export function tellWarnings(
    warnings: readonly Problem[],
    progress: Pick<Progress, "note">,
    { show }: Pick<Context, "show">,
): void {
    for (const warning of warnings) {
        progress.note(`warning: ${show(describeProblem(warning))}`);
    }
}
