import { parseImageFilter, type ImageFilter } from "../../../components/model/images/imageFilter";
import type { ImageLock } from "../../../components/model/images/imageLock";
import type { ResolvedSettings } from "../../../components/model/settings";
import type { Context } from "../../context";
import { resolveEnvironment } from "../../environmentSettings";
import { AppError } from "../../errors";
import { setLockAndFilter } from "../../imageLockSetting";
import { askHostImage, type Lockable } from "./lockable";

/**
 * The image to change to: the one of that name, or the best that the filter matches.
 * @throws AppError USAGE for a name that is no host image's, IMAGE_NOT_FOUND
 */
export async function findTarget(
    opened: Lockable,
    name: string | undefined,
    context: Context,
): Promise<ImageLock> {
    const { filter, generation, onDeletion, deletionNoticeDays } = opened.settings.hostImage;
    const wanted = name === undefined ? { filter, generation } : filterOf(name);
    const image = await askHostImage(opened, context, {
        hostImage: { ...wanted, onDeletion, deletionNoticeDays },
        keepRunning: false,
    });
    if (image === undefined) {
        throw new Error("there is neither a host image nor a reason why there is none");
    }
    return image;
}

function filterOf(name: string): ImageFilter {
    const parsed = parseImageFilter(name);
    if ("expected" in parsed) {
        throw new AppError("USAGE", {
            message: `--to is no host image: got ${name}, expected ${parsed.expected}`,
            hint: "sles-ecs images list --filter 'name~ecs'",
        });
    }
    return parsed;
}

/** Settings from now on, and a function that makes the file what it was before. */
export interface MovedLock {
    readonly settings: ResolvedSettings;
    readonly undo: () => Promise<void>;
}

/** Writes the lock, and a filter where the present one does not match the image. */
export async function moveLock(
    { project, file, settings, stack }: Lockable,
    image: ImageLock,
): Promise<MovedLock> {
    setLockAndFilter(project, file, image, settings.hostImage.filter);
    const resolved = resolveEnvironment(project, stack.name, file);
    return { settings: resolved.settings, undo: await file.write() };
}
