import type { CommonOptions } from "../../command/command";
import type { Context } from "../../ports/context";
import { awsTarget, checkEnvironmentName } from "../../settings/environmentSettings";
import type { ChangeSummary, EngineObserver } from "../../ports/engine";
import type { Progress } from "../../ports/io";
import { openSettingsFile } from "../../settings/settingsFile";
import { findDrift, type Drift } from "../../inventory/drift";
import { warnOfUnreadable } from "../../inventory/unreadable";
import { openProject } from "../../settings/project";

import { openTarget, requireStack } from "../../environment/target";
import { withProgress } from "../../environment/progressPhases";

export interface RefreshRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
    /** Leave the state as it is. */
    readonly previewOnly: boolean;
    readonly parallel: number | undefined;
}

export interface RefreshResult {
    readonly environment: string;
    /** The differences from the state. */
    readonly changes: ChangeSummary;
    /** What only the tags tell. */
    readonly drift: Drift;
}

/** Reads what really stands in AWS; the steps are the differences from the state. */
export async function refresh(request: RefreshRequest, context: Context): Promise<RefreshResult> {
    const project = await openProject(context, request.projectDirectory);
    checkEnvironmentName(request.environment);
    const file = await openSettingsFile(project, request.environment);
    const place = awsTarget({ ...project.config, ...file.config });
    const read = { name: request.environment, file, place };
    const target = await openTarget(context, project, read, { runsProgram: true });
    const { stack } = target;
    requireStack(stack);
    const [changes, drift] = await withProgress(context, async (progress) => {
        progress.phase("reading from AWS");
        const run = {
            observer: readingOnly(progress),
            parallel: request.parallel,
            previewOnly: request.previewOnly,
        };
        return Promise.all([
            stack.refresh(run),
            findDrift(target, await target.stack.resources(), warnOfUnreadable(progress)),
        ]);
    });
    return { environment: request.environment, changes, drift };
}

/** A refresh changes nothing in AWS, so no resource may appear as updated or deleted while it runs. */
function readingOnly(progress: Progress): EngineObserver {
    return {
        resource: (event) => progress.resource({ ...event, operation: "refresh" }),
        diagnostic: (event) => progress.diagnostic(event),
    };
}
