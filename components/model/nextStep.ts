import { joinLines, type CommandLine, type Line } from "./commandLine";

/** Images for hosts, in the filter language of SUSE's pint. */
export const hostImages = "name~ecs";

/** A command, or a change of the settings, that a person can go on with; every door has its own words for it. */
export type NextCommand =
    | { readonly do: "lockImage"; readonly environment: string; readonly newest?: boolean }
    | {
          readonly do: "updateImage";
          readonly environment: string;
          /** Name of the image; the best that the filter matches unless given. */
          readonly to?: string;
      }
    | { readonly do: "listHostImages"; readonly region: string }
    | { readonly do: "adoptCluster"; readonly environment: string }
    | {
          readonly do: "setSetting";
          readonly path: string;
          readonly value: string | number | boolean;
          readonly bound?: "or more" | "or less";
      }
    | { readonly do: "unsetSetting"; readonly path: string };

type Part = string | CommandLine | NextCommand;

/**
 * What to do about a problem: plain advice, a command, or several of both that make one sentence. A `CommandLine` is of
 * the door that gave it.
 */
export type NextStep = Part | readonly Part[];

/** How a door says what to do next. */
export type WordNextStep = (step: NextStep) => Line;

/** A next step as a line. @param say how a door words a command */
export function sayNextStep(step: NextStep, say: (command: NextCommand) => Line): Line {
    const sayPart = (part: Part): Line => (typeof part === "object" && "do" in part ? say(part) : part);
    return isPart(step) ? sayPart(step) : joinLines(step.map(sayPart), "");
}

function isPart(step: NextStep): step is Part {
    return !Array.isArray(step);
}
