import { isRefusedByAws, AppError } from "../errors/appError";
import type { Target } from "../environment/target";
import { formatSeconds } from "../output/durations";
import type { GroupProvider } from "../ports/scalingServices";
import { pollUntil } from "./poll";

type Place = Pick<Target, "aws" | "clock" | "signal" | "clusterName">;

/** How long ECS may take to put a capacity provider on a cluster, to take it off, or to delete it. */
const settleSeconds = 600;
/** ECS's answers to what it may take later. */
const busy = /(?:InUse|InProgress)Exception\b/;
/** The same for a capacity provider that a cluster may still use: it has no answer of its own. */
const stillUsed = /(?:InUse|InProgress|Client|InvalidParameter)Exception\b/;

/**
 * Lets the cluster use a capacity provider, and waits until it does: ECS goes on with it after its answer, and takes no other
 * change meanwhile (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html).
 * @throws AppError AWS_FAILED where ECS could not, NOT_READY where it has not in ten minutes
 */
export async function putOnCluster(place: Place, name: string): Promise<void> {
    const { aws, clusterName } = place;
    await untilSettled(place, `capacity provider ${name} is not on cluster ${clusterName}`, async () => {
        const refusal = await ask(() => aws.ecs.attachCapacityProvider(clusterName, name));
        const status = refusal ?? (await attachmentsOf(place));
        if (status === "UPDATE_FAILED") {
            throw new AppError("AWS_FAILED", {
                message: `ECS could not put capacity provider ${name} on cluster ${clusterName}`,
                hint: attachments(clusterName),
            });
        }
        return status === "UPDATE_IN_PROGRESS" ? status : refusal;
    });
}

/**
 * Lets the cluster use a capacity provider no more, and waits until it is off. Idempotent.
 * @throws AppError NOT_READY with ECS's reason where tasks or services use it for ten minutes
 */
export async function takeOffCluster(place: Place, name: string): Promise<void> {
    const { aws, clusterName } = place;
    await untilSettled(place, `capacity provider ${name} is still on cluster ${clusterName}`, async () => {
        const refusal = await ask(() => aws.ecs.detachCapacityProvider(clusterName, name));
        const status = refusal ?? (await attachmentsOf(place));
        return status === "UPDATE_IN_PROGRESS" ? status : refusal;
    });
}

/**
 * Deletes a capacity provider and proves it: ECS also accepts what it does not do then, as for one that a cluster still uses
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCapacityProvider.html). Idempotent.
 * @throws AppError NOT_READY with ECS's reason where it is there after ten minutes
 */
export async function deleteProvider(place: Place, { arn, name }: GroupProvider): Promise<void> {
    const { ecs } = place.aws;
    const find = async (): Promise<GroupProvider | undefined> =>
        (await ecs.groupProviders()).find((one) => one.arn === arn);
    await untilSettled(place, `capacity provider ${name} is still there`, async () => {
        const before = await find();
        if (before === undefined) {
            return undefined;
        }
        const refusal =
            before.updateStatus === "DELETE_IN_PROGRESS"
                ? undefined
                : await ask(() => ecs.removeCapacityProvider(arn), stillUsed);
        const left = await find();
        return refusal ?? (left && (left.updateStatus ?? "ECS has not deleted it"));
    });
}

async function attachmentsOf({ aws, clusterName }: Place): Promise<string | undefined> {
    return (await aws.ecs.cluster(clusterName))?.attachmentsStatus;
}

/** @returns ECS's words where it refuses a change that it may take later */
async function ask(change: () => Promise<void>, passing = busy): Promise<string | undefined> {
    try {
        await change();
        return undefined;
    } catch (error) {
        if (isRefusedByAws(error) && passing.test(error.message)) {
            return error.message;
        }
        throw error;
    }
}

/** @param look why it is not so yet; undefined where it is */
async function untilSettled(
    { clock, signal, clusterName }: Place,
    what: string,
    look: () => Promise<string | undefined>,
): Promise<void> {
    const deadline = clock.now().getTime() + settleSeconds * 1000;
    let why: string | undefined;
    const isSettled = await pollUntil(clock, { deadline, signal }, async () => {
        why = await look();
        return why === undefined;
    });
    if (!isSettled) {
        throw new AppError("NOT_READY", {
            message: `${what} after ${formatSeconds(settleSeconds)}: ${why ?? "ECS has not said why"}`,
            hint: attachments(clusterName),
        });
    }
}

/** Shows what ECS has come to with the capacity providers of a cluster. */
function attachments(clusterName: string): string {
    return `aws ecs describe-clusters --clusters ${clusterName} --include ATTACHMENTS`;
}
