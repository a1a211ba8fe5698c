import { couldNotCheck, type Findings } from "../../components/model/checks/finding";
import { lostPulls, narrowsPulls } from "../../components/model/checks/lostPulls";
import type { SettledTarget } from "../environment/target";

/** What running services of the cluster could not pull any more with the settings. */
export async function findLostPulls(
    target: Pick<SettledTarget, "aws" | "clusterName" | "settings">,
): Promise<Findings> {
    const { aws, clusterName, settings } = target;
    if (!narrowsPulls(settings)) {
        return [];
    }
    try {
        const [services, caller] = await Promise.all([aws.ecs.services(clusterName), aws.identity.caller()]);
        const running = services.filter(({ desired }) => desired > 0);
        const pulled = await Promise.all(
            running.map(async ({ name: service, taskDefinition }) => {
                const found =
                    taskDefinition === undefined ? undefined : await aws.ecs.registered(taskDefinition);
                const isHosts = found !== undefined && found.executionRole === undefined;
                return { service, images: isHosts ? found.containers.map(({ image }) => image) : [] };
            }),
        );
        return lostPulls(settings, caller, pulled);
    } catch (error) {
        return [couldNotCheck("containerRegistry", "what running services pull", error)];
    }
}
