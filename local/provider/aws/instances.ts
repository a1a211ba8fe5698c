import type { Instance, InstanceStateName } from "@aws-sdk/client-ec2";
import type { Clients } from "./clients";
import type { OperationContext } from "./operationContext";
import { until } from "./wait";

const changeLimitSeconds = 600;

/** The instance with this id; terminated ones count as gone, though AWS lists them for an hour. */
export async function findInstance({ lookUps }: Clients, id: string): Promise<Instance | undefined> {
    const found = await lookUps.instances.get(id);
    return found?.State?.Name === "terminated" ? undefined : found;
}

/** Waits until the instance is in one of `states`; `terminated` includes that AWS has forgotten it. */
export async function waitForInstance(
    context: OperationContext,
    id: string,
    states: readonly InstanceStateName[],
    limitSeconds: number = changeLimitSeconds,
): Promise<void> {
    const isEndWanted = states.includes("terminated");
    await until(context, { what: `${id} to be ${states.join(" or ")}`, limitSeconds }, async () => {
        const found = await findInstance(context.aws, id);
        const state = found?.State?.Name;
        if (state === undefined && isEndWanted) {
            return true;
        }
        if (state === "shutting-down" && !isEndWanted) {
            throw new Error(
                `${id} is shutting down: ${found?.StateReason?.Message ?? "AWS gives no reason"}`,
            );
        }
        return (state !== undefined && states.includes(state)) || `it is ${state ?? "not there"}`;
    });
}

/** Stops a running instance and waits until it stands still. */
export async function stopInstance(context: OperationContext, id: string): Promise<void> {
    const state = (await findInstance(context.aws, id))?.State?.Name;
    if (state === undefined || state === "stopped" || state === "shutting-down") {
        return;
    }
    await context.aws.ec2.stopInstances({ InstanceIds: [id] });
    await waitForInstance(context, id, ["stopped"]);
}

/** Starts a stopped instance and waits until it runs. */
export async function startInstance(context: OperationContext, id: string): Promise<void> {
    await context.aws.ec2.startInstances({ InstanceIds: [id] });
    await waitForInstance(context, id, ["running"]);
}
