import { line, type Show } from "../../../components/model/commandLine";
import { defineCommand } from "../../command/command";
import { directory, output } from "../../command/options";
import { AppError } from "../../errors/appError";
import { renderJson } from "../../output/json";
import {
    chosenDirectory,
    environmentsText,
    onSameCloud,
    standingOn,
    type GivenDirectory,
    type LocalCloud,
} from "./cloud";

/** `sles-ecs local stop`: ends the local cloud. */
export const localStopCommand = defineCommand({
    command: "stop",
    summary: "Stop the local cloud, for good or for a while",
    description: [
        "Ends the local cloud and everything in it: the emulated AWS keeps nothing, and the environments that were on it are gone; they are named. Running it again does no harm.",
        "With --keep what it holds is written down, and the next local start brings it back, at the same address where that is free: its hosts boot again, and services start their tasks, as after a loss of power. Tasks of no service, sessions and commands of Systems Manager are not kept.",
    ].join("\n\n"),
    examples: [
        { command: "local stop", text: "Stop the local cloud of this project" },
        { command: "local stop --keep", text: "Stop it until the next local start" },
    ],
    options: {
        output,
        directory,
        keep: {
            describe: "Let the next local start bring back what is in it",
            type: "boolean",
            default: false,
        },
    },
    run: async (options, context) => {
        const place = await chosenDirectory(options, context);
        const stopped = await stopLocal(await import("../../../local"), place, options);
        const told = `${storyOf(stopped, place)}\n${nextOf(stopped, options, context.show)}`;
        context.io.stdout(options.output === "json" ? renderJson({ directory: place, ...stopped }) : told);
        return 0;
    },
});

interface StoppedCloud {
    /** It ran. */
    readonly stopped: boolean;
    /** Environments that are gone. */
    readonly discarded: readonly string[];
    /** Environments that the next start brings back. */
    readonly kept: readonly string[];
    readonly isKept: boolean;
}

/** @throws AppError LOCAL_CLOUD_FAILED where it could not be kept, and is not stopped */
async function stopLocal(
    cloud: LocalCloud,
    place: string,
    { keep, ...given }: GivenDirectory & { readonly keep: boolean },
): Promise<StoppedCloud> {
    const [info, wasKept] = await Promise.all([cloud.localCloudStatus(place), cloud.isLocalCloudKept(place)]);
    const standing = info !== undefined || wasKept ? await standingOn(cloud, place) : [];
    try {
        const stopped = await cloud.stopLocalCloud(place, { keep });
        const isKept = keep && (stopped || wasKept);
        return {
            stopped,
            isKept,
            ...(isKept ? { kept: standing, discarded: [] } : { kept: [], discarded: standing }),
        };
    } catch (error) {
        throw new AppError("LOCAL_CLOUD_FAILED", {
            message: `what the local cloud holds could not be kept: ${(error as Error).message}`,
            cause: error,
            hint: onSameCloud(given, "stop", "--keep"),
        });
    }
}

function storyOf({ stopped, isKept, kept, discarded }: StoppedCloud, place: string): string {
    const lines = [
        stopped ? `The local cloud of ${place} has stopped.` : `No local cloud runs from ${place}.`,
    ];
    if (isKept) {
        lines.push(`Kept: ${kept.length === 0 ? "what it holds" : environmentsText(kept)}.`);
    }
    if (discarded.length > 0) {
        lines.push(`Gone with it: ${environmentsText(discarded)}.`);
    }
    return lines.join("\n");
}

function nextOf({ isKept }: StoppedCloud, given: GivenDirectory, show: Show): string {
    return isKept ? `${show(line`Next: ${onSameCloud(given, "start")}`)}\n` : "";
}
