import { defineCommand } from "../../command/command";
import { duration, environment, output, waitForLock } from "../../command/options";

/** `sles-ecs pause`: stops what costs by the hour, and keeps the rest. */
export const pauseCommand = defineCommand({
    command: "pause <environment>",
    summary: "Stop the hosts and services of an environment, and keep the rest",
    description: [
        "Shows what would stop, and what is still to pay for, and asks. Then services go to 0 with their counts kept in tags of their own, tasks of no service are stopped, and fixed hosts stop with their volumes; the hosts of a group are terminated, with their volumes. `sles-ecs resume` brings hosts and services back.",
        "In an adopted cluster only the environment's own hosts are drained and stopped. A lease counts on, and `reap` and `destroy` work as ever. Needs no settings, so that it works from any machine that reaches state and account.",
        "Running it again does no harm: it goes on where it stopped, and what has stopped already keeps what was remembered.",
    ].join("\n\n"),
    examples: [
        { command: "pause alice", text: "Show the plan, ask, stop" },
        { command: "pause alice --yes --output json", text: "In a pipeline: what was stopped, as JSON" },
    ],
    positionals: { environment },
    options: {
        output,
        timeout: duration("--timeout", "How long the tasks may take to stop, such as 90s or 10m"),
        "wait-for-lock": waitForLock,
    },
    run: async (options, context) => {
        const { pause } = await import("./pause");
        const result = await pause(
            { ...options, timeoutSeconds: options.timeout, waitForLockSeconds: options.waitForLock },
            context,
        );
        const { showPause } = await import("./view");
        context.io.stdout(showPause(result, options.output, context.show));
        return 0;
    },
});
