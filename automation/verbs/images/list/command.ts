import type { ImageState } from "../../../../components/model/images/pintRecord";
import { defineCommand } from "../../../command/command";
import { once, output, region } from "../../../command/options";

/** `sles-ecs images list`: SUSE's images in a region. */
export const imagesListCommand = defineCommand({
    command: "list",
    summary: "List SUSE's images in a region",
    description: [
        "Asks SUSE's public cloud information service (pint) for the images of a region. The last answer is kept: when pint cannot be reached, that one is shown, with its age.",
        "Filters are those of SUSE's command `pint`: phrases parted by commas, all of which must hold. Texts (name, replacementname): ~ contains, ! does not contain, % matches a regular expression from the start, = is. Ids (id, replacementid): =. Dates (publishedon, deprecatedon, deletedon): <, = or >, as YYYYMMDD; an image without the date meets none of them. With --output json the answer has pint's own form.",
    ].join("\n\n"),
    examples: [
        { command: "images list --filter name~ecs", text: "Images for hosts that SUSE keeps up to date" },
        {
            command: "images list --state deprecated --filter 'name~ecs,deprecatedon<20260101'",
            text: "Those that were replaced before 2026",
        },
        { command: "images list --state all --output json", text: "For scripts" },
    ],
    options: {
        region,
        output,
        state: {
            describe: "State of the images in SUSE's life cycle",
            choices: ["active", "inactive", "deprecated", "deleted", "all"],
            default: "active",
            requiresArg: true,
            coerce: once<ImageState | "all">("--state"),
        },
        filter: {
            describe: "Only images that meet these conditions, such as name~ecs,name!byos",
            type: "string",
            requiresArg: true,
            coerce: (given: string | readonly string[]) => [given].flat().join(","),
        },
    },
    run: async (options, context) => {
        const { listImages } = await import("./list");
        const list = await listImages(options, context);
        const { showNotes } = await import("../askPint");
        const { showImages } = await import("./view");
        context.io.stderr(showNotes(list.answer));
        context.io.stdout(showImages(list, options.output, context));
        return 0;
    },
});
