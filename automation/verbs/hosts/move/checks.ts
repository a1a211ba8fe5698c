import { command } from "../../../../components/model/commandLine";
import { callContext, hostCall, joiningActions } from "../../../../components/model/iam/hostCalls";
import { AppError, isRefusedByAws } from "../../../errors/appError";
import { nameOfHost } from "../../../hosts/describeHost";
import { readReach } from "../../../hosts/reach";
import type { Host } from "../../../ports/aws";
import type { Context } from "../../../ports/context";
import type { HostsTarget } from "../onHosts";

/** @throws AppError CLUSTER_NOT_FOUND for a cluster that is not ACTIVE: a host that is told such a one joins none */
export async function requireClusterThere({ aws }: HostsTarget, name: string): Promise<void> {
    const cluster = await aws.ecs.cluster(name);
    if (cluster?.status !== "ACTIVE") {
        const is = cluster === undefined ? "" : `: it is ${cluster.status}`;
        throw new AppError("CLUSTER_NOT_FOUND", {
            message: `there is no ACTIVE cluster ${name} to move a host to${is}`,
            hint: "aws ecs list-clusters",
        });
    }
}

/** @throws AppError HOST_NOT_REACHED */
export async function requireReached({ aws, environment }: HostsTarget, host: Host): Promise<void> {
    const reach = (await readReach(aws, [host.instanceId]))(host.instanceId);
    if (reach !== "online") {
        throw new AppError("HOST_NOT_REACHED", {
            message: `SSM does not reach host ${nameOfHost(host)}, and without it only other user data would bring it to another cluster, which replaces the host`,
            details: [
                "SLES 12 and 15: set instanceRole.ssm to true, so that the role lets SSM in, and the host can be reached a few minutes later",
                "SLES 16: its images have no SSM agent; set clusterName in the settings of an environment of its own",
            ],
            hint: command("up", environment),
        });
    }
}

/**
 * Whether the role of the host lets it join the other cluster: one that may not would be in none. Who may not have that
 * evaluated is warned.
 * @throws AppError INSTANCE_PROFILE_TOO_NARROW
 */
export async function requireRoleFor(
    { aws, clusterArn }: HostsTarget,
    host: Host,
    toCluster: string,
    { io }: Pick<Context, "io">,
): Promise<void> {
    const toArn = clusterArn?.replace(/:cluster\/.*$/, `:cluster/${toCluster}`);
    try {
        const profile =
            host.instanceProfileName === undefined
                ? undefined
                : await aws.iam.instanceProfile(host.instanceProfileName);
        if (profile?.roleArn === undefined || toArn === undefined) {
            return;
        }
        const { roleArn } = profile;
        const verdicts = await Promise.all(
            joiningActions.map(async (action) => {
                const { resource } = hostCall(action, toArn, {});
                const question = { actions: [action], resource, context: callContext(toArn) };
                return [action, (await aws.iam.verdictsOnRole(roleArn, question)).get(action)] as const;
            }),
        );
        const denied = verdicts.filter(([, verdict]) => verdict === "denied").map(([action]) => action);
        if (denied.length > 0) {
            throw new AppError("INSTANCE_PROFILE_TOO_NARROW", {
                message: `the role ${roleArn.split("/").at(-1) ?? roleArn} of host ${nameOfHost(host)} may not join cluster ${toCluster}: it does not allow ${denied.join(", ")} there`,
                hint: "set instanceRole.policy to awsManaged, or give the role what is missing by hand",
            });
        }
    } catch (error) {
        if (!isRefusedByAws(error)) {
            throw error;
        }
        io.stderr(
            `warning: could not check whether the role lets the host join cluster ${toCluster}: ${error.message}\n`,
        );
    }
}
