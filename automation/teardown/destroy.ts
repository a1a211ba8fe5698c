import { command } from "../../components/model/commandLine";
import { isProvenGone, type Evidence, type EvidenceItem } from "../../components/model/evidence";
import type { CommonOptions } from "../command/command";
import { requireConsent } from "../environment/consent";
import { withProgress } from "../environment/progressPhases";
import { openUnread, type OpenTarget } from "../environment/target";
import type { Context } from "../ports/context";
import type { StateResource } from "../ports/engine";
import type { Progress } from "../ports/io";
import { withLock, type LockRequest } from "../lock/withLock";
import { destroyNothing, forget, requireForgettable } from "./forget";
import { emptyCluster } from "../emptying/emptyCluster";
import { gatherEvidence, type DestroyResult, type Removal } from "./evidence";
import { removeHoldingStrays } from "../inventory/remove";
import { findInTheWay } from "./inTheWay";
import { destroyPlan } from "./plan";
import { DestroyRecord } from "./record";
import { clusterToDestroy, survey as surveyCluster, templatesIn } from "./survey";
import { settingsThatTakeUp } from "./takingUp";
import type { DestroyTarget } from "../emptying/cleanUp";

export interface DestroyRequest
    extends Pick<CommonOptions, "yes" | "projectDirectory">, Pick<LockRequest, "waitForLockSeconds"> {
    readonly environment: string;
    /** How long tasks may take to stop. */
    readonly timeoutSeconds: number;
    readonly parallel: number | undefined;
    /** File that the record is written to, also where the destroy fails. @default - none */
    readonly evidence?: string;
    /** Throws where the environment is to stay after all. @default - it goes */
    readonly guard?: (target: OpenTarget) => Promise<void>;
}

/**
 * Removes an environment with everything in its cluster, then looks for whatever is left. Idempotent.
 * @throws AppError CONSENT_NEEDED, DECLINED or AWS_ACCOUNT_MISMATCH before anything is changed
 */
export async function destroy(request: DestroyRequest, context: Context): Promise<DestroyResult> {
    const record = await DestroyRecord.open(context, { verb: "destroy", file: request.evidence });
    const open = () => openUnread(context, request, { runsProgram: true });
    return withLock({ ...request, verb: "destroy" }, context, open, (opened) =>
        destroyLocked(opened, record, request, context),
    );
}

async function destroyLocked(
    opened: OpenTarget,
    record: DestroyRecord,
    request: DestroyRequest,
    context: Context,
): Promise<DestroyResult> {
    const { stack, file, environment } = opened;
    await request.guard?.(opened);
    if (!stack.exists) {
        return destroyNothing(opened, record, context);
    }
    await requireForgettable(file);
    const [resources, outputs] = await Promise.all([stack.resources(), stack.outputs()]);
    const target = {
        ...opened,
        aws: record.watch(opened.aws),
        ...clusterToDestroy(opened, outputs, resources),
    };
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
        const found = { record, survey, inTheWay, resources };
        return record.keep(target, found, () => removeAll(target, found, request, progress));
    });
    const settingsToTakeUp = await settingsThatTakeUp(target, evidence.kept);
    const removedSettingsFile = isProvenGone(evidence) ? await forget(stack, file) : undefined;
    return { alreadyGone: false, removedSettingsFile, settingsToTakeUp, evidence };
}

/** What there is to remove, as it was found. */
interface Removing extends Pick<Removal, "survey" | "inTheWay"> {
    readonly record: DestroyRecord;
    readonly resources: readonly StateResource[];
}

async function removeAll(
    target: OpenTarget & DestroyTarget,
    { resources, ...found }: Removing,
    request: DestroyRequest,
    progress: Progress,
): Promise<Evidence> {
    progress.phase("emptying the cluster");
    const { timeoutSeconds } = request;
    const templateIds = templatesIn(target, found.survey.strays);
    const removedFromCluster = await emptyCluster(target, { timeoutSeconds, templateIds }, progress);
    const strays = await removeHoldingStrays(target, found.survey.strays, progress);
    const deletedByEngine = await deleteResources(target, { ...found, resources }, request, progress);
    progress.phase("proving that nothing is left");
    const removal = { ...found, deletedByEngine, removedFromCluster: [...removedFromCluster, ...strays] };
    return gatherEvidence(target, removal, progress);
}

/** @returns what the engine deleted, in its order; components stand for nothing in AWS */
async function deleteResources(
    { stack }: OpenTarget & DestroyTarget,
    { record, resources, inTheWay: { spared } }: Removing,
    { parallel }: DestroyRequest,
    progress: Progress,
): Promise<readonly EvidenceItem[]> {
    if (!stack.hasRecords) {
        return [];
    }
    progress.phase("deleting");
    const { steps } = await stack.destroy({
        observer: record.observe(progress, resources),
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
