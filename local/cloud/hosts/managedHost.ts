import type { HostFacts } from "../../hosts/decide/hostFacts";
import { readImage } from "../../hosts/decide/image";
import { whyNotManaged } from "../../hosts/decide/ssm";
import type { ManagedHost } from "../cloud";
import type { SimulatedHost } from "./simulatedHost";

/**
 * A host as Systems Manager sees it: there from its boot on, as the SSM agent waits for nothing of ours. One that it has heard
 * of before is remembered; what stands still or is terminated is not shown.
 * Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeInstanceInformation.html
 */
export function managedHost(host: SimulatedHost, facts: HostFacts | undefined): ManagedHost | undefined {
    if (facts === undefined || host.boots === 0) {
        return undefined;
    }
    const isOnline = whyNotManaged(facts) === undefined;
    host.wasManaged ||= isOnline;
    return host.wasManaged
        ? {
              instanceId: host.instanceId,
              pingStatus: isOnline ? "Online" : "ConnectionLost",
              platform: readImage(facts.imageName).title,
          }
        : undefined;
}
