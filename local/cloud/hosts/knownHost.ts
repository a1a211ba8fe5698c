import { movedUserData } from "../../hosts/commands/move";
import type { FirstBootFacts, KnownHost } from "./gatherFacts";
import type { SimulatedHost } from "./simulatedHost";

/** What the simulator knows of a host that has booted before. */
export function knownHost(host: SimulatedHost, firstBoot: FirstBootFacts): KnownHost {
    const { region, instanceId, boots, registeredCluster, installed, volumeWaitOver, downloadWaitOver } =
        host;
    return {
        ...firstBoot,
        userData: movedUserData(firstBoot.userData, host.movedTo),
        region,
        instanceId,
        memory: {
            earlierBoots: boots - 1,
            registeredCluster,
            installed,
            // A host registers through the bootstrap only once that has written the cluster down.
            recordedCluster: firstBoot.userData.bootstrap === undefined ? undefined : registeredCluster,
        },
        patience: { volumeOver: volumeWaitOver, downloadOver: downloadWaitOver },
    };
}
