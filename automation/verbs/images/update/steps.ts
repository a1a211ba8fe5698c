import type { ResolvedSettings } from "../../../../components/model/settings";
import { describeProblem } from "../../../settings/environmentSettings";
import type { Progress } from "../../../ports/io";
import { runOptions } from "../../../environment/environment";
import type { ReplacementPlan, ReplacementStep } from "../../../hosts/replacement/displacement";
import { namesOfHosts, unfinishedSteps, urnsOfHosts } from "../../../hosts/replacement/expectedChanges";
import { untilReady } from "../../../hosts/replacement/replaceHosts";
import { planOnly, withProgress } from "../../../environment/progressPhases";
import { comparePackages, type PackageChanges } from "./packageChanges";
import type { UpdateLook, UpdateWork } from "./contracts";
import { requireRoom } from "./checks";

/** Checks AWS as `up` does, asks the engine what it would do, and plans the hosts. Changes nothing. */
export function lookAtUpdate(work: UpdateWork): Promise<UpdateLook> {
    const { request, context, stack, settings, to } = work;
    return withProgress(context, async (progress) => {
        progress.phase("checking");
        await preflight(work, progress);
        progress.phase("looking at hosts and their tasks");
        const [{ steps: changes }, plan, resources, clusterName] = await Promise.all([
            stack.preview(runOptions(request, planOnly(progress))),
            planOf(work, progress),
            stack.resources(),
            clusterNameOf(work),
        ]);
        const byName = urnsOfHosts(changes);
        const names = namesOfHosts(resources);
        const urns = new Map(
            [...names].flatMap(([instanceId, name]) => {
                const urn = byName.get(name);
                return urn === undefined ? [] : [[instanceId, urn] as const];
            }),
        );
        const own = ownHosts(settings, urns, plan);
        const hosts = settings.hosts.mode === "autoScaling" ? plan.current + own.steps.length : names.size;
        const standing = own.steps.flatMap(({ host }) => names.get(host.instanceId) ?? []);
        const unfinished = unfinishedSteps(changes, standing);
        const packages = await packagesOf(work, own);
        // A host that a killed engine left unrecorded is none of these, and nobody waits for it.
        const done = hosts - own.steps.length - unfinished.hosts;
        return {
            clusterName,
            imageId: to.id,
            packages,
            urns,
            changes,
            unfinished,
            ...own,
            done,
            hosts,
        };
    });
}

/** Makes what an earlier run has left to be made, waits for it, and looks anew. Nothing is lost by it. */
export async function finishEarlierRun(work: UpdateWork, look: UpdateLook): Promise<UpdateLook> {
    const { request, context, stack } = work;
    const { unfinished, done, imageId } = look;
    await withProgress(context, async (progress) => {
        progress.phase("finishing what an earlier run began");
        await stack.up({ ...runOptions(request, progress), targets: unfinished.urns, whole: true });
        context.signal.throwIfAborted();
        await untilReady({ ...request, ...work, imageId }, progress, done + unfinished.hosts);
    });
    return lookAtUpdate(work);
}

/**
 * Where an earlier run was stopped, the hosts that it brought may still be on their way: tasks have room there once they
 * are ready. Waits for them, and plans anew.
 */
export function lookAgain(work: UpdateWork, look: UpdateLook): Promise<UpdateLook> {
    const { context, settings } = work;
    return withProgress(context, async (progress) => {
        progress.phase("waiting for hosts that were replaced before");
        await untilReady({ ...work.request, ...work, imageId: look.imageId }, progress, look.done);
        return { ...look, ...ownHosts(settings, look.urns, await planOf(work, progress)) };
    });
}

/** Of a plan by tags, what the engine knows as its own. */
function ownHosts(
    { hosts: { mode } }: ResolvedSettings,
    urns: UpdateLook["urns"],
    plan: ReplacementPlan,
): Pick<UpdateLook, "steps" | "strays"> {
    const isOwn = ({ host }: ReplacementStep): boolean => mode === "autoScaling" || urns.has(host.instanceId);
    const steps = plan.steps.filter(isOwn);
    return {
        steps,
        strays: plan.steps.filter((step) => !isOwn(step)).map(({ host }) => host.instanceId),
    };
}

/** The next host to replace, planned anew each time: tasks have moved since, and new ones have come. */
export function nextStepOf(
    work: UpdateWork,
    { urns }: Pick<UpdateLook, "urns">,
): (progress: Progress) => Promise<ReplacementStep | undefined> {
    return async (progress) => {
        const plan = await planOf(work, progress);
        const [next] = ownHosts(work.settings, urns, plan).steps;
        if (next !== undefined) {
            requireRoom(work.request, [next]);
        }
        return next;
    };
}

async function preflight(work: UpdateWork, progress: Progress): Promise<void> {
    const { request, stack, hostActions, settings, context } = work;
    const { clusterArn } = await stack.outputs();
    const { warnings } = await hostActions.preflight({
        environment: request.environment,
        stack: stack.qualifiedName,
        stackIsEmpty: stack.empty,
        ...(typeof clusterArn === "string" ? { clusterArn } : {}),
        settings,
        signal: context.signal,
        progress,
    });
    for (const warning of warnings) {
        progress.note(`warning: ${context.show(describeProblem(warning))}`);
    }
}

async function planOf(work: UpdateWork, progress: Progress): Promise<ReplacementPlan> {
    const { stack, hostActions, to, context } = work;
    return hostActions.planReplacement({
        environment: stack.name,
        stack: stack.qualifiedName,
        signal: context.signal,
        progress,
        clusterName: await clusterNameOf(work),
        imageId: to.id,
    });
}

/** Beside the oldest image that a host runs now. */
async function packagesOf(
    { written, to, context }: UpdateWork,
    { steps }: Pick<ReplacementPlan, "steps">,
): Promise<PackageChanges> {
    const [running] = steps.flatMap(({ host }) => host.imageName ?? []).sort();
    return comparePackages({ from: running ?? written?.name, to }, await context.loadPint());
}

async function clusterNameOf({ stack, settings }: UpdateWork): Promise<string> {
    const { clusterName } = await stack.outputs();
    return typeof clusterName === "string" ? clusterName : settings.clusterName;
}
