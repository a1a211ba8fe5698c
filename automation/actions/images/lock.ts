import type { ImageLock } from "../../../components/model/images/imageLock";
import type { CommonOptions } from "../../commands/command";
import type { Context } from "../../context";
import { checkEnvironmentName } from "../../environmentName";
import { describeProblem, resolveEnvironment } from "../../environmentSettings";
import { dropLock, hostImageOf, setLock } from "../../imageLockSetting";
import { openProject } from "../../project";
import { openSettingsFile } from "../../settingsFile";
import { openStack, requireKnown } from "../environment";
import { warningsOf } from "../preflightFinding";
import { withProgress } from "../progressPhases";

export interface LockImageRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
    /** Moves a lock that is there to the best image that the filter matches. */
    readonly newest: boolean;
}

export interface LockImageResult {
    readonly environment: string;
    /** Name of the settings file. */
    readonly file: string;
    readonly lock: ImageLock;
    /** The lock that it takes the place of. */
    readonly before?: ImageLock;
}

/**
 * Locks an environment to its host image, in its settings file: the one that its hosts run, else the best that the
 * filter matches. A lock that is there stays, unless the newest is asked for. Changes nothing in AWS.
 * @throws AppError SETTINGS_INVALID, IMAGE_NOT_FOUND, or for what speaks against the image
 */
export async function lockImage(
    { environment: name, newest, projectDirectory }: LockImageRequest,
    context: Context,
): Promise<LockImageResult> {
    const project = await openProject(context, projectDirectory);
    checkEnvironmentName(name);
    const file = await openSettingsFile(project, name);
    const { filter } = hostImageOf({ config: { ...project.config, ...file.config } });
    const written = hostImageOf(file)["lock"];
    if (newest && filter !== undefined) {
        // The lock may be on something else than the filter is for by now: it is in the way of reading the settings.
        dropLock(file);
    }
    const { settings, target } = resolveEnvironment(project, name, file);
    const [stack, hostActions] = await Promise.all([
        openStack(context, project, name),
        context.loadHostActions(target),
    ]);
    await requireKnown(project, stack, file);
    const { lock: kept, ...unlocked } = settings.hostImage;
    const image = await withProgress(context, async (progress) => {
        progress.phase("looking for the host image");
        const found = await hostActions.findHostImage({
            environment: name,
            stack: stack.qualifiedName,
            hostImage: newest ? unlocked : settings.hostImage,
            keepRunning: !newest,
        });
        for (const warning of warningsOf(found.findings)) {
            progress.note(`warning: ${describeProblem(warning)}`);
        }
        return found.image;
    });
    const lock = image ?? kept;
    if (lock === undefined) {
        throw new Error("there is neither a host image nor a reason why there is none");
    }
    const before = isLock(written) && written.id !== lock.id ? { before: written } : {};
    if (!isLock(written) || written.id !== lock.id) {
        setLock(project, file, lock);
        await file.write();
    }
    return { environment: name, file: file.name, lock, ...before };
}

function isLock(value: unknown): value is ImageLock {
    return typeof value === "object" && value !== null && "id" in value && "name" in value;
}
