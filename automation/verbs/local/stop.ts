import { defineCommand } from "../../command/command";
import { directory, output } from "../../command/options";
import { renderJson } from "../../output/json";
import { chosenDirectory, standingOn } from "./cloud";

/** `sles-ecs local stop`: ends the local cloud. */
export const localStopCommand = defineCommand({
    command: "stop",
    summary: "Stop the local cloud",
    description:
        "Ends the local cloud and everything in it: the emulated AWS keeps nothing, and the environments that were on it are gone; they are named. Running it again does no harm.",
    examples: [{ command: "local stop", text: "Stop the local cloud of this project" }],
    options: { output, directory },
    run: async (options, context) => {
        const place = await chosenDirectory(options, context);
        const cloud = await import("../../../local");
        const info = await cloud.localCloudStatus(place);
        const discarded = info === undefined ? [] : await standingOn(cloud, info);
        const stopped = await cloud.stopLocalCloud(place);
        const told = stopped
            ? `The local cloud of ${place} has stopped.\n${goneText(discarded)}`
            : `No local cloud runs from ${place}.\n`;
        context.io.stdout(
            options.output === "json" ? renderJson({ directory: place, stopped, discarded }) : told,
        );
        return 0;
    },
});

function goneText(environments: readonly string[]): string {
    return environments.length === 0
        ? ""
        : `Gone with it: ${environments.length === 1 ? "environment" : "environments"} ${environments.join(", ")}.\n`;
}
