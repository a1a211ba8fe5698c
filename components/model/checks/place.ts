import { refusal, type Findings } from "./finding";
import type { Caller } from "./reads";

/** `arn:<partition>:ecs:<region>:<account>:cluster/<name>` (Amazon ECS, Service Authorization Reference). */
const clusterArnForm = /^arn:[^:]+:ecs:(?<region>[^:]+):(?<accountId>\d+):cluster\//;

/**
 * An environment must be looked for where it is: elsewhere nothing would be found, and all would count as gone.
 * @param clusterArn of the cluster in the environment's state; without one nothing can be said
 */
export function checkPlace(caller: Caller, clusterArn: string | undefined): Findings {
    const place = clusterArnForm.exec(clusterArn ?? "")?.groups;
    const { region = caller.region, accountId = caller.accountId } = place ?? {};
    if (region === caller.region && accountId === caller.accountId) {
        return [];
    }
    const remedies = [
        ...(accountId === caller.accountId ? [] : [`export AWS_PROFILE=<a profile of account ${accountId}>`]),
        ...(region === caller.region
            ? []
            : [`export AWS_REGION=${region}, or set aws:region in the settings file to it`]),
    ];
    const message =
        `the environment's cluster is in account ${accountId}, region ${region}, ` +
        `but AWS is asked as ${caller.arn} of account ${caller.accountId} in region ${caller.region}`;
    return [refusal("AWS_ACCOUNT_MISMATCH", "", message, remedies.join("; "))];
}
