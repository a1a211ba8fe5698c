import { defineCommand } from "../../command/command";
import { directory, output } from "../../command/options";
import { renderJson } from "../../output/json";
import { chosenDirectory } from "./cloud";

/** `sles-ecs local stop`: ends the local cloud. */
export const localStopCommand = defineCommand({
    command: "stop",
    summary: "Stop the local cloud",
    description:
        "Ends the local cloud and everything in it: the emulated AWS keeps nothing, and the next start forgets the environments that were on it. Running it again does no harm.",
    examples: [{ command: "local stop", text: "Stop the local cloud of this project" }],
    options: { output, directory },
    run: async (options, context) => {
        const place = await chosenDirectory(options, context);
        const { stopLocalCloud } = await import("../../../local");
        const stopped = await stopLocalCloud(place);
        const told = stopped
            ? `The local cloud of ${place} has stopped.\n`
            : `No local cloud runs from ${place}.\n`;
        context.io.stdout(options.output === "json" ? renderJson({ directory: place, stopped }) : told);
        return 0;
    },
});
