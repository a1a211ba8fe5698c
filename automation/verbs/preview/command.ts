import { exitCodes } from "../../errors/exitCodes";

import { defineCommand } from "../../command/command";
import { environment, output, parallel } from "../../command/options";

/** `sles-ecs preview`: what `up` would do. */
export const previewCommand = defineCommand({
    command: "preview <environment>",
    summary: "Show what up would create, change, replace or delete",
    description: [
        "Compares the settings with the state of the environment and lists every step that up would take. Changes nothing, neither in AWS nor in the state; an environment that does not exist yet is previewed and not created.",
        "It sees what is gone from AWS, stopped there, or left by an update that was killed. Details that were changed by hand it does not look for: that is what refresh is for.",
    ].join("\n\n"),
    examples: [
        { command: "preview dev", text: "List the steps that up would take" },
        { command: "preview dev --expect-no-changes", text: "End with code 1 when there is any" },
    ],
    positionals: { environment },
    options: {
        output,
        parallel,
        "expect-no-changes": {
            describe: "End with code 1 when up would change anything",
            type: "boolean",
            default: false,
        },
    },
    run: async (options, context) => {
        const { preview } = await import("./preview");
        const result = await preview(options, context);
        const { showPreview } = await import("./view");
        context.io.stdout(showPreview(result, options.output, context));
        const { changes, drift } = result;
        const isSame =
            changes.steps.length + drift.strays.length + drift.stopped.length === 0 &&
            drift.pausedSince === undefined;
        const unexpected = options.expectNoChanges && !isSame;
        return unexpected ? exitCodes.failed : exitCodes.done;
    },
});
