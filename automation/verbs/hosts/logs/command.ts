import { defineCommand } from "../../../command/command";
import { countOf, environment, output } from "../../../command/options";
import { host } from "../options";

/** `sles-ecs hosts logs`: what the agent of a host says, or how its boots went. */
export const hostsLogsCommand = defineCommand({
    command: "logs <environment> <host>",
    summary: "Show the log of a host's ECS agent, or of its boots",
    description: [
        "Where AWS Systems Manager (SSM) reaches the host: the journal of agent and docker, and the agent's own log; with --boot the log of the bootstrap. SSM gives back no more than the last 23,000 characters. Elsewhere, and for a host that does not run: its console as EC2 has it, the last 64 KiB, which may be minutes old.",
        "With --follow it asks again until Ctrl-C, and shows what is new. Changes nothing, and takes no lock.",
    ].join("\n\n"),
    examples: [
        { command: "hosts logs dev 1", text: "The agent's log of host 1" },
        { command: "hosts logs dev 1 --boot", text: "How its boots went" },
        { command: "hosts logs dev i-0123 --follow", text: "Keep looking" },
    ],
    positionals: { environment, host },
    options: {
        output,
        boot: { describe: "The log of its boots", type: "boolean", default: false },
        follow: { alias: "f", describe: "Keep looking until Ctrl-C", type: "boolean", default: false },
        lines: {
            describe: "How many lines of each log",
            type: "number",
            requiresArg: true,
            default: 200,
            coerce: countOf("--lines", "lines"),
        },
    },
    run: async (options, context) => {
        const { logs } = await import("./logs");
        await logs({ ...options, json: options.output === "json" }, context);
        return 0;
    },
});
