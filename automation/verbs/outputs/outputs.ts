import type { CommonOptions } from "../../command/command";
import type { Context } from "../../ports/context";
import { checkEnvironmentName } from "../../settings/environmentSettings";
import type { Outputs } from "../../ports/engine";
import { openProject } from "../../settings/project";

import { openStack, requireStack } from "../../environment/target";

export interface OutputsRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
}

export interface OutputsResult {
    readonly environment: string;
    readonly outputs: Outputs;
}

/** Names and ids that the last `up` left in the state. */
export async function outputs(
    request: OutputsRequest,
    context: Pick<Context, "directory" | "loadEngine">,
): Promise<OutputsResult> {
    const project = await openProject(context, request.projectDirectory);
    checkEnvironmentName(request.environment);
    const stack = await openStack(context, project, request.environment);
    requireStack(stack);
    return { environment: request.environment, outputs: await stack.outputs() };
}
