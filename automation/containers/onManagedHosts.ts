import { command } from "../../components/model/commandLine";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import { nameOfHost } from "../hosts/describeHost";
import { findHosts } from "../hosts/find";
import { readReach } from "../hosts/reach";
import type { Host } from "../ports/aws";

/** Hosts of an environment that run, told by whether Systems Manager reaches them. */
export interface ManagedHosts {
    readonly reached: readonly Host[];
    readonly others: readonly Host[];
}

/**
 * The hosts that can be given commands.
 * @throws AppError HOST_NOT_REACHED where there is none
 */
export async function findManagedHosts(target: Target): Promise<ManagedHosts> {
    const { aws, environment } = target;
    const running = (await findHosts(target)).hosts.filter(({ state }) => state === "running");
    const reachOf = await readReach(
        aws,
        running.map(({ instanceId }) => instanceId),
    );
    const isReached = ({ instanceId }: Host): boolean => reachOf(instanceId) === "online";
    const reached = running.filter(isReached);
    const others = running.filter((host) => !isReached(host));
    if (reached.length === 0) {
        throw new AppError("HOST_NOT_REACHED", {
            message: `AWS Systems Manager reaches no host of ${environment}, and the command goes through it`,
            details: [
                ...others.map(
                    (host) =>
                        `host ${nameOfHost(host)}: its image has no SSM agent, its role does not let SSM in, or it has no way there`,
                ),
                "instanceRole.ssm: true lets it in; images of SLES 16 have no SSM agent",
            ],
            hint: command("doctor", environment),
        });
    }
    return { reached, others };
}
