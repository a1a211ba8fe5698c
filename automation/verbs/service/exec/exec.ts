import { command, line } from "../../../../components/model/commandLine";
import type { CommonOptions } from "../../../command/command";
import { openUpToRead } from "../../../environment/reading";
import type { OpenTarget } from "../../../environment/target";
import { AppError } from "../../../errors/appError";
import { shortId } from "../../../hosts/tasks";
import { requirePlugin, sessionProgram } from "../../../hosts/sessionPlugin";
import type { Context } from "../../../ports/context";
import type { ServiceTask } from "../../../ports/deploymentServices";
import { requireService } from "../../../services/ownService";
import { awsTarget } from "../../../settings/environmentSettings";

export interface ExecRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
    readonly service: string;
    /** What is run there. */
    readonly command: string;
    /** Beginning of the id of a task. @default - any that runs */
    readonly task?: string;
}

/**
 * Runs a command in a container of a service, on the terminal of this process.
 * @returns the exit code of the program that had the terminal
 * @throws AppError SERVICE_NOT_FOUND, EXEC_NOT_ENABLED, TASK_NOT_RUNNING, SESSION_PLUGIN_MISSING
 */
export async function execInService(request: ExecRequest, context: Context): Promise<number> {
    const target = await openUpToRead(context, request);
    const { aws, clusterName, project, file, signal } = target;
    const { service, progress } = await requireService(target, request.service);
    if (!progress.exec) {
        throw new AppError("EXEC_NOT_ENABLED", {
            message: `service ${service.name} was deployed without --exec, expected it with --exec`,
            hint: line`deploy it again with the options that it has, and with --exec and --task-role: ${command("service", "deploy", "--help")}`,
        });
    }
    const task = await chooseTask(target, request);
    const plugin = await requirePlugin(context);
    const container = task.containers[0]?.name ?? "";
    const session = await aws.ecs.executeCommand(clusterName, task.arn, container, request.command);
    try {
        signal.throwIfAborted();
        const { profile = context.env["AWS_PROFILE"] ?? "" } = awsTarget({
            ...project.config,
            ...file.config,
        });
        return await context.io.handOver(sessionProgram(plugin, session, session.target, profile));
    } finally {
        await aws.ssm.terminateSession(session.sessionId);
    }
}

async function chooseTask(
    { aws, clusterName, environment }: OpenTarget,
    { service, task: start = "" }: ExecRequest,
): Promise<ServiceTask> {
    const tasks = await aws.ecs.tasksOfService(clusterName, service);
    const running = tasks.filter(({ lastStatus }) => lastStatus === "RUNNING");
    const found = running.find(({ arn }) => shortId(arn).startsWith(start));
    if (found === undefined) {
        const ids = running.map(({ arn }) => shortId(arn));
        throw new AppError("TASK_NOT_RUNNING", {
            message:
                start === "" || ids.length === 0
                    ? `no task of service ${service} runs`
                    : `no task of service ${service} that runs begins with ${start}: expected one of ${ids.join(", ")}`,
            hint: command("service", "list", environment),
        });
    }
    return found;
}
