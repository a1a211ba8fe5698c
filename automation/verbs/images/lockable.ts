import type { ImageLock } from "../../../components/model/images/imageLock";
import type { ResolvedHostImage, ResolvedSettings } from "../../../components/model/settings";
import type { AwsTarget, Context } from "../../ports/context";
import {
    checkEnvironmentName,
    describeProblem,
    resolveEnvironment,
} from "../../settings/environmentSettings";
import { hostImageOf } from "../../settings/imageLockSetting";
import type { EnvironmentStack } from "../../ports/engine";
import { asRecord, openProject, type Project } from "../../settings/project";
import { openSettingsFile, type SettingsFile } from "../../settings/settingsFile";
import type { HostActions } from "../../hosts/contracts";
import { openStack, requireKnown } from "../../environment/environment";
import { warningsOf } from "../../preflight/finding";
import { withProgress } from "../../environment/progressPhases";
import type { HostImageQuestion } from "../../preflight/images/contracts";

/** An environment whose lock may be moved. */
export interface Lockable {
    readonly project: Project;
    readonly file: SettingsFile;
    readonly settings: ResolvedSettings;
    readonly target: AwsTarget;
    readonly stack: EnvironmentStack;
    readonly hostActions: HostActions;
    /** As the settings file says it. */
    readonly written?: ImageLock;
}

interface LockableRequest {
    readonly environment: string;
    readonly projectDirectory: string | undefined;
    /** The lock is going to move, so it may be at odds with everything else. */
    readonly moves: boolean;
    readonly runsProgram?: boolean;
}

/**
 * Opens an environment by its settings.
 * @throws AppError SETTINGS_INVALID, ENVIRONMENT_NOT_FOUND
 */
export async function openLockable(
    { environment, projectDirectory, moves, runsProgram = false }: LockableRequest,
    context: Context,
): Promise<Lockable> {
    const project = await openProject(context, projectDirectory);
    checkEnvironmentName(environment);
    const file = await openSettingsFile(project, environment);
    const { settings, target } = resolveEnvironment(project, environment, file, { lockMoves: moves });
    const written = hostImageOf(file)["lock"];
    const [stack, hostActions] = await Promise.all([
        openStack(context, project, environment, { runsProgram }),
        context.loadHostActions(target),
    ]);
    await requireKnown(project, stack, file);
    return { project, file, settings, target, stack, hostActions, ...(isLock(written) ? { written } : {}) };
}

/** What the best image is chosen by, unless a person names one. */
const chosenBy = "hostImage.filter";

/**
 * Looks for the host image, and says what there is to say of it.
 * @param namedBy option that names the image in place of the filter
 * @throws AppError IMAGE_NOT_FOUND, or for what speaks against the image
 */
export function askHostImage(
    { hostActions, stack }: Lockable,
    context: Context,
    question: Pick<HostImageQuestion, "hostImage" | "keepRunning">,
    namedBy = chosenBy,
): Promise<ImageLock> {
    return withProgress(context, async (progress) => {
        progress.phase("looking for the host image");
        const { clusterArn } = stack.empty ? {} : await stack.outputs();
        const { findings, image } = await hostActions.findHostImage({
            environment: stack.name,
            stack: stack.qualifiedName,
            ...(typeof clusterArn === "string" ? { clusterArn } : {}),
            hasHosts: !stack.empty,
            ...question,
        });
        const told = findings.map((finding) => ({
            ...finding,
            path: finding.path === chosenBy ? namedBy : finding.path,
        }));
        for (const warning of warningsOf(told)) {
            progress.note(`warning: ${context.show(describeProblem(warning))}`);
        }
        if (image === undefined) {
            throw new Error("there is neither a host image nor a reason why there is none");
        }
        return image;
    });
}

/** What the best image is chosen by. */
export function withoutLock({
    filter,
    generation,
    onDeletion,
    deletionNoticeDays,
}: ResolvedHostImage): ResolvedHostImage {
    return { filter, generation, onDeletion, deletionNoticeDays };
}

/** Of settings that were read: what is there is whole, and an empty one counts as none. */
function isLock(value: unknown): value is ImageLock {
    return typeof asRecord(value)["id"] === "string";
}
