import { AppError } from "../../errors/appError";
import { exitCodes } from "../../errors/exitCodes";
import { defineCommand } from "../../command/command";
import { parseDuration } from "../../command/duration";
import { withEnvironment, withOutput, type OutputFormat } from "../../command/options";

interface WaitOptions {
    readonly environment: string;
    readonly output: OutputFormat;
    readonly timeout: string;
    readonly hosts: number | undefined;
}

/** `sles-ecs wait`: the ready gate of `up`, for an environment that is up already. */
export const waitCommand = defineCommand<WaitOptions>({
    command: "wait <environment>",
    summary: "Wait until the hosts of an environment are ready",
    description:
        "Waits until as many hosts as the environment should have run an ECS agent that is connected to the right cluster, with docker on the storage that the settings ask for. Changes nothing. When the time is over, every host is listed with how far it got and why, and the exit code is 5.",
    examples: [
        { command: "wait dev", text: "Until all hosts are ready, ten minutes at most" },
        { command: "wait dev --hosts 1 --timeout 2m", text: "Until the first host is ready" },
    ],
    options: (yargs) =>
        withOutput(withEnvironment(yargs))
            .option("timeout", {
                describe: "How long to wait, such as 90s, 10m or 1h30m",
                type: "string",
                requiresArg: true,
                default: "10m",
            })
            .option("hosts", {
                describe: "How many hosts must be ready",
                type: "number",
                requiresArg: true,
                defaultDescription: "as many as the environment should have",
            }),
    run: async (options, context) => {
        const timeoutSeconds = parseDuration(options.timeout, "--timeout");
        const hosts = checkHosts(options.hosts);
        const { wait } = await import("./wait");
        const result = await wait({ ...options, timeoutSeconds, hosts }, context);
        const { showWait } = await import("./view");
        context.io.stdout(showWait(result, options.output));
        return exitCodes.done;
    },
});

function checkHosts(hosts: number | undefined): number | undefined {
    if (hosts !== undefined && (!Number.isInteger(hosts) || hosts < 1)) {
        throw new AppError("USAGE", {
            message: `--hosts is not a number of hosts: got ${hosts}, expected 1 or more`,
        });
    }
    return hosts;
}
