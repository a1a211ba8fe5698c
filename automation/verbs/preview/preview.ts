import type { ImageLock } from "../../../components/model/images/imageLock";
import type { CommonOptions } from "../../command/command";
import type { Context } from "../../ports/context";
import { readEnvironment } from "../../settings/environmentSettings";
import type { ChangeSummary } from "../../ports/engine";
import { openProject } from "../../settings/project";

import { tellWarnings } from "../../preflight/warnings";
import { openStack, requireKnown, runOptions } from "../../environment/environment";
import { planOnly, withProgress } from "../../environment/progressPhases";

export interface PreviewRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
    readonly parallel: number | undefined;
}

/** What the engine did or would do to an environment. */
export interface ChangesResult {
    readonly environment: string;
    readonly changes: ChangeSummary;
    /** What the settings lock; missing where they do not, and of a refresh. */
    readonly lock?: ImageLock;
}

/** What `up` would do, after the same checks. Changes nothing. @throws AppError like `up` before its engine */
export async function preview(request: PreviewRequest, context: Context): Promise<ChangesResult> {
    const project = await openProject(context, request.projectDirectory);
    const environment = await readEnvironment(project, request.environment);
    const [stack, hostActions] = await Promise.all([
        openStack(context, project, request.environment, { runsProgram: true }),
        context.loadHostActions(environment.target),
    ]);
    await requireKnown(project, stack, environment.file);
    const changes = await withProgress(context, async (progress) => {
        const { clusterArn } = stack.empty ? {} : await stack.outputs();
        const report = await hostActions.preflight({
            environment: stack.name,
            stack: stack.qualifiedName,
            stackIsEmpty: stack.empty,
            clusterArn: typeof clusterArn === "string" ? clusterArn : undefined,
            settings: environment.settings,
            remindOfLock: true,
            signal: context.signal,
            progress,
        });
        tellWarnings(progress, [...environment.warnings, ...report.warnings]);
        progress.phase("comparing");
        return stack.preview(runOptions(request, planOnly(progress)));
    });
    const { lock } = environment.settings.hostImage;
    return { environment: request.environment, changes, lock };
}
