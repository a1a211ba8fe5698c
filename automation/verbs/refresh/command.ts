import { defineCommand } from "../../command/command";
import { environment, output, parallel, waitForLock } from "../../command/options";

/** `sles-ecs refresh`: reads from AWS what really stands there into the state. */
export const refreshCommand = defineCommand({
    command: "refresh <environment>",
    summary: "List what was changed in AWS by hand, and take it into the state",
    description: [
        "Reads every resource of the environment from AWS and lists what differs from the state. Lists, too, what carries the environment's id and the state does not know. Then the state says what AWS says, so that the next up can set it right. Changes nothing in AWS.",
    ].join("\n\n"),
    examples: [
        { command: "refresh dev --preview-only", text: "Only list the differences" },
        { command: "refresh dev", text: "List them and take them into the state" },
    ],
    positionals: { environment },
    options: {
        output,
        parallel,
        "preview-only": {
            describe: "List the differences and leave the state as it is",
            type: "boolean",
            default: false,
        },
        "wait-for-lock": waitForLock,
    },
    run: async (options, context) => {
        const { refresh } = await import("./refresh");
        const result = await refresh({ ...options, waitForLockSeconds: options.waitForLock }, context);
        const { showRefresh } = await import("./view");
        context.io.stdout(showRefresh(result, options.output, context));
        return 0;
    },
});
