import type { ImageState } from "../../../components/model/images/pintRecord";
import { shellWord } from "../../output/shellWord";

/** In commands to go on with, where nothing tells which region is meant. */
export const anyRegion = "<region>";

interface Listing {
    readonly region: string | undefined;
    /** @default active, as the command has it */
    readonly state?: ImageState | "all";
    readonly filter?: string | undefined;
}

/** What shows the names of the images that can be hosts. */
export const hostImages = "name~ecs";

/** The command line that lists images. */
export function listCommand({ region, state = "active", filter }: Listing): string {
    return [
        "sles-ecs images list",
        ...(region === undefined ? [] : [`--region ${region === anyRegion ? region : shellWord(region)}`]),
        ...(state === "active" ? [] : [`--state ${state}`]),
        ...(filter === undefined ? [] : [`--filter ${shellWord(filter)}`]),
    ].join(" ");
}
