import { exitCodes } from "../../errors/exitCodes";
import { defineCommand } from "../../command/command";
import { environment, once, output } from "../../command/options";

/** `sles-ecs status`: cluster, hosts and services on one screen. */
export const statusCommand = defineCommand({
    command: "status <environment>",
    summary: "Show cluster, hosts and services of an environment",
    description: [
        "Asks AWS how the environment is: the cluster, each host with its zone, image, agent and docker storage, and the services. A host that is not ready is listed with what it lacks; one of an Auto Scaling group that was launched from an older version of its launch template is called outdated.",
        "With --watch the answer is refreshed every three seconds until Ctrl-C: drawn in place on a terminal, elsewhere as lines that changed. The exit code says only whether the question could be answered; use `sles-ecs wait` to make a script depend on ready hosts.",
        "With --html the answer is a page of its own, for a browser or a printer: the hosts where they stand, with their storage and tasks, the services, the host image, the lease, and what the last runs of `up` on this machine did when. It loads nothing and works without a network. Everything that it shows is as readable for whoever gets the file.",
    ].join("\n\n"),
    examples: [
        { command: "status dev", text: "How is dev?" },
        { command: "status dev --watch", text: "Keep looking" },
        { command: "status dev --output json", text: "For scripts" },
        { command: "status dev --html dev.html", text: "As a page, to look at or to send to somebody" },
    ],
    positionals: { environment },
    options: {
        output,
        html: {
            describe: "Write a page to this file instead of an answer to stdout; - is stdout",
            type: "string",
            requiresArg: true,
            coerce: once<string>("--html"),
        },
        watch: { alias: "w", describe: "Keep looking until Ctrl-C", type: "boolean", default: false },
    },
    run: async (options, context) => {
        if (options.html !== undefined) {
            const { drawStatus } = await import("./draw");
            await drawStatus({ ...options, html: options.html }, context);
            return exitCodes.done;
        }
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
