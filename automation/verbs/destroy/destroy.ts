import { command } from "../../../components/model/commandLine";
import type { CommonOptions } from "../../command/command";
import type { Context } from "../../ports/context";
import { awsTarget, checkEnvironmentName } from "../../settings/environmentSettings";
import type { EnvironmentStack, StateResource } from "../../ports/engine";
import { openProject } from "../../settings/project";
import { openSettingsFile, type SettingsFile } from "../../settings/settingsFile";
import { forgetStackKeys } from "../../settings/stackKeys";

import { requireConsent } from "../../environment/consent";
import type { ClusterSurvey, Evidence, EvidenceItem, HostActions } from "../../hosts/contracts";
import { clusterToDestroy, type ClusterToDestroy } from "./clusterToDestroy";
import { destroyPlan } from "./plan";
import { openStack, runOptions } from "../../environment/environment";
import { withProgress } from "../../environment/progressPhases";

export interface DestroyRequest extends Pick<CommonOptions, "yes" | "projectDirectory"> {
    readonly environment: string;
    /** How long tasks may take to stop. */
    readonly timeoutSeconds: number;
    readonly parallel: number | undefined;
}

export interface DestroyResult {
    /** There was nothing to destroy, neither in the state nor in AWS. */
    readonly alreadyGone: boolean;
    /** Name of the settings file that went with the environment. */
    readonly removedSettingsFile?: string;
    readonly evidence: Evidence;
}

interface Run {
    readonly request: DestroyRequest;
    readonly context: Context;
    readonly stack: EnvironmentStack;
    readonly hostActions: HostActions;
    readonly resources: readonly StateResource[];
    readonly startedAt: Date;
    readonly cluster: ClusterToDestroy;
}

/**
 * Removes an environment with everything in its cluster, then looks for whatever is left. Idempotent.
 * @throws AppError CONSENT_NEEDED, DECLINED or AWS_ACCOUNT_MISMATCH before anything is changed
 */
export async function destroy(request: DestroyRequest, context: Context): Promise<DestroyResult> {
    const startedAt = context.clock.now();
    const project = await openProject(context, request.projectDirectory);
    checkEnvironmentName(request.environment);
    const file = await openSettingsFile(project, request.environment);
    const [stack, hostActions] = await Promise.all([
        openStack(context, project, request.environment, { runsProgram: true }),
        context.loadHostActions(awsTarget({ ...project.config, ...file.config })),
    ]);
    if (stack.exists) {
        await stack.requireUnlocked();
    }
    const resources = stack.exists ? await stack.resources() : [];
    const cluster = clusterToDestroy(
        request.environment,
        file,
        stack.exists ? await stack.outputs() : {},
        resources,
    );
    const run: Run = { request, context, stack, hostActions, resources, startedAt, cluster };
    const survey = await surveyCluster(run);
    const plan = destroyPlan(request.environment, resources, survey, cluster);
    if (plan.length > 0) {
        context.io.stderr(`${plan.join("\n")}\n`);
        await requireConsent(
            context,
            request,
            `Destroy ${request.environment}?`,
            command("destroy", request.environment),
        );
    }
    const existed = stack.exists;
    const evidence = await remove(run, survey);
    const removedSettingsFile = evidence.left.length === 0 ? await forget(stack, file) : undefined;
    return {
        alreadyGone: !existed && evidence.removed.length === 0 && evidence.left.length === 0,
        removedSettingsFile,
        evidence,
    };
}

function surveyCluster(run: Run): Promise<ClusterSurvey> {
    return withProgress(run.context, (progress) => {
        progress.phase("looking at what is there");
        return run.hostActions.survey({ ...reference(run), progress });
    });
}

function remove(run: Run, survey: ClusterSurvey): Promise<Evidence> {
    const { request, context, stack, hostActions, resources, startedAt } = run;
    return withProgress(context, async (progress) => {
        progress.phase("emptying the cluster");
        const removedFromCluster = await hostActions.emptyCluster({
            ...reference(run),
            progress,
            survey,
            timeoutSeconds: request.timeoutSeconds,
        });
        let deletedByEngine: readonly EvidenceItem[] = [];
        if (stack.exists && !stack.empty) {
            progress.phase("deleting");
            const changes = await stack.destroy(runOptions(request, progress));
            deletedByEngine = changes.steps
                .filter((step) => step.operation === "delete")
                .map(({ type, name }) => ({ type, name, id: idOf(resources, type, name) }))
                .filter((item) => item.id !== "");
        }
        progress.phase("proving that nothing is left");
        return hostActions.gatherEvidence({
            ...reference(run),
            progress,
            survey,
            startedAt,
            removedFromCluster,
            deletedByEngine,
        });
    });
}

/** Takes the empty stack, and the settings file of a personal environment, away. */
async function forget(stack: EnvironmentStack, file: SettingsFile): Promise<string | undefined> {
    if (stack.exists) {
        await stack.remove();
    }
    if (file.basedOn === undefined) {
        await forgetStackKeys(file.path);
        return undefined;
    }
    await file.removeFile();
    return file.name;
}

function reference({ request, context, stack, cluster }: Run) {
    return {
        environment: request.environment,
        stack: stack.qualifiedName,
        signal: context.signal,
        ...cluster,
    };
}

function idOf(resources: readonly StateResource[], type: string, name: string): string {
    return resources.find((resource) => resource.type === type && resource.name === name)?.id ?? "";
}
