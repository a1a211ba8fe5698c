import type { Target } from "../environment/target";
import type { Instance } from "../ports/awsServices";
import type { Progress } from "../ports/io";
import { pollUntil } from "./poll";

/**
 * Waits until ECS has noticed that these hosts stand still, which it does "within a few minutes"
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-versions.html#container-lifecycle): until then they
 * would pass for ready while they boot.
 */
export async function untilSilent(
    { aws, clock, signal, clusterName }: Target,
    ids: readonly string[],
    longestMilliseconds = longestStopMilliseconds,
): Promise<void> {
    const deadline = clock.now().getTime() + longestMilliseconds;
    await pollUntil(clock, { deadline, signal }, async () => {
        const registered = await aws.ecs.containerInstances(clusterName);
        return !registered.some(
            ({ instanceId, agentConnected }) => agentConnected && ids.includes(instanceId),
        );
    });
}

/** How long a host takes to stop. */
const longestStopMilliseconds = 300_000;

/** Starts hosts that are stopped, or about to be, and lets them take tasks. */
export async function startHosts(
    target: Target,
    ids: readonly string[],
    progress: Pick<Progress, "note">,
): Promise<void> {
    await untilHosts(target, ids, ({ state }) => state !== "stopping");
    await untilSilent(target, ids);
    await target.aws.ec2.start(ids);
    await letTakeTasks(target, ids);
    progress.note(`started ${ids.join(", ")}`);
}

/**
 * Waits until all of these hosts are so. EC2 starts no instance that is still stopping.
 * @param onLook told of those that are not so yet
 * @returns false when the time is over
 */
export async function untilHosts(
    { aws, clock, signal }: Pick<Target, "aws" | "clock" | "signal">,
    ids: readonly string[],
    isSo: (host: Instance) => boolean,
    onLook: (others: readonly Instance[]) => void = () => undefined,
): Promise<boolean> {
    const deadline = clock.now().getTime() + longestStopMilliseconds;
    return pollUntil(clock, { deadline, signal }, async () => {
        const others = (await aws.ec2.instancesById(ids)).filter((host) => !isSo(host));
        onLook(others);
        return others.length === 0;
    });
}

/**
 * Lets hosts take tasks that were drained before: ECS keeps the registration of a host that stands still.
 * @returns the ids of those that were drained
 */
export async function letTakeTasks(
    { aws, clusterName }: Pick<Target, "aws" | "clusterName">,
    ids: readonly string[],
): Promise<readonly string[]> {
    const registered = await aws.ecs.containerInstances(clusterName);
    const drained = registered.filter(
        ({ instanceId, status }) => ids.includes(instanceId) && status === "DRAINING",
    );
    if (drained.length > 0) {
        await aws.ecs.activate(
            clusterName,
            drained.map(({ arn }) => arn),
        );
    }
    return drained.map(({ instanceId }) => instanceId);
}
