import { defineCommand } from "../../command/command";
import { directory, output } from "../../command/options";
import { exitCodes } from "../../errors/exitCodes";
import { renderJson } from "../../output/json";
import { chosenDirectory, environmentsText, standingOn, tasksText, type LocalCloudInfo } from "./cloud";

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
        const cloud = await import("../../../local");
        const info = await cloud.localCloudStatus(place);
        if (info === undefined) {
            const isKept = await cloud.isLocalCloudKept(place);
            const kept = isKept ? await standingOn(cloud, place) : [];
            const keptText = kept.length === 0 ? "what one held" : environmentsText(kept);
            const told = isKept
                ? `No local cloud runs from ${place}; the next local start brings back ${keptText}.\n`
                : `No local cloud runs from ${place}.\n`;
            const json = { directory: place, running: false, isKept, kept };
            context.io.stdout(options.output === "json" ? renderJson(json) : told);
            return exitCodes.notFound;
        }
        const { endpoint, pid, startedAt } = info;
        const absence = await cloud.absenceOfEngine(info);
        const told = [
            `The local cloud runs at ${endpoint} (process ${pid}) since ${startedAt}; ${tasksText(info)}.`,
            ...(absence === undefined
                ? []
                : [`The container engine is away: ${absence}. New tasks fail until it is back.`]),
            "",
        ].join("\n");
        const containers = containersAsJson(info, absence);
        const json = { directory: info.directory, endpoint, pid, startedAt, running: true, containers };
        context.io.stdout(options.output === "json" ? renderJson(json) : told);
        return exitCodes.done;
    },
});

/** How tasks run, and whether what runs them answers now. */
function containersAsJson(
    { containers = { kind: "simulated", reason: "" } }: LocalCloudInfo,
    reason: string | undefined,
): object {
    return containers.kind === "simulated"
        ? { kind: containers.kind }
        : { ...containers, answers: reason === undefined, reason };
}
