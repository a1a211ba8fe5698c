import { command } from "../../components/model/commandLine";
import type { CommonOptions } from "../command/command";
import { requireConsent } from "../environment/consent";
import { withProgress } from "../environment/progressPhases";
import { openUnread, type OpenTarget } from "../environment/target";
import type { Context } from "../ports/context";
import type { StateResource } from "../ports/engine";
import type { Progress } from "../ports/io";
import { withLock, type LockRequest } from "../lock/withLock";
import { destroyNothing, forget, requireForgettable } from "./forget";
import { emptyCluster } from "./emptyCluster";
import { gatherEvidence, type DestroyResult, type Evidence, type Removal } from "./evidence";
import type { EvidenceItem } from "../inventory/find";
import { removeHoldingStrays } from "../inventory/remove";
import { findInTheWay, type InTheWay } from "./inTheWay";
import { destroyPlan } from "./plan";
import { clusterToDestroy, survey as surveyCluster, type DestroyTarget } from "./survey";

export interface DestroyRequest
    extends Pick<CommonOptions, "yes" | "projectDirectory">, Pick<LockRequest, "waitForLockSeconds"> {
    readonly environment: string;
    /** How long tasks may take to stop. */
    readonly timeoutSeconds: number;
    readonly parallel: number | undefined;
    /** Throws where the environment is to stay after all. @default - it goes */
    readonly guard?: (target: OpenTarget) => Promise<void>;
}

/**
 * Removes an environment with everything in its cluster, then looks for whatever is left. Idempotent.
 * @throws AppError CONSENT_NEEDED, DECLINED or AWS_ACCOUNT_MISMATCH before anything is changed
 */
export async function destroy(request: DestroyRequest, context: Context): Promise<DestroyResult> {
    const startedAt = context.clock.now();
    const open = () => openUnread(context, request, { runsProgram: true });
    return withLock({ ...request, verb: "destroy" }, context, open, (opened) =>
        destroyLocked(opened, startedAt, request, context),
    );
}

async function destroyLocked(
    opened: OpenTarget,
    startedAt: Date,
    request: DestroyRequest,
    context: Context,
): Promise<DestroyResult> {
    const { stack, file, environment } = opened;
    await request.guard?.(opened);
    if (!stack.exists) {
        return destroyNothing(opened, startedAt, context);
    }
    await requireForgettable(file);
    const [resources, outputs] = await Promise.all([stack.resources(), stack.outputs()]);
    const target = { ...opened, ...clusterToDestroy(opened, outputs, resources) };
    const { survey, inTheWay } = await withProgress(context, async (progress) => {
        progress.phase("looking at what is there");
        const found = await surveyCluster(target, progress);
        return { survey: found, inTheWay: await findInTheWay(target, resources, found) };
    });
    const plan = destroyPlan(environment, resources, survey, target.clusterName, inTheWay);
    if (plan.length > 0) {
        context.io.stderr(`${plan.join("\n")}\n`);
        await requireConsent(context, request, `Destroy ${environment}?`, command("destroy", environment));
    }
    const evidence = await withProgress(context, async (progress) => {
        progress.phase("checking lock and passphrase");
        await stack.requireWorkable("destroy", progress);
        return removeAll(target, { startedAt, survey, inTheWay, resources }, request, progress);
    });
    const removedSettingsFile = evidence.left.length === 0 ? await forget(stack, file) : undefined;
    return { alreadyGone: false, removedSettingsFile, evidence };
}

/** What there is to remove, as it was found. */
interface Removing extends Pick<Removal, "startedAt" | "survey" | "inTheWay"> {
    readonly resources: readonly StateResource[];
}

async function removeAll(
    target: OpenTarget & DestroyTarget,
    { resources, ...found }: Removing,
    request: DestroyRequest,
    progress: Progress,
): Promise<Evidence> {
    progress.phase("emptying the cluster");
    const removedFromCluster = await emptyCluster(target, request.timeoutSeconds, progress);
    const strays = await removeHoldingStrays(target, found.survey.strays, progress);
    const deletedByEngine = await deleteResources(target, resources, found.inTheWay, request, progress);
    progress.phase("proving that nothing is left");
    const removal = { ...found, deletedByEngine, removedFromCluster: [...removedFromCluster, ...strays] };
    return gatherEvidence(target, removal, progress);
}

/** @returns what the engine deleted, in its order; components stand for nothing in AWS */
async function deleteResources(
    { stack }: OpenTarget & DestroyTarget,
    resources: readonly StateResource[],
    { spared }: InTheWay,
    { parallel }: DestroyRequest,
    progress: Progress,
): Promise<readonly EvidenceItem[]> {
    if (!stack.hasRecords) {
        return [];
    }
    progress.phase("deleting");
    const { steps } = await stack.destroy({
        observer: progress,
        parallel,
        spared: spared.length === 0 ? undefined : spared,
    });
    const idOf = (type: string, name: string): string =>
        resources.find((resource) => resource.type === type && resource.name === name)?.id ?? "";
    return steps
        .filter((step) => step.operation === "delete")
        .map(({ type, name }) => ({ type, name, id: idOf(type, name) }))
        .filter((item) => item.id !== "");
}
