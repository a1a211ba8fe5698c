import { command, line } from "../../../../components/model/commandLine";
import type { CommonOptions } from "../../../command/command";
import { openUpToRead } from "../../../environment/reading";
import type { OpenTarget } from "../../../environment/target";
import { AppError } from "../../../errors/appError";
import { chooseHost } from "../../../hosts/chooseHosts";
import { nameOfHost } from "../../../hosts/describeHost";
import { readReach } from "../../../hosts/reach";
import { requirePlugin, sessionProgram } from "../../../hosts/sessionPlugin";
import { requireRunning } from "../../../hosts/requireHost";
import type { Host } from "../../../ports/aws";
import type { Context } from "../../../ports/context";
import type { Program } from "../../../ports/io";
import { awsTarget } from "../../../settings/environmentSettings";

export interface ShellRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
    readonly host: string;
    readonly ssh: boolean;
}

/**
 * Opens a shell on a host, on the terminal of this process.
 * @returns the exit code of the program that had the terminal
 * @throws AppError HOST_NOT_FOUND and its like, HOST_NOT_RUNNING, HOST_NOT_REACHED, SESSION_PLUGIN_MISSING
 */
export async function openShell(request: ShellRequest, context: Context): Promise<number> {
    const target = await openUpToRead(context, request);
    const host = await chooseHost(target, request.host);
    await requireRunning(target, host);
    return request.ssh ? context.io.handOver(sshTo(target, host)) : inSession(target, host, context);
}

async function inSession(target: OpenTarget, host: Host, context: Context): Promise<number> {
    const { aws, signal, project, file } = target;
    const found = await requirePlugin(context);
    await requireReached(target, host);
    const session = await aws.ssm.startSession(host.instanceId);
    try {
        signal.throwIfAborted();
        const { profile = context.env["AWS_PROFILE"] ?? "" } = awsTarget({
            ...project.config,
            ...file.config,
        });
        return await context.io.handOver(sessionProgram(found, session, host.instanceId, profile));
    } finally {
        await aws.ssm.terminateSession(session.sessionId);
    }
}

async function requireReached(target: OpenTarget, host: Host): Promise<void> {
    const reach = (await readReach(target.aws, [host.instanceId]))(host.instanceId);
    if (reach === "none" || reach === "lost") {
        const ssh = command("hosts", "shell", target.environment, host.instanceId, "--ssh");
        throw new AppError("HOST_NOT_REACHED", {
            message: `Systems Manager ${reach === "lost" ? "has lost" : "does not reach"} host ${nameOfHost(host)}: its image needs the SSM agent, and its role instanceRole.ssm: true`,
            details: host.keyName === undefined ? [] : [line`with the key pair ${host.keyName}: ${ssh}`],
            hint: command("doctor", target.environment),
        });
    }
}

/** SUSE's images let nobody in but ec2-user (SUSE's guide on public cloud images). */
function sshTo({ environment }: OpenTarget, host: Host): Program {
    const { keyName, publicIpAddress, privateIpAddress } = host;
    const address = publicIpAddress ?? privateIpAddress;
    if (keyName === undefined || address === undefined) {
        throw new AppError("HOST_NOT_REACHED", {
            message:
                keyName === undefined
                    ? `host ${nameOfHost(host)} was launched without a key pair, so ssh lets nobody in: expected hosts.keyName in the settings`
                    : `host ${nameOfHost(host)} has no address`,
            hint: command("hosts", "shell", environment, host.instanceId),
        });
    }
    return { command: "ssh", args: [`ec2-user@${address}`] };
}
