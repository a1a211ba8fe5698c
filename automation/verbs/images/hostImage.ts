import type { ImageLock } from "../../../components/model/images/imageLock";
import type { ResolvedHostImage } from "../../../components/model/settings";
import { askHostImage, tellWarnings } from "../../environment/checks";
import { withProgress } from "../../environment/progressPhases";
import type { OpenTarget } from "../../environment/target";
import { warningsOf } from "../../preflight/findings";
import type { HostImageQuestion } from "../../preflight/preflight";
import type { Context } from "../../ports/context";
import { hostImageOf } from "../../settings/imageLockSetting";
import { asRecord } from "../../settings/project";
import type { SettingsFile } from "../../settings/settingsFile";

/**
 * Looks for the host image, and says what there is to say of it.
 * @throws AppError IMAGE_NOT_FOUND, or for what speaks against the image
 */
export function findImage(
    target: OpenTarget,
    context: Pick<Context, "createProgress" | "show">,
    question: Pick<HostImageQuestion, "hostImage" | "keepRunning" | "namedBy">,
): Promise<ImageLock> {
    return withProgress(context, async (progress) => {
        progress.phase("looking for the host image");
        const { findings, image } = await askHostImage(target, question);
        tellWarnings(target, warningsOf(findings), progress, context);
        if (image === undefined) {
            throw new Error("there is neither a host image nor a reason why there is none");
        }
        return image;
    });
}

/** What the best image is chosen by. */
export function withoutLock(hostImage: ResolvedHostImage): ResolvedHostImage {
    return { ...hostImage, lock: undefined };
}

/** The lock as the settings file says it: what is there is whole, as it was read, and an empty one counts as none. */
export function writtenLock(file: SettingsFile): ImageLock | undefined {
    const { lock } = hostImageOf(file);
    return typeof asRecord(lock)["id"] === "string" ? (lock as ImageLock) : undefined;
}
