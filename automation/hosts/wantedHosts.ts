import type { ResolvedSettings } from "../../components/model/settings";
import { tagKeys } from "../../components/model/tags";
import { AppError } from "../errors/appError";
import type { Aws } from "../ports/awsServices";

/**
 * How many hosts an environment should have. Under managed scaling the group's own desired capacity moves, and the
 * settings only say where it starts.
 */
export async function countWantedHosts(
    aws: { readonly autoScaling: Pick<Aws["autoScaling"], "groups"> },
    hosts: ResolvedSettings["hosts"],
    stack: string,
): Promise<number> {
    if (hosts.mode === "fixed") {
        return hosts.count;
    }
    try {
        const [group] = await aws.autoScaling.groups({ [tagKeys.stack]: stack });
        return group?.desired ?? hosts.desired;
    } catch (error) {
        if (error instanceof AppError && error.code === "AWS_ACCESS_DENIED") {
            return hosts.desired;
        }
        throw error;
    }
}
