import { defineCommand } from "../../../command/command";
import { output, region } from "../../../command/options";

/** `sles-ecs images show`: one image of SUSE's. */
export const imagesShowCommand = defineCommand({
    command: "show <image>",
    summary: "Show what SUSE says of an image, and what replaces it",
    description:
        "Asks SUSE's public cloud information service (pint) for one image: its state and what that means, its dates, the page on what changed in it, and its replacements up to the last one.",
    examples: [
        { command: "images show ami-0123456789abcdef0", text: "How long will this image be there?" },
        {
            command: "images show suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64 --region eu-central-1",
            text: "By its name, which is the same in every region",
        },
    ],
    positionals: { image: { describe: "Name or id of the image", type: "string", demandOption: true } },
    options: { region, output },
    run: async (options, context) => {
        const { showImage } = await import("./show");
        const details = await showImage(options, context);
        const { showNotes } = await import("../askPint");
        const { showDetails } = await import("./view");
        context.io.stderr(showNotes(details.answer));
        context.io.stdout(showDetails(details, options.output));
        return 0;
    },
});
