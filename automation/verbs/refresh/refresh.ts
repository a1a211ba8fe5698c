import type { CommonOptions } from "../../command/command";
import type { Context } from "../../ports/context";
import { checkEnvironmentName } from "../../settings/environmentSettings";
import type { ChangeSummary, EngineObserver } from "../../ports/engine";
import type { Progress } from "../../ports/io";
import { openProject } from "../../settings/project";

import { openStack, requireStack } from "../../environment/target";
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
}

/** Reads what really stands in AWS; the steps are the differences from the state. */
export async function refresh(request: RefreshRequest, context: Context): Promise<RefreshResult> {
    const project = await openProject(context, request.projectDirectory);
    checkEnvironmentName(request.environment);
    const stack = await openStack(context, project, request.environment, { runsProgram: true });
    requireStack(stack);
    const changes = await withProgress(context, (progress) => {
        progress.phase("reading from AWS");
        return stack.refresh({
            observer: readingOnly(progress),
            parallel: request.parallel,
            previewOnly: request.previewOnly,
        });
    });
    return { environment: request.environment, changes };
}

/** A refresh changes nothing in AWS, so no resource may appear as updated or deleted while it runs. */
function readingOnly(progress: Progress): EngineObserver {
    return {
        resource: (event) => progress.resource({ ...event, operation: "refresh" }),
        diagnostic: (event) => progress.diagnostic(event),
    };
}
