import type { ImageLock } from "../../../../components/model/images/imageLock";
import { checkSettings, doubtsAbout, tellWarnings } from "../../../environment/checks";
import { planOnly, withProgress } from "../../../environment/progressPhases";
import { locate, type SettledTarget } from "../../../environment/target";
import { namesOfHosts, unfinishedSteps, urnsOfHosts, type Unfinished } from "../../../hosts/imageChanges";
import type { ReplacementStep } from "../../../hosts/plan";
import { readReplacement } from "../../../hosts/readPlan";
import { ownSteps, type Replacement } from "../../../hosts/replace";
import { waitUntilReady } from "../../../hosts/wait";
import type { Context } from "../../../ports/context";
import type { ResourceEvent } from "../../../ports/engine";
import type { Progress } from "../../../ports/io";
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
export interface UpdatePlan extends ImageMove, Replacement {
    readonly environment: string;
    readonly packageChanges: PackageChanges;
    /** What an earlier run has left to be made, and what comes first. */
    readonly unfinished: Unfinished;
    /** Hosts that are to be replaced, in this order. */
    readonly steps: readonly ReplacementStep[];
    /** Hosts that carry the environment's tags and are not its own, by the state; left alone. */
    readonly strays: readonly string[];
    /** Tasks may stop with their hosts. */
    readonly allowInterruption: boolean;
    /** What the engine would do. */
    readonly changes: readonly ResourceEvent[];
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
    return withProgress(context, async (progress) => {
        progress.phase("checking");
        const { warnings } = await checkSettings(target);
        tellWarnings(target, [...doubtsAbout(target), ...warnings], progress, context);
        progress.phase("looking at hosts and their tasks");
        const preview = { settings, observer: planOnly(progress), parallel: request.parallel };
        const imageId = move.to.id;
        const [{ steps: changes }, all, resources] = await Promise.all([
            stack.preview(preview),
            readReplacement(target, imageId),
            stack.resources(),
        ]);
        const names = namesOfHosts(resources);
        const urns = urnsOf(names, urnsOfHosts(changes));
        const { steps, strays } = ownSteps(target, urns, all);
        // While a host that was replaced is still to be deleted, the state has two of its name.
        const fixed = new Set(names.values()).size;
        const hosts = settings.hosts.mode === "autoScaling" ? all.current + steps.length : fixed;
        const standing = steps.flatMap(({ host }) => names.get(host.instanceId) ?? []);
        const unfinished = unfinishedSteps(changes, standing);
        return {
            ...move,
            environment,
            imageId,
            packageChanges: await packageChangesOf(move, steps, context),
            unfinished,
            steps,
            strays,
            allowInterruption: request.allowInterruption,
            urns,
            changes,
            hosts,
            // A host that a killed engine left unrecorded is none of these, and nobody waits for it.
            done: hosts - steps.length - unfinished.hosts,
        };
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
    const { unfinished, done, imageId } = plan;
    const untilReady = async (hosts: number, progress: Progress): Promise<unknown> =>
        waitUntilReady(
            await locate(target),
            { settings, timeoutSeconds: request.timeoutSeconds, imageId, hosts },
            progress,
        );
    if (unfinished.urns.length > 0) {
        await withProgress(context, async (progress) => {
            progress.phase("finishing what an earlier run began");
            const { parallel } = request;
            await stack.up({
                settings,
                observer: progress,
                parallel,
                targets: unfinished.urns,
                whole: true,
            });
            signal.throwIfAborted();
            await untilReady(done + unfinished.hosts, progress);
        });
        return planUpdate(target, plan, request, context);
    }
    if (done === 0 || !stopsTasks(plan.steps)) {
        return plan;
    }
    return withProgress(context, async (progress) => {
        progress.phase("waiting for hosts that were replaced before");
        await untilReady(done, progress);
        return {
            ...plan,
            ...ownSteps(target, plan.urns, await readReplacement(await locate(target), imageId)),
        };
    });
}

/** Whether tasks stop with their hosts. */
export function stopsTasks(steps: readonly ReplacementStep[]): boolean {
    return steps.some(({ homeless, ending }) => homeless.length + ending.length > 0);
}

/** The engine's name of each fixed host that it would replace, by its instance. */
function urnsOf(
    nameOfInstance: ReadonlyMap<string, string>,
    urnOfName: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
    return new Map(
        [...nameOfInstance].flatMap(([instanceId, name]) => {
            const urn = urnOfName.get(name);
            return urn === undefined ? [] : [[instanceId, urn] as const];
        }),
    );
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
