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
          readonly value: string | number;
          readonly bound?: "or more" | "or less";
      }
    | { readonly do: "unsetSetting"; readonly path: string };

/** What to do about a problem: plain advice, a command, or several of both that make one sentence. */
export type NextStep = string | NextCommand | readonly (string | NextCommand)[];

/** A next step as text. @param say how a door words a command */
export function sayNextStep(step: NextStep, say: (command: NextCommand) => string): string {
    const parts = Array.isArray(step) ? (step as readonly (string | NextCommand)[]) : [step as NextCommand];
    return parts.map((part) => (typeof part === "string" ? part : say(part))).join("");
}
