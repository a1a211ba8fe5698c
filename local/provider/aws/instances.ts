import type { EC2, Instance, InstanceStateName } from "@aws-sdk/client-ec2";
import type { Call } from "./call";
import { unlessGone } from "./errors";
import { until } from "./wait";

const changeLimitSeconds = 600;

/** An instance that is not terminated, together with the account that owns it. */
export interface FoundInstance {
    readonly instance: Instance;
    readonly ownerId: string | undefined;
}

/** The instance with this id; terminated ones count as gone, though AWS lists them for an hour. */
export async function findInstance(ec2: EC2, id: string): Promise<FoundInstance | undefined> {
    const answer = await unlessGone(() => ec2.describeInstances({ InstanceIds: [id] }));
    const reservation = answer?.Reservations?.[0];
    const instance = reservation?.Instances?.[0];
    return instance === undefined || instance.State?.Name === "terminated"
        ? undefined
        : { instance, ownerId: reservation?.OwnerId };
}

/** Waits until the instance is in one of `states`; `terminated` includes that AWS has forgotten it. */
export async function waitForInstance(
    call: Call,
    id: string,
    states: readonly InstanceStateName[],
    limitSeconds: number = changeLimitSeconds,
): Promise<void> {
    const ec2 = await call.aws.ec2();
    const isEndWanted = states.includes("terminated");
    await until(call, { what: `${id} to be ${states.join(" or ")}`, limitSeconds }, async () => {
        const found = await findInstance(ec2, id);
        const state = found?.instance.State?.Name;
        if (state === undefined && isEndWanted) {
            return true;
        }
        if (state === "shutting-down" && !isEndWanted) {
            throw new Error(
                `${id} is shutting down: ${found?.instance.StateReason?.Message ?? "AWS gives no reason"}`,
            );
        }
        return (state !== undefined && states.includes(state)) || `it is ${state ?? "not there"}`;
    });
}

/** Stops a running instance and waits until it stands still. */
export async function stopInstance(call: Call, id: string): Promise<void> {
    const ec2 = await call.aws.ec2();
    const state = (await findInstance(ec2, id))?.instance.State?.Name;
    if (state === undefined || state === "stopped" || state === "shutting-down") {
        return;
    }
    await ec2.stopInstances({ InstanceIds: [id] });
    await waitForInstance(call, id, ["stopped"]);
}

/** Starts a stopped instance and waits until it runs. */
export async function startInstance(call: Call, id: string): Promise<void> {
    const ec2 = await call.aws.ec2();
    await ec2.startInstances({ InstanceIds: [id] });
    await waitForInstance(call, id, ["running"]);
}
