import { isRefusedByAws } from "../errors/appError";
import type { Aws } from "../ports/awsServices";

/** Whether AWS Systems Manager can run commands on a host. */
export type SsmReach =
    | "online"
    /** It has been there, and has not been heard of for minutes. */
    | "lost"
    /** Its image has no SSM agent, its role does not allow it, or it has no way to SSM. */
    | "none"
    /** The caller may not ask. */
    | "unknown";

/** Which hosts AWS Systems Manager reaches: one query, however many hosts there are. */
export async function readReach(
    { ssm }: Pick<Aws, "ssm">,
    instanceIds: readonly string[],
): Promise<(instanceId: string) => SsmReach> {
    if (instanceIds.length === 0) {
        return () => "none";
    }
    try {
        const nodes = await ssm.managedNodes(instanceIds);
        const online = new Map(nodes.map((one) => [one.instanceId, one.pingStatus === "Online"]));
        return (instanceId) => {
            const isOnline = online.get(instanceId);
            return isOnline === undefined ? "none" : isOnline ? "online" : "lost";
        };
    } catch (error) {
        if (isRefusedByAws(error)) {
            return () => "unknown";
        }
        throw error;
    }
}
