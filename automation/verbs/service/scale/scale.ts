import { command } from "../../../../components/model/commandLine";
import { serviceLimits } from "../../../../components/model/services/serviceRequest";
import type { CommonOptions } from "../../../command/command";
import { withProgress } from "../../../environment/progressPhases";
import { openUp } from "../../../environment/target";
import { AppError } from "../../../errors/appError";
import { withLock, type LockRequest } from "../../../lock/withLock";
import { secondsBetween } from "../../../output/durations";
import type { Context } from "../../../ports/context";
import { hasFailed, primaryOf, startsAgain } from "../../../services/deployments";
import { requireOwnService } from "../../../services/ownService";
import { waitUntilSteady } from "../../../services/untilSteady";

export interface ScaleServiceRequest
    extends Pick<CommonOptions, "projectDirectory">, Pick<LockRequest, "waitForLockSeconds"> {
    readonly environment: string;
    readonly service: string;
    readonly count: number;
    readonly timeoutSeconds: number;
}

export interface ScaleServiceResult {
    readonly environment: string;
    readonly clusterName: string;
    readonly service: string;
    /** How many tasks were wanted before. */
    readonly before: number;
    readonly count: number;
    readonly seconds: number;
}

/**
 * Has another number of tasks run, and waits for them. Idempotent.
 * @throws AppError SERVICE_INVALID, SERVICE_NOT_FOUND, SERVICE_OF_OTHERS or LOCKED before anything is changed; SERVICE_NOT_STEADY
 */
export async function scaleService(
    request: ScaleServiceRequest,
    context: Context,
): Promise<ScaleServiceResult> {
    const startedAt = context.clock.now();
    const { service, count, timeoutSeconds } = request;
    const { least, most } = serviceLimits.count;
    if (!Number.isInteger(count) || count < least || count > most) {
        throw new AppError("SERVICE_INVALID", {
            message: `count: got ${count}, expected a whole number from ${least} to ${most}; nothing was changed`,
            hint: command("service", "scale", "--help"),
        });
    }
    const open = () => openUp(context, request);
    return withLock({ ...request, verb: "service scale" }, context, open, async (target) => {
        const { aws, environment, clusterName } = target;
        const found = await requireOwnService(target, service);
        const before = found.service.desired;
        const again = command("service", "scale", environment, service, String(count));
        await withProgress(context, async (progress) => {
            const isFailed = hasFailed(found.progress);
            const isChanged = before !== count || isFailed;
            let deploymentId = primaryOf(found.progress)?.id;
            if (isChanged) {
                progress.phase("checking lock and passphrase");
                await target.stack.requireWorkable("service scale", progress);
                ({ deploymentId } = await aws.ecs.setDesiredCount(clusterName, service, count, isFailed));
                progress.note(`service ${service}: desired count ${before} -> ${count}`);
                if (isFailed) {
                    progress.note(`service ${service}: ${startsAgain}`);
                }
            }
            progress.phase(`waiting for ${service}`);
            const wait = { service, count, timeoutSeconds, deploymentId, wasRead: !isChanged, again };
            await waitUntilSteady(target, wait, progress);
        });
        const seconds = secondsBetween(startedAt, context.clock.now());
        return { environment, clusterName, service, before, count, seconds };
    });
}
