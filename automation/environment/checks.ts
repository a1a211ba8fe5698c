import type { Findings } from "../../components/model/checks/finding";
import type { HostImageAnswer } from "../../components/model/checks/hostImage";
import type { Succession } from "../../components/model/checks/vcpus";
import { requireSamePlace } from "../preflight/findings";
import {
    findHostImage,
    preflightInTurn,
    runPreflight,
    type HostImageQuestion,
    type PreflightReport,
    type PreflightRequest,
} from "../preflight/preflight";
import type { Context } from "../ports/context";
import type { Progress } from "../ports/io";
import { describeProblem } from "../settings/environmentSettings";
import type { OpenTarget, SettledTarget } from "./target";

/**
 * Asks AWS, read-only, whether the settings can work.
 * @throws AppError with all failed checks in `details`; nothing has been changed then
 */
export async function checkSettings(
    target: SettledTarget,
    options: Pick<PreflightRequest, "commandWithoutLock" | "remindOfLock"> = {},
): Promise<PreflightReport> {
    const { owner, stack, settings, clusterArn, stateIds } = target;
    return runPreflight(target.aws, target, {
        ...owner,
        stateIsEmpty: stack.empty,
        stateIds,
        clusterArn,
        settings,
        ...options,
    });
}

/**
 * Asks AWS, read-only, whether hosts can give way to others in turn.
 * @throws AppError VCPU_QUOTA_TOO_SMALL
 */
export async function checkSuccession(target: SettledTarget, succession: Succession): Promise<void> {
    const { owner, settings } = target;
    await preflightInTurn(target.aws, target, { ...owner, settings }, succession);
}

/**
 * The host image that an environment has or would get, and what speaks against it. Read-only.
 * @throws AppError AWS_ACCOUNT_MISMATCH where the environment is somewhere else
 */
export async function askHostImage(
    target: OpenTarget,
    question: Pick<HostImageQuestion, "hostImage" | "keepRunning" | "namedBy">,
): Promise<HostImageAnswer> {
    const { owner, stack, clusterArn } = target;
    const caller = await target.aws.identity.caller();
    requireSamePlace(caller, clusterArn);
    const asked = { ...owner, clusterArn, hasHosts: !stack.empty, ...question };
    return findHostImage(target.aws, target, asked, caller.region);
}

/**
 * Says what is doubtful, a line each. A command that makes checks more than once comes upon the same things: of each
 * kind it tells what it found first.
 */
export function tellWarnings(
    { told }: Pick<OpenTarget, "told">,
    findings: Findings,
    progress: Pick<Progress, "note">,
    { show }: Pick<Context, "show">,
): void {
    for (const finding of findings.filter(({ code }) => !told.has(code))) {
        progress.note(`warning: ${show(describeProblem(finding))}`);
    }
    findings.forEach(({ code }) => told.add(code));
}

/** What is doubtful about the settings by themselves, as findings. */
export function doubtsAbout({ warnings }: Pick<SettledTarget, "warnings">): Findings {
    return warnings.map((one) => ({ ...one, code: "SETTINGS_INVALID" }));
}
