import {
    isGenerationChange,
    readHostImageName,
    slesVersion,
} from "../../../components/model/images/hostImageName";
import type { ImageLock } from "../../../components/model/images/imageLock";
import type { CommonOptions } from "../../commands/command";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { requireConsent } from "../consent";
import type { ReadyReport } from "../contracts";
import { requireStack } from "../environment";
import type { ReplacementStep } from "../hostReplacement/displacement";
import { replaceHosts } from "../hostReplacement/replaceHosts";
import { withProgress } from "../progressPhases";
import { openLockable, type Lockable } from "./lockable";
import { describePlan } from "./updatePlan";
import { findTarget, moveLock } from "./updateTarget";

export interface UpdateImageRequest extends Pick<CommonOptions, "projectDirectory" | "yes"> {
    readonly environment: string;
    /** Name of the image to change to; the best that the filter matches unless given. */
    readonly to: string | undefined;
    /** Only show what would be done. */
    readonly plan: boolean;
    readonly allowGenerationChange: boolean;
    /** Also replace hosts with tasks that have no room elsewhere meanwhile. */
    readonly allowInterruption: boolean;
    readonly timeoutSeconds: number;
    readonly drainTimeoutSeconds: number;
    readonly parallel: number | undefined;
}

/** What an update does, or has done. */
export interface ImageUpdate {
    readonly environment: string;
    /** The image that the environment was locked to. */
    readonly from?: ImageLock;
    readonly to: ImageLock;
    /** Hosts that run another image, in the order in which they are replaced. */
    readonly steps: readonly ReplacementStep[];
    /** Missing where only the plan was asked for, or nothing was to be done. */
    readonly ready?: ReadyReport;
    readonly seconds: number;
}

/**
 * Moves the lock of an environment and replaces its hosts, one after the other. Where it was stopped it goes on with
 * the hosts that are left.
 * @throws AppError GENERATION_CHANGE, NO_ROOM_FOR_TASKS before anything is changed; TASKS_NOT_MOVED, UPDATE_FAILED,
 * NOT_READY on the way, with the hosts after that one untouched
 */
export async function updateImage(request: UpdateImageRequest, context: Context): Promise<ImageUpdate> {
    const startedAt = context.clock.now();
    const opened = await openLockable({ ...request, moves: true, runsProgram: true }, context);
    requireStack(opened.stack);
    const to = await findTarget(opened, request.to, context);
    requireSameGeneration(request, opened.written, to);
    const clusterName = await clusterNameOf(opened);
    const steps = await readSteps(opened, clusterName, to, context);
    const from = opened.written;
    const update = (): ImageUpdate => ({
        environment: request.environment,
        ...(from === undefined ? {} : { from }),
        to,
        steps,
        seconds: (context.clock.now().getTime() - startedAt.getTime()) / 1000,
    });
    const isDone = steps.length === 0 && from?.id === to.id;
    if (request.plan || isDone) {
        return update();
    }
    requireRoom(request, steps);
    describePlan(update()).forEach((line) => context.io.stderr(`${line}\n`));
    await requireConsent(context, request, "Replace these hosts?", commandOf(request));
    const settings = await moveLock(opened, to);
    const ready = await withProgress(context, (progress) =>
        replaceHosts({ ...request, ...opened, context, settings, clusterName, steps }, progress),
    );
    return { ...update(), ready };
}

function readSteps(
    { hostActions, stack }: Lockable,
    clusterName: string,
    { id: imageId }: ImageLock,
    context: Context,
): Promise<readonly ReplacementStep[]> {
    return withProgress(context, (progress) => {
        progress.phase("looking at hosts and their tasks");
        return hostActions.planReplacement({
            environment: stack.name,
            stack: stack.qualifiedName,
            signal: context.signal,
            progress,
            clusterName,
            imageId,
        });
    });
}

async function clusterNameOf({ stack, settings }: Lockable): Promise<string> {
    const { clusterName } = await stack.outputs();
    return typeof clusterName === "string" ? clusterName : settings.clusterName;
}

function requireSameGeneration(
    request: UpdateImageRequest,
    from: ImageLock | undefined,
    to: ImageLock,
): void {
    const [before, after] = [from?.name ?? to.name, to.name].map(readHostImageName);
    if (
        before === undefined ||
        after === undefined ||
        "reason" in before ||
        "reason" in after ||
        !isGenerationChange(before, after) ||
        request.allowGenerationChange
    ) {
        return;
    }
    throw new AppError("GENERATION_CHANGE", {
        message: `${to.name} is ${slesVersion(after)}, and ${request.environment} is on ${slesVersion(before)}: another generation boots and keeps docker's data in another way; nothing has been changed`,
        hint: `try it in an environment of its own, then: ${commandOf(request)} --allow-generation-change`,
    });
}

function requireRoom(request: UpdateImageRequest, steps: readonly ReplacementStep[]): void {
    const full = steps.filter(({ homeless }) => homeless.length > 0);
    if (full.length === 0 || request.allowInterruption) {
        return;
    }
    throw new AppError("NO_ROOM_FOR_TASKS", {
        message: `the other hosts have no room for all tasks while a host is replaced; nothing has been changed`,
        details: full.map(
            ({ host, homeless }) =>
                `${host.instanceId}: ${homeless.map(({ taskDefinition }) => taskDefinition).join(", ")}`,
        ),
        hint: `add a host, or let these tasks stop and start again: ${commandOf(request)} --allow-interruption`,
    });
}

function commandOf({ environment, to }: UpdateImageRequest): string {
    return `sles-ecs images update ${environment}${to === undefined ? "" : ` --to ${to}`}`;
}
