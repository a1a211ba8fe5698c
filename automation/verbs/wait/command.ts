import { exitCodes } from "../../errors/exitCodes";
import { defineCommand } from "../../command/command";
import { countOf, duration, environment, output } from "../../command/options";

/** `sles-ecs wait`: the ready gate of `up`, for an environment that is up already. */
export const waitCommand = defineCommand({
    command: "wait <environment>",
    summary: "Wait until the hosts of an environment are ready",
    description:
        "Waits until as many hosts as the environment should have run an ECS agent that is connected to the right cluster, with docker on the storage that the settings ask for. Changes nothing. When the time is over, every host is listed with how far it got and why, and the exit code is 5.",
    examples: [
        { command: "wait dev", text: "Until all hosts are ready, ten minutes at most" },
        { command: "wait dev --hosts 1 --timeout 2m", text: "Until the first host is ready" },
    ],
    positionals: { environment },
    options: {
        output,
        timeout: duration("--timeout", "How long to wait, such as 90s, 10m or 1h30m"),
        hosts: {
            describe: "How many hosts must be ready",
            type: "number",
            requiresArg: true,
            defaultDescription: "as many as the environment should have",
            coerce: countOf("--hosts", "hosts"),
        },
    },
    run: async (options, context) => {
        const { wait } = await import("./wait");
        const result = await wait({ ...options, timeoutSeconds: options.timeout }, context);
        const { showWait } = await import("./view");
        context.io.stdout(showWait(result, options.output));
        return exitCodes.done;
    },
});
