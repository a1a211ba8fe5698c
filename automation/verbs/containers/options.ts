import type { Options } from "yargs";

import { once } from "../../command/options";

/** `--to`, for commands that push. */
export const to = {
    describe: "Repository of containerRegistry that takes the image",
    type: "string",
    requiresArg: true,
    coerce: once<string>("--to"),
    defaultDescription: "the one that is called as the image, or the only one",
} as const satisfies Options;

/** `--tag`, for commands that push. */
export const tag = {
    describe: "Tag of the image in the repository, where tags never change hands",
    type: "string",
    requiresArg: true,
    coerce: once<string>("--tag"),
    defaultDescription: "that of the image",
} as const satisfies Options;

/** `<package>`, for commands about packages with container images. */
export const packageName = {
    describe: "Package with a container image, such as sles12-docker-image",
    type: "string",
    demandOption: true,
} as const satisfies Options;
