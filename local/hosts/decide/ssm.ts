import type { HostFacts } from "./hostFacts";
import { readImage } from "./image";
import { reachBy, reachSsm } from "./network";
import { isAllowed } from "./policy";

/** What the SSM agent cannot do without: to say that it is there, and to take commands. */
const neededActions = ["ssm:UpdateInstanceInformation", "ssmmessages:OpenControlChannel"] as const;

/**
 * Why AWS Systems Manager does not reach a host; undefined where it does. SUSE's images for SLES 12 and 15 have the SSM agent,
 * those for SLES 16 "not available yet" (SUSE's image recipes). That its unit is enabled there is unverified.
 */
export function whyNotManaged(facts: HostFacts): string | undefined {
    const { generation } = readImage(facts.imageName);
    if (generation === undefined || generation === 16) {
        return `${facts.imageName} has no SSM agent`;
    }
    const { role } = facts;
    if (role.kind !== "role") {
        return role.kind === "none" ? "the instance has no instance profile" : role.why;
    }
    const context = { "aws:RequestedRegion": facts.region };
    const denied = neededActions.find(
        (action) => !isAllowed(role.policies, { action, resource: "*", context }),
    );
    if (denied !== undefined) {
        return `role ${role.roleName} does not allow ${denied}`;
    }
    const reached = reachBy(facts.userData.bootstrap?.proxies?.ssm, facts.network, reachSsm);
    return reached.reachable ? undefined : reached.why;
}
