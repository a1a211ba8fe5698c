import { hostImages } from "../../../../components/model/nextStep";
import { command } from "../../../../components/model/commandLine";
import { readHostImageName } from "../../../../components/model/images/hostImageName";
import { deletionDate } from "../../../../components/model/images/pintAdvice";
import { followReplacements, type Replacements } from "../../../../components/model/images/pintRecord";
import type { Context } from "../../../ports/context";
import { AppError } from "../../../errors/appError";
import { nearestWord } from "../../../../components/model/nearestWord";
import type { PintImage } from "../../../ports/pint";
import { askPint, type PintAnswer } from "../askPint";
import { findRegion, listCommand, type CommandFor, type RegionRequest } from "../region";

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
    readonly replacements: Replacements<PintImage>;
    readonly answer: PintAnswer;
}

/** Everything that pint knows of an image. @throws AppError IMAGE_UNKNOWN */
export async function showImage(
    request: ImageRequest,
    context: Pick<Context, "directory" | "io" | "loadAws" | "loadPint">,
): Promise<ImageDetails> {
    const commandFor: CommandFor = (other) => command("images", "show", request.image, "--region", other);
    const region = await findRegion(request, context, commandFor);
    if (request.image.trim() === "") {
        throw new AppError("USAGE", {
            message: "the image is empty, expected the name or id of one",
            hint: listCommand({ region, filter: hostImages }),
        });
    }
    const answer = await askPint(context, { region }, commandFor);
    const image = find(request.image, answer.images);
    if (image === undefined) {
        throw unknown(request.image, region, answer.images);
    }
    const deletionOn = image.state === "deprecated" ? deletionDate(image) : undefined;
    return {
        image,
        canBeHost: !("reason" in readHostImageName(image.name)),
        deletionOn,
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
        hint: listCommand({ region, state: "all", filter: hostImages }),
    });
}
