import { parseHostImageName } from "../../../components/model/images/hostImageName";
import { isCalendarDate } from "../../../components/model/calendarDate";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { nearestWord } from "../../nearestWord";
import type { PintImage } from "../../ports/pint";
import { askPint, type PintAnswer } from "./askPint";
import { findRegion, type RegionRequest } from "./region";
import { followReplacements, type Replacements } from "./replacements";

export interface ImageRequest extends RegionRequest {
    /** Name or id. */
    readonly image: string;
}

export interface ImageDetails {
    readonly image: PintImage;
    /** By its name it is a SLES ECS image. */
    readonly canBeHost: boolean;
    /** Of a deprecated image: the day from which SUSE may delete it. */
    readonly deletionOn?: string;
    readonly replacements: Replacements;
    readonly answer: PintAnswer;
}

/** Everything that pint knows of an image. @throws AppError IMAGE_UNKNOWN */
export async function showImage(
    request: ImageRequest,
    context: Pick<Context, "directory" | "loadAws" | "loadPint">,
): Promise<ImageDetails> {
    const region = await findRegion(request, context);
    const answer = await askPint(context, { region });
    const image = find(request.image, answer.images);
    if (image === undefined) {
        throw unknown(request.image, region, answer.images);
    }
    const deletionOn = expectedDeletion(image);
    return {
        image,
        canBeHost: parseHostImageName(image.name) !== undefined,
        ...(deletionOn === undefined ? {} : { deletionOn }),
        replacements: followReplacements(image, answer.images),
        answer,
    };
}

/** Where one name stands for several images, the active one is meant. */
function find(nameOrId: string, images: readonly PintImage[]): PintImage | undefined {
    const found = images.filter(({ name, id }) => name === nameOrId || id === nameOrId);
    return found.find(({ state }) => state === "active") ?? found[0];
}

function unknown(nameOrId: string, region: string, images: readonly PintImage[]): AppError {
    const nearest = nearestWord(
        nameOrId,
        images.map(({ name, id }) => (nameOrId.startsWith("ami-") ? id : name)),
    );
    return new AppError("IMAGE_UNKNOWN", {
        message: `pint has no image ${nameOrId} in ${region}${nearest === undefined ? "" : `, did you mean ${nearest}?`}`,
    });
}

/**
 * Two years after the deprecation on AWS. Source: DELETION_RELATIVE_DELTA_MAP in pint_server/app.py of
 * SUSE-Enceladus/public-cloud-info-service; SUSE's manual speaks of six months.
 */
function expectedDeletion({ state, deprecatedOn }: PintImage): string | undefined {
    if (state !== "deprecated" || deprecatedOn === undefined) {
        return undefined;
    }
    const day = `${Number(deprecatedOn.slice(0, 4)) + 2}${deprecatedOn.slice(4)}`;
    return isCalendarDate(day) ? day : `${day.slice(0, 6)}28`;
}
