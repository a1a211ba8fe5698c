import type { ExecuteCommandRequest } from "@aws-sdk/client-ecs";
import { randomUUID } from "node:crypto";
import type { Cloud } from "../cloud";
import { AwsError } from "../front/apiResponse";
import { sessionsPath } from "../sessions/serveSessions";
import { activeCluster, invalid } from "./inputs";
import { arnInCluster } from "./names";

/**
 * Gives out a session with a command in a container; it begins when the session is taken up.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ExecuteCommand.html
 */
export async function executeCommand(
    input: ExecuteCommandRequest,
    region: string,
    cloud: Cloud,
    host: string,
): Promise<object> {
    const { clusterArn } = await activeCluster(cloud, region, input.cluster);
    const task = cloud.ecs.tasks.get(arnInCluster(clusterArn, "task", input.task));
    if (task?.lastStatus !== "RUNNING") {
        throw invalid("The task provided in the request was not found or is not running.");
    }
    const service = cloud.ecs.services.get(task.serviceArn ?? "");
    if (service?.exec !== true) {
        throw invalid(
            "The execute command failed because execute command was not enabled when the task was run or the execute command agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.",
        );
    }
    const name = input.container ?? task.taskDefinition.containerDefinitions?.[0]?.name ?? "";
    const known = task.containers?.find((one) => one.name === name);
    const { exec } = cloud.containers;
    if (exec === undefined || known?.runtimeId === undefined) {
        throw new AwsError(
            "TargetNotConnectedException",
            "Tasks of this local cloud are simulated, and nothing runs in them: it was started without --containers docker.",
        );
    }
    const { runtimeId } = known;
    const sessionId = `local-${randomUUID()}`;
    const token = randomUUID();
    cloud.sessions.add(sessionId);
    cloud.waitingSessions.set(sessionId, { token, open: () => exec(runtimeId, input.command ?? "") });
    return {
        clusterArn,
        containerArn: `${task.arn.replace(":task/", ":container/")}/${name}`,
        containerName: name,
        interactive: true,
        session: { sessionId, streamUrl: `ws://${host}${sessionsPath}${sessionId}`, tokenValue: token },
        taskArn: task.arn,
    };
}
