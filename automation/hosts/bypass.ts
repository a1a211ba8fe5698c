import { lacksCapacityProvider } from "../../components/model/diagnosis/ready";
import type { Host } from "../ports/aws";
import type { WantedHost } from "./judge";

/**
 * What a host misses that is ready all the same: it runs tasks, but none of its group's capacity provider. An update that was
 * killed between group and capacity provider must come to its end.
 */
export function bypassText(
    { containerInstance }: Pick<Host, "containerInstance">,
    wanted: Pick<WantedHost, "clusterName" | "capacityProvider">,
): string | undefined {
    return containerInstance !== undefined && lacksCapacityProvider(containerInstance, wanted)
        ? `registered before its group had capacity provider ${wanted.capacityProvider}, whose tasks it does not get; doctor names what mends it`
        : undefined;
}
