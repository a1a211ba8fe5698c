import type { ResolvedSettings } from "../../../../components/model/settings";
import { describeProblem } from "../../../settings/environmentSettings";
import type { Progress } from "../../../ports/progress";
import { runOptions } from "../../environment";
import type { ReplacementPlan, ReplacementStep } from "../../hostReplacement/displacement";
import { namesOfHosts, urnsOfHosts } from "../../hostReplacement/expectedChanges";
import { untilReady } from "../../hostReplacement/replaceHosts";
import { planOnly, withProgress } from "../../progressPhases";
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
        const planned = planOf(work, progress);
        const [{ steps: changes }, plan, packages, resources, clusterName] = await Promise.all([
            stack.preview(runOptions(request, context, planOnly(progress))),
            planned,
            planned.then((plan) => packagesOf(work, plan)),
            stack.resources(),
            clusterNameOf(work),
        ]);
        const byName = urnsOfHosts(changes);
        const urns = new Map(
            [...namesOfHosts(resources)].flatMap(([instanceId, name]) => {
                const urn = byName.get(name);
                return urn === undefined ? [] : [[instanceId, urn] as const];
            }),
        );
        return { clusterName, imageId: to.id, packages, urns, changes, ...ownHosts(settings, urns, plan) };
    });
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
): Pick<UpdateLook, "steps" | "strays" | "done" | "hosts"> {
    const isOwn = ({ host }: ReplacementStep): boolean => mode === "autoScaling" || urns.has(host.instanceId);
    const steps = plan.steps.filter(isOwn);
    return {
        steps,
        strays: plan.steps.filter((step) => !isOwn(step)).map(({ host }) => host.instanceId),
        done: plan.current,
        hosts: plan.current + steps.length,
    };
}

/** The next host to replace, planned anew each time: tasks have moved since, and new ones have come. */
export function nextStepOf(
    work: UpdateWork,
    { strays }: Pick<UpdateLook, "strays">,
): (progress: Progress) => Promise<ReplacementStep | undefined> {
    return async (progress) => {
        const { steps } = await planOf(work, progress);
        const next = steps.find(({ host }) => !strays.includes(host.instanceId));
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
        progress.note(`warning: ${describeProblem(warning)}`);
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
    { steps }: ReplacementPlan,
): Promise<PackageChanges> {
    const [running] = steps.flatMap(({ host }) => host.imageName ?? []).sort();
    return comparePackages({ from: running ?? written?.name, to }, await context.loadPint());
}

async function clusterNameOf({ stack, settings }: UpdateWork): Promise<string> {
    const { clusterName } = await stack.outputs();
    return typeof clusterName === "string" ? clusterName : settings.clusterName;
}
