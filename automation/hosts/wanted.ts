import type { ResolvedSettings } from "../../components/model/settings";
import type { Target } from "../environment/target";
import { isRefusedByAws } from "../errors/appError";
import type { WantedHost } from "./judge";

type Asked = Pick<Target, "aws" | "clusterName" | "stateIds">;

/** What makes a host of an environment a ready one: for every verb that judges hosts the same. */
export async function readWantedHost(
    target: Asked,
    settings: Pick<ResolvedSettings, "hosts" | "dockerStorage">,
): Promise<WantedHost> {
    const { clusterName } = target;
    const { dockerStorage, hosts } = settings;
    const capacityProvider = hosts.mode === "autoScaling" ? await ownCapacityProvider(target) : {};
    return { clusterName, dockerStorage, ...capacityProvider };
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
