import type { AutoScaling, AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type { Call } from "../aws/call";
import { errorCode } from "../aws/errors";
import { retryWhile, until } from "../aws/wait";
import type { Properties } from "../schema/property";

const limitSeconds = 600;

/** The group of this name, or `undefined` when it is gone. */
export async function findGroup(client: AutoScaling, name: string): Promise<AutoScalingGroup | undefined> {
    const answer = await client.describeAutoScalingGroups({ AutoScalingGroupNames: [name] });
    return answer.AutoScalingGroups?.[0];
}

/** Scales the group in to nothing and waits until its instances are gone. */
async function drain(call: Call, client: AutoScaling, name: string): Promise<void> {
    const instances = (await findGroup(client, name))?.Instances ?? [];
    const guarded = instances.filter((instance) => instance.ProtectedFromScaleIn === true);
    if (guarded.length > 0) {
        await client.setInstanceProtection({
            AutoScalingGroupName: name,
            InstanceIds: guarded.map((instance) => instance.InstanceId ?? ""),
            ProtectedFromScaleIn: false,
        });
    }
    await client.updateAutoScalingGroup({
        AutoScalingGroupName: name,
        DesiredCapacity: 0,
        MaxSize: 0,
        MinSize: 0,
    });
    await until(call, { what: `the instances of ${name} to go`, limitSeconds }, async () => {
        const left = (await findGroup(client, name))?.Instances?.length ?? 0;
        return left === 0 || `${left} are left`;
    });
}

function isBusy(error: unknown): boolean {
    return ["ScalingActivityInProgress", "ResourceInUse"].includes(errorCode(error) ?? "");
}

function isGone(error: unknown): boolean {
    return errorCode(error) === "ValidationError" && /not found/i.test((error as Error).message);
}

/** Deletes a group: with `forceDelete` together with its instances, else after they are gone. */
export async function deleteGroup(call: Call, id: string, state: Properties): Promise<void> {
    const client = await call.aws.autoScaling();
    const isForced = state["forceDelete"] === true;
    if ((await findGroup(client, id)) === undefined) {
        return;
    }
    if (!isForced) {
        await drain(call, client, id);
    }
    await retryWhile(call, { what: `the activities of ${id} to end`, limitSeconds }, isBusy, async () => {
        try {
            await client.deleteAutoScalingGroup({ AutoScalingGroupName: id, ForceDelete: isForced });
        } catch (error) {
            if (!isGone(error)) {
                throw error;
            }
        }
    });
    await until(call, { what: `${id} to be deleted`, limitSeconds }, async () => {
        const group = await findGroup(client, id);
        return group === undefined || `it is ${group.Status ?? "still there"}`;
    });
}
