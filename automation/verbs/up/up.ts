import type { CommandLine } from "../../../components/model/commandLine";
import type { CommonOptions } from "../../command/command";
import type { Context } from "../../ports/context";
import { describeProblem, type EnvironmentSettings } from "../../settings/environmentSettings";
import type { ChangeSummary, EnvironmentStack, Outputs } from "../../ports/engine";
import { openProject } from "../../settings/project";
import { changeSettings, type SettingsRequest } from "../../settings/settingsChanges";

import type { HostActions, PreflightReport, ReadyReport } from "../../hosts/contracts";
import { openStack, requireKnown, runOptions } from "../../environment/environment";
import { askBeforeLoss } from "./losses";
import { withProgress } from "../../environment/progressPhases";

export interface UpRequest extends SettingsRequest, Pick<CommonOptions, "yes" | "projectDirectory"> {
    /** Wait for the hosts after the engine. */
    readonly wait: boolean;
    readonly timeoutSeconds: number;
    readonly parallel: number | undefined;
}

export interface UpResult {
    readonly environment: string;
    readonly changes: ChangeSummary;
    readonly outputs: Outputs;
    /** Missing where nobody waited. */
    readonly ready?: ReadyReport;
    readonly seconds: number;
}

/** One `up` with everything that it works on. */
interface Run {
    readonly request: UpRequest;
    readonly context: Context;
    readonly environment: EnvironmentSettings;
    readonly stack: EnvironmentStack;
    readonly hostActions: HostActions;
    readonly commandWithoutLock: CommandLine | undefined;
}

/**
 * Makes an environment what its settings say and waits until its hosts are ready. Idempotent. The first time, it locks
 * the environment to its host image.
 * @throws AppError SETTINGS_INVALID and its like before Pulumi or AWS are asked anything, the preflight's errors
 * before anything is changed, UPDATE_FAILED by the engine, NOT_READY by the hosts
 */
export async function up(request: UpRequest, context: Context): Promise<UpResult> {
    const startedAt = context.clock.now();
    const project = await openProject(context, request.projectDirectory);
    const changed = await changeSettings(project, request);
    const { environment, commandWithoutLock } = changed;
    const [stack, hostActions] = await Promise.all([
        openStack(context, project, request.environment, { runsProgram: true }),
        context.loadHostActions(environment.target),
    ]);
    if (request.from === undefined) {
        await requireKnown(project, stack, environment.file);
    }
    const run: Run = { request, context, environment, stack, hostActions, commandWithoutLock };
    const { hostImage } = await check(run);
    if (hostImage !== undefined && environment.settings.hostImage.lock === undefined) {
        changed.lockImage(hostImage);
    }
    const undo = await changed.save();
    changed.changes.forEach((change) => context.io.stderr(`${change}\n`));
    try {
        await askBeforeLoss(run);
    } catch (error) {
        await undo();
        if (changed.changes.length > 0) {
            context.io.stderr("the settings file is as it was before\n");
        }
        throw error;
    }
    const result = await apply(run);
    return { ...result, seconds: (context.clock.now().getTime() - startedAt.getTime()) / 1000 };
}

function check(run: Run): Promise<PreflightReport> {
    const { request, context, environment, stack, hostActions, commandWithoutLock } = run;
    return withProgress(context, async (progress) => {
        progress.phase("checking");
        const { clusterArn } = stack.empty ? {} : await stack.outputs();
        const report = await hostActions.preflight({
            environment: request.environment,
            stack: stack.qualifiedName,
            stackIsEmpty: stack.empty,
            ...(typeof clusterArn === "string" ? { clusterArn } : {}),
            commandWithoutLock,
            settings: environment.settings,
            signal: context.signal,
            progress,
        });
        for (const warning of [...environment.warnings, ...report.warnings]) {
            progress.note(`warning: ${context.show(describeProblem(warning))}`);
        }
        return report;
    });
}

function apply({
    request,
    context,
    environment,
    stack,
    hostActions,
}: Run): Promise<Omit<UpResult, "seconds">> {
    return withProgress(context, async (progress) => {
        progress.phase(stack.empty ? "creating" : "updating");
        const { changes, outputs } = await stack.up(runOptions(request, progress));
        const result = { environment: request.environment, changes, outputs };
        if (!request.wait) {
            return result;
        }
        context.signal.throwIfAborted();
        progress.phase("waiting for hosts");
        const ready = await hostActions.waitUntilReady({
            environment: request.environment,
            stack: stack.qualifiedName,
            settings: environment.settings,
            outputs,
            timeoutSeconds: request.timeoutSeconds,
            signal: context.signal,
            progress,
        });
        return { ...result, ready };
    });
}
