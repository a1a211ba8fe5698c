import { defineCommand } from "../../command/command";
import { directory, output } from "../../command/options";
import { exitCodes } from "../../errors/exitCodes";
import { renderJson } from "../../output/json";
import { chosenDirectory, tasksText } from "./cloud";

/** `sles-ecs local status`: whether the local cloud runs, and where. */
export const localStatusCommand = defineCommand({
    command: "status",
    summary: "Say whether the local cloud runs, and where",
    description:
        "Ends with code 0 when the local cloud of this project runs, and with code 3 when it does not.",
    examples: [{ command: "local status --output json", text: "For scripts" }],
    options: { output, directory },
    run: async (options, context) => {
        const place = await chosenDirectory(options, context);
        const { localCloudStatus } = await import("../../../local");
        const info = await localCloudStatus(place);
        if (info === undefined) {
            const told = `No local cloud runs from ${place}.\n`;
            const json = { directory: place, running: false };
            context.io.stdout(options.output === "json" ? renderJson(json) : told);
            return exitCodes.notFound;
        }
        const { endpoint, pid, startedAt } = info;
        const containers = info.containers ?? { kind: "simulated" };
        const told = `The local cloud runs at ${endpoint} (process ${pid}) since ${startedAt}; ${tasksText(info)}.\n`;
        const json = { directory: info.directory, endpoint, pid, startedAt, running: true, containers };
        context.io.stdout(options.output === "json" ? renderJson(json) : told);
        return exitCodes.done;
    },
});
