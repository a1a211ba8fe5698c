import type { ImageLock } from "../../../components/model/images/imageLock";
import type { CommonOptions } from "../../command/command";
import type { Context } from "../../ports/context";
import { describeProblem, readEnvironment } from "../../settings/environmentSettings";
import type { ChangeSummary } from "../../ports/engine";
import { openProject } from "../../settings/project";

import { warningsOf } from "../../preflight/finding";
import { openStack, requireKnown, runOptions } from "../../environment/environment";
import { planOnly, withProgress } from "../../environment/progressPhases";

export interface PreviewRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
    readonly parallel: number | undefined;
}

export interface PreviewResult {
    readonly environment: string;
    /** What `up` would do. */
    readonly changes: ChangeSummary;
    /** What the settings lock. */
    readonly lock?: ImageLock;
}

/** What `up` would do. Changes nothing. */
export async function preview(request: PreviewRequest, context: Context): Promise<PreviewResult> {
    const project = await openProject(context, request.projectDirectory);
    const environment = await readEnvironment(project, request.environment);
    const [stack, hostActions] = await Promise.all([
        openStack(context, project, request.environment, { runsProgram: true }),
        context.loadHostActions(environment.target),
    ]);
    await requireKnown(project, stack, environment.file);
    const changes = await withProgress(context, async (progress) => {
        const { findings } = await hostActions.findHostImage({
            environment: stack.name,
            stack: stack.qualifiedName,
            hasHosts: !stack.empty,
            hostImage: environment.settings.hostImage,
            keepRunning: true,
        });
        for (const warning of [...environment.warnings, ...warningsOf(findings)]) {
            progress.note(`warning: ${context.show(describeProblem(warning))}`);
        }
        progress.phase("comparing");
        return stack.preview(runOptions(request, planOnly(progress)));
    });
    const { lock } = environment.settings.hostImage;
    return { environment: request.environment, changes, lock };
}
