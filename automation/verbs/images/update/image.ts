import { command } from "../../../../components/model/commandLine";
import { readHostImageName } from "../../../../components/model/images/hostImageName";
import { isExact, type ImageFilter } from "../../../../components/model/images/imageFilter";
import type { ImageLock } from "../../../../components/model/images/imageLock";
import type { SettledTarget } from "../../../environment/target";
import { AppError } from "../../../errors/appError";
import type { Context } from "../../../ports/context";
import { adviceOfPint } from "../../../preflight/awsReads";
import { resolveEnvironment } from "../../../settings/environmentSettings";
import { setLockAndFilter, type LockChanges } from "../../../settings/imageLockSetting";
import { nearestWords } from "../../../../components/model/nearestWord";
import { hostImages } from "../../../../components/model/nextStep";
import { findImage, withoutLock } from "../hostImage";
import { listCommand } from "../region";

/** How many images are named in place of one that is not there. */
const namedImages = 3;

/**
 * The image to change to: the one of that name, or the best that the filter matches.
 * @throws AppError USAGE for what is no name of a host image, IMAGE_NOT_FOUND
 */
export async function findNewImage(
    target: SettledTarget,
    name: string | undefined,
    context: Context,
): Promise<ImageLock> {
    const unlocked = withoutLock(target.settings.hostImage);
    if (name === undefined) {
        return findImage(target, context, { hostImage: unlocked, keepRunning: false });
    }
    const hostImage = { ...unlocked, ...readNamedImage(name, target.place.region) };
    try {
        return await findImage(target, context, { hostImage, keepRunning: false, namedBy: "--to" });
    } catch (error) {
        if (!(error instanceof AppError) || error.code !== "IMAGE_NOT_FOUND") {
            throw error;
        }
        const region = target.place.region ?? (await target.aws.identity.region());
        const names = await imagesNamedLike(name, region, context);
        throw new AppError(error.code, {
            message: error.message,
            details: [...error.details, ...names.map((one) => `nearest: ${one}`)],
            hint: listCommand({ region, filter: hostImages }),
            cause: error,
        });
    }
}

/** A target whose lock has moved. */
export interface MovedLock {
    readonly moved: SettledTarget;
    readonly changes: LockChanges;
    /** Makes the settings file what it was before. */
    readonly undo: () => Promise<void>;
}

/** Writes the lock, and a filter where the present one does not match the image. */
export async function moveLock(target: SettledTarget, image: ImageLock): Promise<MovedLock> {
    const { project, file, environment, settings } = target;
    const changes = setLockAndFilter(project, file, image, settings.hostImage.filter);
    const moved = { ...target, ...resolveEnvironment(project, environment, file) };
    return { moved, changes, undo: await file.write() };
}

/**
 * Reads the name of a host image that a person gave with `--to`.
 * @throws AppError USAGE for anything else
 */
export function readNamedImage(given: string, region: string | undefined): ImageFilter {
    const image = readHostImageName(given);
    if (!("reason" in image)) {
        return { filter: given, generation: image.generation };
    }
    if (/^ami-\w+$/.test(given)) {
        throw new AppError("USAGE", {
            message: `--to takes a name: got the id ${given}, expected the name that belongs to it`,
            hint: command("images", "show", given, region !== undefined && ["--region", region]),
        });
    }
    throw new AppError("USAGE", {
        message: explain(given, image.reason),
        hint: listCommand({ region, filter: hostImages }),
    });
}

function explain(given: string, reason: string): string {
    if (given.trim() === "") {
        return "--to is empty, expected the name of a SLES ECS image";
    }
    return isExact(given)
        ? `--to is no host image: got ${given}, expected the name of a SLES ECS image; this is none: ${reason}`
        : `--to has wildcards: got ${given}, expected the name of one image`;
}

/** Names of host images of the region that are like the one that is not there; none where pint does not answer. */
async function imagesNamedLike(
    name: string,
    region: string,
    { loadPint }: Pick<Context, "loadPint">,
): Promise<readonly string[]> {
    const { pint = [] } = await adviceOfPint({ loadPint }, region);
    const names = pint
        .filter((image) => image.state !== "deleted" && !("reason" in readHostImageName(image.name)))
        .map((image) => image.name);
    return nearestWords(name, [...new Set(names)]).slice(0, namedImages);
}
