import { exitCodes } from "../../../errors/exitCodes";
import { defineCommand } from "../../../command/command";
import { output } from "../../../command/options";

/** `sles-ecs images outdated`: which environments are on an image that has a successor. */
export const imagesOutdatedCommand = defineCommand({
    command: "outdated",
    summary: "List the host image of every environment beside the newest one; code 1 when any is outdated",
    description:
        "Asks EC2 in the region of each environment which images hostImage.filter matches today, what has become of the locked one, and which images the hosts run; where nothing is locked, the image that the hosts run takes the place of the locked one. Ends with code 1 when that image is deprecated or gone, when hosts run it and there is a newer one, when hosts run another image, or when an environment could not be looked at; with code 0 otherwise. An environment without hosts, such as one that was destroyed, is shown as outdated and is no reason for code 1.",
    examples: [
        { command: "images outdated", text: "All environments as a table" },
        { command: "images outdated --output json", text: "For scripts" },
    ],
    options: { output },
    run: async (options, context) => {
        const { outdatedImages } = await import("./outdated");
        const { needsAttention } = await import("../../../images/imageStatus");
        const result = await outdatedImages(options, context);
        const { showOutdated } = await import("./view");
        context.io.stdout(showOutdated(result, options.output, context));
        return result.environments.some(needsAttention) ? exitCodes.failed : exitCodes.done;
    },
});
