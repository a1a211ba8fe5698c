import { command } from "../../../components/model/commandLine";
import type { CommonOptions } from "../../command/command";
import { requireConsent } from "../../environment/consent";
import { withProgress } from "../../environment/progressPhases";
import { openUnread, type OpenTarget } from "../../environment/target";
import { withLock, type LockRequest } from "../../lock/withLock";
import { pauseEnvironment } from "../../pause/pauseEnvironment";
import { isPaused, pausePlan } from "../../pause/plan";
import { requireTaggable, toRemember } from "../../pause/services";
import { pauseCosts, type PauseCosts } from "../../costs/pauseCosts";
import { findStillCosts, type StillCosts } from "../../costs/stillCosts";
import { runningHosts, surveyPause, type PauseSurvey } from "../../pause/survey";
import { oneLine } from "../../output/oneLine";
import { secondsBetween } from "../../output/durations";
import type { Context } from "../../ports/context";
import type { Progress } from "../../ports/io";

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
    /** What that comes to, and what the pause saves; missing where AWS did not say what runs. */
    readonly costs?: PauseCosts;
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
    const first = await withProgress(context, async (progress) => {
        progress.phase("looking at what runs");
        return takeStock(target, progress);
    });
    if (isPaused(first.survey)) {
        const costs = await pauseCosts(target, standingIn(first), context);
        return { ...answerOf(target, first.survey, first.still), costs, alreadyPaused: true };
    }
    const costs = await pauseCosts(target, standingIn(first), context);
    const agreed = await agree(target, first, request, context);
    await withProgress(context, (progress) => pauseEnvironment(target, agreed.survey, request, progress));
    const still = await findStillCosts(target);
    return { ...answerOf(target, agreed.survey, still), costs, alreadyPaused: false };
}

/**
 * Shows what a pause stops, and asks. While the question stood services may have been scaled and tasks started: what counts is
 * what runs then, and a task that would not come back and has not been shown is asked about anew.
 * @returns what there is to stop, once nothing is in the way of it
 */
async function agree(
    target: OpenTarget,
    shown: Stock,
    request: PauseRequest,
    context: Context,
): Promise<Stock> {
    const { environment } = request;
    requireTaggable(target, toRemember(shown.survey));
    const plan = pausePlan(environment, shown.survey, shown.still);
    context.io.stderr(`${plan.map((line) => oneLine(context.show(line))).join("\n")}\n`);
    await requireConsent(context, request, `Pause ${environment}?`, command("pause", environment));
    const now = await withProgress(context, async (progress) => {
        progress.phase("checking lock and passphrase");
        await target.stack.requireWorkable("pause", progress);
        return takeStock(target, progress);
    });
    const known = new Set(shown.survey.standaloneTasks.map(({ arn }) => arn));
    if (!request.yes && now.survey.standaloneTasks.some(({ arn }) => !known.has(arn))) {
        context.io.stderr("tasks were started meanwhile that would not come back\n");
        return agree(target, now, request, context);
    }
    requireTaggable(target, toRemember(now.survey));
    return now;
}

function answerOf(
    { environment }: OpenTarget,
    survey: PauseSurvey,
    stillCosts: StillCosts,
): Omit<PauseResult, "seconds" | "alreadyPaused"> {
    const hosts = survey.group === undefined ? runningHosts(survey) : survey.hosts;
    return {
        environment,
        services: toRemember(survey).map(({ service: { name }, memory: { count } }) => ({ name, count })),
        hosts: hosts.map(({ instanceId }) => instanceId),
        stillCosts,
    };
}

interface Stock {
    readonly survey: PauseSurvey;
    /** What costs beside the hosts that run. */
    readonly beside: StillCosts;
    /** What of that goes on costing. */
    readonly still: StillCosts;
}

async function takeStock(target: OpenTarget, progress: Progress): Promise<Stock> {
    const survey = await surveyPause(target, progress);
    const beside = await findStillCosts(target);
    return { survey, beside, still: stillCostsOf(beside, survey) };
}

/** Volumes of hosts that are terminated go with them. */
function stillCostsOf(beside: StillCosts, { group }: PauseSurvey): StillCosts {
    return group === undefined ? beside : { ...beside, volumes: [] };
}

function standingIn({ survey, beside }: Stock): Parameters<typeof pauseCosts>[1] {
    return { hosts: survey.hosts, isGroup: survey.group !== undefined, still: beside };
}
