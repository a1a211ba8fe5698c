import type { Cloud } from "../cloud";
import { describeCapacityProviders } from "./capacityProviders";

/** Whether a capacity provider brings hosts for tasks that fit nowhere: one with managed scaling. */
export async function waitsForCapacity(
    cloud: Cloud,
    region: string,
    capacityProvider: string | undefined,
): Promise<boolean> {
    if (capacityProvider === undefined) {
        return false;
    }
    const [provider] = await describeCapacityProviders(cloud, region, [capacityProvider]);
    return provider?.autoScalingGroupProvider?.managedScaling?.status === "ENABLED";
}
