import type { Context } from "../../../ports/context";
import type { ImageState } from "../../../../components/model/images/pintRecord";
import type { PintImage } from "../../../ports/pint";
import { askPint, type PintAnswer } from "../askPint";
import { parseFilter } from "./filter";
import { findRegion, listCommand, type CommandFor, type RegionRequest } from "../region";

/** Which images are meant. */
interface ImageQuestion {
    readonly state: ImageState | "all";
    /** In the language of `pint`. */
    readonly filter: string | undefined;
}

export interface ImageListRequest extends RegionRequest, ImageQuestion {}

export interface ImageList extends ImageQuestion {
    readonly region: string;
    readonly images: readonly PintImage[];
    readonly answer: PintAnswer;
}

/** SUSE's images in a region, by pint. */
export async function listImages(
    request: ImageListRequest,
    context: Pick<Context, "directory" | "io" | "loadAws" | "loadPint">,
): Promise<ImageList> {
    const { state, filter } = request;
    const holds = filter === undefined ? () => true : parseFilter(filter);
    const commandFor: CommandFor = (other) => listCommand({ region: other, state, filter });
    const region = await findRegion(request, context, commandFor);
    const answer = await askPint(context, { region, ...(state === "all" ? {} : { state }) }, commandFor);
    return { region, state, filter, images: answer.images.filter(holds), answer };
}
