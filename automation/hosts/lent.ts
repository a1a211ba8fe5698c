import { command, line } from "../../components/model/commandLine";
import { findElsewhere } from "../diagnosis/elsewhere";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import type { Host } from "../ports/aws";
import { nameOfHost } from "./describeHost";

type Place = Pick<Target, "aws" | "clusterName">;

/**
 * Which own hosts are in another cluster, as `hosts move` brings them there: what runs on them is not in the environment's own.
 * The account's other clusters are asked only where a host that runs is missing in its own.
 * @returns the name of the cluster, by the id of the instance
 */
export async function findLent(
    { aws, clusterName }: Place,
    hosts: readonly Host[],
): Promise<ReadonlyMap<string, string>> {
    const missing = hosts.filter(
        ({ state, containerInstance }) => state === "running" && containerInstance === undefined,
    );
    const elsewhere = await findElsewhere(aws, clusterName, missing);
    return new Map([...elsewhere].map(([instanceId, found]) => [instanceId, found.clusterName]));
}

/** @throws AppError HOST_LENT for hosts that are in another cluster; all at once */
export async function requireNotLent(
    target: Place & Pick<Target, "environment">,
    hosts: readonly Host[],
): Promise<void> {
    const { clusterName, environment } = target;
    const lent = await findLent(target, hosts);
    const back = hosts
        .filter(({ instanceId }) => lent.has(instanceId))
        .map((host) => ({
            name: nameOfHost(host),
            cluster: lent.get(host.instanceId) ?? "",
            move: command("hosts", "move", environment, host.instanceId, "--to-cluster", clusterName),
        }));
    const [first] = back;
    if (first !== undefined) {
        throw new AppError("HOST_LENT", {
            message: `${back.map(({ name, cluster }) => `host ${name} is in cluster ${cluster}`).join(", ")}, expected ${clusterName}: tasks of others may run there`,
            details: back.slice(1).map(({ name, move }) => line`to bring ${name} back: ${move}`),
            hint: line`bring it back first: ${first.move}`,
        });
    }
}
