import { command } from "../../components/model/commandLine";
import { pausedSince } from "../../components/model/pause";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import type { ContainerInstance, Host } from "../ports/aws";
import { nameOfHost } from "./describeHost";
import { requireNotLent } from "./lent";

/** @throws AppError HOST_NOT_RUNNING, with what lets it run again */
export async function requireRunning(target: Target, host: Host): Promise<void> {
    if (host.state === "running") {
        return;
    }
    const { aws, clusterName, owner, environment } = target;
    const isPaused = pausedSince(await aws.ecs.cluster(clusterName), owner) !== undefined;
    const next = isPaused ? "resume" : "up";
    throw new AppError("HOST_NOT_RUNNING", {
        message: `host ${nameOfHost(host)} is ${host.state}, expected it to run`,
        hint: host.state === "pending" ? command("wait", environment) : command(next, environment),
    });
}

/**
 * What ECS knows of a host.
 * @throws AppError HOST_LENT where its agent is in another cluster; HOST_NOT_RUNNING where it has not registered
 */
export async function requireRegistered(target: Target, host: Host): Promise<ContainerInstance> {
    await requireRunning(target, host);
    if (host.containerInstance === undefined) {
        await requireNotLent(target, [host]);
        throw new AppError("HOST_NOT_RUNNING", {
            message: `no agent of host ${nameOfHost(host)} has registered in cluster ${target.clusterName}`,
            hint: command("hosts", "start-agent", target.environment, host.instanceId),
        });
    }
    return host.containerInstance;
}

/** The same with its agent connected: of a host whose agent is gone nobody moves tasks. @throws AppError HOST_NOT_RUNNING */
export async function requireConnected(target: Target, host: Host): Promise<ContainerInstance> {
    const registered = await requireRegistered(target, host);
    if (!registered.agentConnected) {
        throw new AppError("HOST_NOT_RUNNING", {
            message: `the agent of host ${nameOfHost(host)} is not connected, so ECS moves no task off it`,
            hint: command("hosts", "start-agent", target.environment, host.instanceId),
        });
    }
    return registered;
}
