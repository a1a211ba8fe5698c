import { command } from "../../../components/model/commandLine";
import type { CommonOptions } from "../../command/command";
import type { Context } from "../../ports/context";
import { readEnvironment } from "../../settings/environmentSettings";
import { AppError } from "../../errors/appError";
import { openProject } from "../../settings/project";
import type { ReadyReport } from "../../hosts/contracts";
import { openStack, requireStack } from "../../environment/environment";
import { withProgress } from "../../environment/progressPhases";

export interface WaitRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
    readonly timeoutSeconds: number;
    /** How many hosts must be ready; as many as the environment should have where it is missing. */
    readonly hosts: number | undefined;
}

export interface WaitResult extends ReadyReport {
    readonly environment: string;
}

/**
 * Waits until the hosts of an existing environment are ready; changes nothing.
 * @throws AppError NOT_READY when the time is over, CLUSTER_NOT_FOUND when nothing of the environment is up
 */
export async function wait(request: WaitRequest, context: Context): Promise<WaitResult> {
    const project = await openProject(context, request.projectDirectory);
    const { settings, target } = await readEnvironment(project, request.environment, {
        unread: ["hostImage"],
    });
    const [stack, hostActions] = await Promise.all([
        openStack(context, project, request.environment),
        context.loadHostActions(target),
    ]);
    requireStack(stack);
    if (stack.empty) {
        throw new AppError("CLUSTER_NOT_FOUND", {
            message: `nothing of ${request.environment} is up: its state holds no resources`,
            hint: command("up", request.environment),
        });
    }
    const outputs = await stack.outputs();
    const report = await withProgress(context, (progress) => {
        progress.phase("waiting for hosts");
        return hostActions.waitUntilReady({
            environment: request.environment,
            stack: stack.qualifiedName,
            settings,
            outputs,
            timeoutSeconds: request.timeoutSeconds,
            hosts: request.hosts,
            signal: context.signal,
            progress,
        });
    });
    return { environment: request.environment, ...report };
}
