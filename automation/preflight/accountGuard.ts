import { AppError } from "../errors/appError";
import type { Caller } from "../ports/aws";

/** `arn:<partition>:ecs:<region>:<account>:cluster/<name>` (Amazon ECS, Service Authorization Reference). */
const clusterArnForm = /^arn:[^:]+:ecs:(?<region>[^:]+):(?<accountId>\d+):cluster\//;

/**
 * Refuses to look for an environment where it is not: there nothing would be found, and all would count as gone.
 * @param clusterArn of the cluster in the environment's state; without one nothing can be said
 * @throws AppError AWS_ACCOUNT_MISMATCH
 */
export function requireSamePlace(caller: Caller, clusterArn: string | undefined): void {
    const place = clusterArnForm.exec(clusterArn ?? "")?.groups;
    const { region = caller.region, accountId = caller.accountId } = place ?? {};
    if (region === caller.region && accountId === caller.accountId) {
        return;
    }
    const remedies = [
        ...(accountId === caller.accountId ? [] : [`export AWS_PROFILE=<a profile of account ${accountId}>`]),
        ...(region === caller.region
            ? []
            : [`export AWS_REGION=${region}, or set aws:region in the settings file to it`]),
    ];
    throw new AppError("AWS_ACCOUNT_MISMATCH", {
        message:
            `the environment's cluster is in account ${accountId}, region ${region}, ` +
            `but AWS is asked as ${caller.arn} of account ${caller.accountId} in region ${caller.region}; nothing has been changed`,
        hint: remedies.join("; "),
    });
}
