import type { ImageLock } from "../../../../components/model/images/imageLock";
import { checkSettings, doubtsAbout, tellWarnings } from "../../../environment/checks";
import { planOnly, withProgress } from "../../../environment/progressPhases";
import { locate, type SettledTarget } from "../../../environment/target";
import type { ReplacementStep } from "../../../hosts/plan";
import { waitUntilReady } from "../../../hosts/wait";
import type { Host } from "../../../ports/aws";
import type { Context } from "../../../ports/context";
import { awaitEarlierHosts, planRoll, type RollPlan } from "../../../rolling/planRoll";
import { comparePackages, type PackageChanges } from "./packageChanges";
import type { UpdateImageRequest } from "./request";

/** From which image an environment moves to which. */
export interface ImageMove {
    /** The image that the environment was locked to. */
    readonly from?: ImageLock;
    readonly to: ImageLock;
    /** What becomes of `hostImage.filter`, where it does not match the image; a line. */
    readonly filterChange?: string;
}

/** All that an update does, known before the first change. */
export interface UpdatePlan extends ImageMove, RollPlan {
    readonly environment: string;
    readonly packageChanges: PackageChanges;
    /** Tasks may stop with their hosts. */
    readonly allowInterruption: boolean;
}

/**
 * Checks AWS as `up` does, asks the engine what it would do, and plans the hosts. Changes nothing.
 * @param target whose settings already have the new lock
 */
export function planUpdate(
    target: SettledTarget,
    move: ImageMove,
    request: UpdateImageRequest,
    context: Context,
): Promise<UpdatePlan> {
    const { environment, stack, settings } = target;
    const { parallel, batch, allowInterruption } = request;
    return withProgress(context, async (progress) => {
        progress.phase("checking");
        const { warnings } = await checkSettings(target);
        tellWarnings(target, [...doubtsAbout(target), ...warnings], progress, context);
        progress.phase("looking at hosts and their tasks");
        const preview = stack.preview({ settings, observer: planOnly(progress), parallel });
        const isOutdated = (host: Host): boolean => host.imageId !== move.to.id;
        const plan = await planRoll(target, { preview, batch, judge: () => isOutdated });
        const packageChanges = await packageChangesOf(move, plan.steps, context);
        return { ...move, ...plan, environment, packageChanges, allowInterruption };
    });
}

/**
 * Where an earlier run was stopped, what it began comes before anything is judged: makes what it has left to be made,
 * by which nothing is lost, or waits for the hosts that it brought, where tasks have room once they are ready.
 */
export async function finishEarlierRun(
    target: SettledTarget,
    plan: UpdatePlan,
    request: UpdateImageRequest,
    context: Context,
): Promise<UpdatePlan> {
    const { settings, stack, signal } = target;
    const { unfinished, done, isOutdated } = plan;
    const { parallel, timeoutSeconds } = request;
    if (unfinished.urns.length === 0) {
        return awaitEarlierHosts(target, plan, timeoutSeconds, context);
    }
    await withProgress(context, async (progress) => {
        progress.phase("finishing what an earlier run began");
        const targets = unfinished.urns;
        await stack.up({ settings, observer: progress, parallel, targets, whole: true });
        signal.throwIfAborted();
        const counts = (host: Host): boolean => !isOutdated(host);
        const hosts = done + unfinished.hosts;
        await waitUntilReady(await locate(target), { settings, timeoutSeconds, counts, hosts }, progress);
    });
    return planUpdate(target, plan, request, context);
}

/** Beside the oldest image that a host runs now. */
async function packageChangesOf(
    { from, to }: ImageMove,
    steps: readonly ReplacementStep[],
    context: Pick<Context, "loadPint">,
): Promise<PackageChanges> {
    const [running] = steps.flatMap(({ host }) => host.imageName ?? []).sort();
    return comparePackages({ from: running ?? from?.name, to }, await context.loadPint());
}
