import { command } from "../../components/model/commandLine";
import { tagKeys } from "../../components/model/tags";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import { formatSeconds } from "../output/durations";
import { isGone } from "./find";
import { pollUntil } from "./poll";

/** Without these a group does not replace what is terminated (EC2 Auto Scaling user guide, "Suspend and resume"). */
const neededProcesses = ["Launch", "Terminate"];

/**
 * Terminates a host of an Auto Scaling group, which starts another from its present launch template, and waits until
 * the old one is gone.
 * @throws AppError GROUP_SUSPENDED before anything is done; NOT_READY when the host is still there after the time
 */
export async function renewHost(
    { aws, clock, signal, environment, stackName }: Target,
    instanceId: string,
    timeoutSeconds: number,
): Promise<void> {
    const ofStack = { [tagKeys.stack]: stackName };
    for (const { name, suspendedProcesses } of await aws.autoScaling.groups(ofStack)) {
        const suspended = suspendedProcesses.filter((process) => neededProcesses.includes(process));
        if (suspended.length > 0) {
            throw new AppError("GROUP_SUSPENDED", {
                message: `the Auto Scaling group ${name} would not replace a host: ${suspended.join(" and ")} is suspended`,
                hint: `aws autoscaling resume-processes --auto-scaling-group-name ${name} --scaling-processes ${suspended.join(" ")}`,
            });
        }
    }
    const deadline = clock.now().getTime() + timeoutSeconds * 1000;
    await aws.autoScaling.renew(instanceId);
    let state = "";
    const isOver = await pollUntil(clock, { deadline, signal }, async () => {
        const old = (await aws.ec2.instances(ofStack)).find((one) => one.instanceId === instanceId);
        state = old?.state ?? "";
        return old === undefined || isGone(old);
    });
    if (!isOver) {
        throw new AppError("NOT_READY", {
            message: `host ${instanceId} is still ${state} ${formatSeconds(timeoutSeconds)} after its termination`,
            hint: command("status", environment),
        });
    }
}
