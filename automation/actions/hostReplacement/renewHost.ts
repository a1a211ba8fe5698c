import { tagKeys } from "../../../components/model/tags";
import { AppError } from "../../errors";
import { formatSeconds } from "../../output/durations";
import type { Aws } from "../../ports/awsServices";
import type { Clock } from "../../ports/io";
import type { RenewRequest } from "../contracts";
import { isGone } from "../hosts";
import { pollUntil } from "../poll";

/**
 * Terminates a host of an Auto Scaling group, which starts another from its present launch template, and waits until
 * the old one is gone: until then it would count as a host that is ready.
 * @throws AppError NOT_READY when it is still there after the time
 */
export async function renewHost(
    aws: Pick<Aws, "autoScaling" | "ec2">,
    clock: Clock,
    { stack, environment, instanceId, timeoutSeconds, signal }: RenewRequest,
): Promise<void> {
    const deadline = clock.now().getTime() + timeoutSeconds * 1000;
    await aws.autoScaling.renew(instanceId);
    let state = "";
    const isOver = await pollUntil(clock, { deadline, signal }, async () => {
        const instances = await aws.ec2.instances({ [tagKeys.stack]: stack });
        const old = instances.find((instance) => instance.instanceId === instanceId);
        state = old?.state ?? "";
        return old === undefined || isGone(old);
    });
    if (!isOver) {
        throw new AppError("NOT_READY", {
            message: `host ${instanceId} is still ${state} ${formatSeconds(timeoutSeconds)} after its termination`,
            hint: `sles-ecs status ${environment}`,
        });
    }
}
