import type { ImageLock } from "../../../../components/model/images/imageLock";
import type { ResolvedHostImage, ResolvedSettings } from "../../../../components/model/settings";
import type { Context } from "../../../ports/context";
import { resolveEnvironment } from "../../../settings/environmentSettings";
import { AppError } from "../../../errors/appError";
import { setLockAndFilter, type LockChanges } from "../../../settings/imageLockSetting";
import { askHostImage, withoutLock, type Lockable } from "../lockable";
import { hostImages, listCommand } from "../region";
import { imagesNamedLike, readNamedImage } from "./namedImage";

/**
 * The image to change to: the one of that name, or the best that the filter matches.
 * @throws AppError USAGE for what is no name of a host image, IMAGE_NOT_FOUND
 */
export function findTarget(opened: Lockable, name: string | undefined, context: Context): Promise<ImageLock> {
    const hostImage = withoutLock(opened.settings.hostImage);
    return name === undefined
        ? askHostImage(opened, context, { hostImage, keepRunning: false })
        : findNamed(opened, name, hostImage, context);
}

async function findNamed(
    opened: Lockable,
    name: string,
    unlocked: ResolvedHostImage,
    context: Context,
): Promise<ImageLock> {
    const { target } = opened;
    const hostImage = { ...unlocked, ...readNamedImage(name, target.region) };
    try {
        return await askHostImage(opened, context, { hostImage, keepRunning: false }, "--to");
    } catch (error) {
        if (!(error instanceof AppError) || error.code !== "IMAGE_NOT_FOUND") {
            throw error;
        }
        const region = target.region ?? (await (await context.loadAws(target)).identity.region());
        const names = await imagesNamedLike(name, region, context);
        throw new AppError(error.code, {
            message: error.message,
            details: [...error.details, ...names.map((one) => `nearest: ${one}`)],
            hint: listCommand({ region, filter: hostImages }),
            cause: error,
        });
    }
}

/** Settings from now on, and a function that makes the file what it was before. */
export interface MovedLock {
    readonly settings: ResolvedSettings;
    readonly changes: LockChanges;
    readonly undo: () => Promise<void>;
}

/** Writes the lock, and a filter where the present one does not match the image. */
export async function moveLock(
    { project, file, settings, stack }: Lockable,
    image: ImageLock,
): Promise<MovedLock> {
    const changes = setLockAndFilter(project, file, image, settings.hostImage.filter);
    const resolved = resolveEnvironment(project, stack.name, file);
    return { settings: resolved.settings, changes, undo: await file.write() };
}
