import { withProgress } from "../../../environment/progressPhases";
import { requireRegistered } from "../../../hosts/requireHost";
import type { Context } from "../../../ports/context";
import { onHost, type OneHost } from "../onHosts";

export interface ActivateResult {
    readonly environment: string;
    readonly clusterName: string;
    readonly instanceId: string;
    /** It took tasks before. */
    readonly wasActive: boolean;
}

/**
 * Lets a host take tasks. Idempotent.
 * @throws AppError HOST_NOT_RUNNING, HOST_LENT or LOCKED; nothing is changed then
 */
export function activate(request: OneHost, context: Context): Promise<ActivateResult> {
    return onHost("hosts activate", request, context, async (target, host) => {
        const { arn, status } = await requireRegistered(target, host);
        const { aws, clusterName, environment, stack } = target;
        const wasActive = status === "ACTIVE";
        if (!wasActive) {
            await withProgress(context, async (progress) => {
                progress.phase("checking lock and passphrase");
                await stack.requireWorkable("hosts activate", progress);
                await aws.ecs.activate(clusterName, [arn]);
            });
        }
        return { environment, clusterName, instanceId: host.instanceId, wasActive };
    });
}
