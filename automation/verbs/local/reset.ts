import { defineCommand } from "../../command/command";
import { directory, output } from "../../command/options";
import { requireConsent } from "../../environment/consent";
import { renderJson } from "../../output/json";
import { chosenDirectory, forgetStacks, onSameCloud, requireRunning, standingOn } from "./cloud";

/** `sles-ecs local reset`: an empty account again. */
export const localResetCommand = defineCommand({
    command: "reset",
    summary: "Empty the local cloud: everything in it, and the state of the environments on it",
    description:
        "Removes everything from the running local cloud, and the state of the environments on it, as if both had just been made. Asks first; --yes answers for you, and is needed where nobody can be asked.",
    examples: [{ command: "local reset --yes", text: "Without a question" }],
    options: { output, directory },
    run: async (options, context) => {
        const place = await chosenDirectory(options, context);
        const cloud = await import("../../../local");
        const info = await requireRunning(cloud, place, options);
        const standing = await standingOn(cloud, place);
        const environments = standing.length === 0 ? "" : `, with ${standing.join(", ")},`;
        const question = `Remove everything${environments} from the local cloud of ${place}?`;
        await requireConsent(context, options, question, onSameCloud(options, "reset"));
        await cloud.resetLocalCloud(info.directory);
        await forgetStacks(cloud, place);
        const json = { directory: place, reset: true };
        const told = `The local cloud of ${place} is empty.\n`;
        context.io.stdout(options.output === "json" ? renderJson(json) : told);
        return 0;
    },
});
