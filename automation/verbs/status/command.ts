import { exitCodes } from "../../errors/exitCodes";
import { defineCommand } from "../../command/command";
import { environment, output } from "../../command/options";

/** `sles-ecs status`: cluster, hosts and services on one screen. */
export const statusCommand = defineCommand({
    command: "status <environment>",
    summary: "Show cluster, hosts and services of an environment",
    description: [
        "Asks AWS how the environment is: the cluster, each host with its zone, image, agent and docker storage, and the services. A host that is not ready is listed with what it lacks; one of an Auto Scaling group that was launched from an older version of its launch template is called outdated.",
        "With --watch the answer is refreshed every three seconds until Ctrl-C: drawn in place on a terminal, elsewhere as lines that changed. The exit code says only whether the question could be answered; use `sles-ecs wait` to make a script depend on ready hosts.",
    ].join("\n\n"),
    examples: [
        { command: "status dev", text: "How is dev?" },
        { command: "status dev --watch", text: "Keep looking" },
        { command: "status dev --output json", text: "For scripts" },
    ],
    positionals: { environment },
    options: {
        output,
        watch: { alias: "w", describe: "Keep looking until Ctrl-C", type: "boolean", default: false },
    },
    run: async (options, context) => {
        const { openStatus } = await import("./status");
        const status = await openStatus(options, context);
        if (options.watch) {
            const { watchStatus } = await import("./watch");
            await watchStatus(status.read, { ...context, json: options.output === "json" });
            return exitCodes.done;
        }
        const { showStatus } = await import("./view");
        context.io.stdout(showStatus(await status.read(), options.output, context));
        return exitCodes.done;
    },
});
