import { command } from "../../../components/model/commandLine";
import type { CommonOptions } from "../../command/command";
import { requireConsent } from "../../environment/consent";
import { withProgress } from "../../environment/progressPhases";
import { openUnread, type OpenTarget } from "../../environment/target";
import { withLock, type LockRequest } from "../../lock/withLock";
import { pauseEnvironment } from "../../pause/pauseEnvironment";
import { isPaused, pausePlan } from "../../pause/plan";
import { requireTaggable, toRemember } from "../../pause/services";
import { findStillCosts, type StillCosts } from "../../pause/stillCosts";
import { runningHosts, surveyPause, type PauseSurvey } from "../../pause/survey";
import { secondsBetween } from "../../output/durations";
import type { Context } from "../../ports/context";

export interface PauseRequest
    extends Pick<CommonOptions, "yes" | "projectDirectory">, Pick<LockRequest, "waitForLockSeconds"> {
    readonly environment: string;
    /** How long tasks may take to stop. */
    readonly timeoutSeconds: number;
}

export interface PauseResult {
    readonly environment: string;
    /** There was nothing left to stop. */
    readonly alreadyPaused: boolean;
    /** Services with the desired tasks that `resume` gives back. */
    readonly services: readonly { readonly name: string; readonly count: number }[];
    /** Ids of hosts that were stopped, or terminated where they are of a group. */
    readonly hosts: readonly string[];
    readonly stillCosts: StillCosts;
    readonly seconds: number;
}

/**
 * Stops the hosts and services of an environment. Idempotent. Needs none of its settings.
 * @throws AppError CONSENT_NEEDED, DECLINED, SERVICE_NOT_TAGGABLE or LOCKED before anything is changed;
 * CLUSTER_NOT_EMPTY, HOSTS_NOT_STOPPED on the way
 */
export async function pause(request: PauseRequest, context: Context): Promise<PauseResult> {
    const startedAt = context.clock.now();
    const open = () => openUnread(context, request);
    const result = await withLock({ ...request, verb: "pause" }, context, open, (target) =>
        pauseLocked(target, request, context),
    );
    return { ...result, seconds: secondsBetween(startedAt, context.clock.now()) };
}

async function pauseLocked(
    target: OpenTarget,
    request: PauseRequest,
    context: Context,
): Promise<Omit<PauseResult, "seconds">> {
    const { environment } = request;
    const { survey, costs } = await withProgress(context, async (progress) => {
        progress.phase("looking at what runs");
        const found = await surveyPause(target, progress);
        return { survey: found, costs: await costsOf(target, found) };
    });
    const alreadyPaused = isPaused(survey);
    const remembered = toRemember(survey);
    if (!alreadyPaused) {
        requireTaggable(target, remembered);
        const plan = pausePlan(environment, survey, costs);
        context.io.stderr(`${plan.map((line) => context.show(line)).join("\n")}\n`);
        await requireConsent(context, request, `Pause ${environment}?`, command("pause", environment));
        await withProgress(context, async (progress) => {
            progress.phase("checking lock and passphrase");
            await target.stack.requireWorkable("pause", progress);
            await pauseEnvironment(target, survey, request, progress);
        });
    }
    return {
        environment,
        alreadyPaused,
        services: remembered.map(({ service: { name }, memory: { count } }) => ({ name, count })),
        hosts: (survey.group === undefined ? runningHosts(survey) : survey.hosts).map(
            ({ instanceId }) => instanceId,
        ),
        stillCosts: alreadyPaused ? costs : await findStillCosts(target),
    };
}

/** Volumes of hosts that are terminated go with them. */
async function costsOf(target: OpenTarget, { group }: PauseSurvey): Promise<StillCosts> {
    const costs = await findStillCosts(target);
    return group === undefined ? costs : { ...costs, volumes: [] };
}
