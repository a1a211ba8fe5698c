import { defineCommand } from "../../../command/command";
import { environment, output, secondsOf } from "../../../command/options";
import { service } from "../options";

/** `sles-ecs service logs`: what the containers of a service write. */
export const serviceLogsCommand = defineCommand({
    command: "logs <environment> <service>",
    summary: "Show what the containers of a service write",
    description:
        "From the log groups of its task definition, also of tasks that have stopped, and of a service that was removed with --keep-logs; each line with the beginning of its task's id. With --follow it asks again until Ctrl-C, or until the service is removed and all is shown. Changes nothing, and takes no lock.",
    examples: [
        { command: "service logs dev web", text: "The last hour of web" },
        { command: "service logs dev web --follow", text: "Keep looking" },
    ],
    positionals: { environment, service },
    options: {
        output,
        follow: { alias: "f", describe: "Keep looking until Ctrl-C", type: "boolean", default: false },
        since: {
            describe: "How far to look back, such as 10m or 2h",
            type: "string",
            requiresArg: true,
            default: "1h",
            coerce: secondsOf("--since"),
        },
    },
    run: async (options, context) => {
        const { serviceLogs } = await import("./logs");
        await serviceLogs(
            { ...options, sinceSeconds: options.since, json: options.output === "json" },
            context,
        );
        return 0;
    },
});
