import { isDeepStrictEqual } from "node:util";

import { command, type CommandLine } from "../../../../components/model/commandLine";
import type { ImageLock } from "../../../../components/model/images/imageLock";
import type { CommonOptions } from "../../../command/command";
import type { Context } from "../../../ports/context";
import { openEnvironment, requireKnown } from "../../../environment/target";
import { requireFile } from "../../../environment/kept";
import { setLock } from "../../../settings/imageLockSetting";
import { findImage, withoutLock, writtenLock } from "../hostImage";

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
    /** What the settings file said before, the same or another one; missing where that had no lock. */
    readonly before?: ImageLock;
    /** The settings file says something else now. */
    readonly changed: boolean;
    /** The command to go on with. */
    readonly next: CommandLine;
}

/**
 * Locks an environment to its host image, in its settings file: the one that its hosts run, else the best that the
 * filter matches. A lock that is there stays, unless the newest is asked for. Changes nothing in AWS.
 * @throws AppError SETTINGS_INVALID, IMAGE_NOT_FOUND, or for what speaks against the image
 */
export async function lockImage(
    { environment, newest, projectDirectory }: LockImageRequest,
    context: Context,
): Promise<LockImageResult> {
    const reading = { lockMoves: newest };
    const target = await openEnvironment(context, { environment, projectDirectory }, { reading });
    await requireKnown(target);
    requireFile(target);
    const { project, file, settings, stack } = target;
    const written = writtenLock(file);
    const lock = await findImage(target, context, {
        hostImage: newest ? withoutLock(settings.hostImage) : settings.hostImage,
        keepRunning: !newest,
    });
    const changed = !isDeepStrictEqual(written, lock);
    if (changed) {
        setLock(project, file, lock);
        await file.write();
    }
    return {
        environment,
        file: file.name,
        lock,
        before: written,
        changed,
        next: stack.empty
            ? command("up", environment)
            : written !== undefined && written.id !== lock.id
              ? command("images", "update", environment)
              : command("images", "outdated"),
    };
}
