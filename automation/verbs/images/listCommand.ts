import {
    command,
    type CommandLine,
    type Placeholder,
    type Word,
} from "../../../components/model/commandLine";
import type { ImageState } from "../../../components/model/images/pintRecord";

/** In commands to go on with, where nothing tells which region is meant. */
export const anyRegion: Placeholder = { placeholder: "region" };

interface Listing {
    readonly region: Word | undefined;
    /** @default active, as the command has it */
    readonly state?: ImageState | "all";
    readonly filter?: string | undefined;
}

/** What shows the names of the images that can be hosts. */
export const hostImages = "name~ecs";

/** The command line that lists images. */
export function listCommand({ region, state = "active", filter }: Listing): CommandLine {
    return command(
        "images",
        "list",
        region !== undefined && ["--region", region],
        state !== "active" && ["--state", state],
        filter !== undefined && ["--filter", filter],
    );
}
