import { defineCommand } from "../../command/command";
import { parseDuration } from "../../command/duration";
import { withEnvironment, withOutput, withParallel, type OutputFormat } from "../../command/options";

interface UpOptions {
    readonly environment: string;
    readonly output: OutputFormat;
    readonly from: string | undefined;
    readonly set: readonly string[];
    readonly adoptCluster: boolean;
    readonly wait: boolean;
    readonly timeout: string;
    readonly parallel: number | undefined;
}

/** `sles-ecs up`: makes an environment what its settings say, and waits until its hosts are ready. */
export const upCommand = defineCommand<UpOptions>({
    command: "up <environment>",
    summary: "Make an environment what its settings say, and wait until its hosts are ready",
    description: [
        "Checks the settings and AWS before anything is created, then creates or changes what differs, then waits until every host runs an ECS agent that is connected to the right cluster. Running it again does no harm.",
        "With --from the environment is a personal one: its settings file is written as a copy of another environment's, with --set on top, and goes away again with destroy. The other environment's file is not touched.",
        "Creating needs no question. When something would be deleted or replaced, the plan is shown and you are asked; --yes answers for you, and is needed where nobody can be asked.",
    ].join("\n\n"),
    examples: [
        { command: "up dev", text: "Bring up what Pulumi.dev.yaml says" },
        { command: "up alice --from dev --set hosts.count=1", text: "A personal environment, with one host" },
        { command: "up dev --yes --output json", text: "In a pipeline: no question, the answer as JSON" },
    ],
    options: (yargs) =>
        withParallel(withOutput(withEnvironment(yargs)))
            .option("from", {
                describe: "Make the environment personal: copy the settings of this one",
                type: "string",
                requiresArg: true,
            })
            .option("set", {
                describe:
                    "Setting of a personal environment, as path=value (path= removes it); may be repeated",
                type: "string",
                array: true,
                // One value each, or `--set a=1 dev` would take `dev` as a second one.
                nargs: 1,
                default: [] as string[],
                defaultDescription: "none",
            })
            .option("adopt-cluster", {
                describe:
                    "Use an existing cluster of that name without ever deleting it; remembered in the settings",
                type: "boolean",
                default: false,
            })
            .option("wait", {
                describe: "Wait until the hosts are ready (--no-wait: end after the engine)",
                type: "boolean",
                default: true,
            })
            .option("timeout", {
                describe: "How long to wait for the hosts, such as 90s, 10m or 1h30m",
                type: "string",
                requiresArg: true,
                default: "10m",
            }),
    run: async (options, context) => {
        const timeoutSeconds = parseDuration(options.timeout, "--timeout");
        const { up } = await import("./up");
        const result = await up({ ...options, timeoutSeconds }, context);
        const { showUp } = await import("./view");
        context.io.stdout(showUp(result, options.output, context));
        return 0;
    },
});
