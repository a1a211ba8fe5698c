import type { ResolvedSettings } from "../../components/model/settings";
import type { Target } from "../environment/target";
import { isRefusedByAws } from "../errors/appError";
import type { WantedHost } from "./judge";

type Asked = Pick<Target, "aws" | "clusterName" | "stateIds">;

/** What makes a host of an environment a ready one: for every verb that judges hosts the same. */
export function wantedHost(
    { clusterName }: Pick<Target, "clusterName">,
    { dockerStorage, capabilities }: Pick<ResolvedSettings, "dockerStorage" | "capabilities">,
): WantedHost {
    return { clusterName, dockerStorage, capabilities };
}

/** The same with the capacity provider of the group: without it a host runs tasks, but none of that provider's. */
export async function readWantedHost(
    target: Asked,
    settings: Pick<ResolvedSettings, "hosts" | "dockerStorage" | "capabilities">,
): Promise<WantedHost> {
    const capacityProvider = settings.hosts.mode === "autoScaling" ? await ownCapacityProvider(target) : {};
    return { ...wantedHost(target, settings), ...capacityProvider };
}

/** The capacity provider through which the cluster uses the environment's group, or why it could not be read. */
async function ownCapacityProvider({
    aws,
    clusterName,
    stateIds,
}: Asked): Promise<Pick<WantedHost, "capacityProvider" | "unread">> {
    try {
        const used = await aws.ecs.clusterCapacityProviders(clusterName);
        return { capacityProvider: used.find(({ arn }) => stateIds.has(arn))?.name };
    } catch (error) {
        if (isRefusedByAws(error)) {
            return { unread: [`the capacity providers of the cluster: ${error.message}`] };
        }
        throw error;
    }
}
