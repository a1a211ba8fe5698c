import { defineCommand } from "../../command/command";
import { duration, output, parallel, someSecondsOf } from "../../command/options";

/** `sles-ecs reap`: destroys the environments whose lease is over. */
export const reapCommand = defineCommand({
    command: "reap",
    summary: "Destroy the environments whose lease is over",
    description: [
        "Looks at every environment of the project in the state backend, tells whose lease is over (up --ttl), and destroys those as `sles-ecs destroy` does: one after the other, each with its plan and a question, or several at once with --yes. What was extended or made anew meanwhile stays, and so does what somebody else works on. An environment whose lease somebody has made unreadable stays too, and is named.",
        "Needs no settings of the environments, so that it runs anywhere that reaches state and account, such as in a scheduled pipeline; many at a time do no harm. What is over goes by AWS's clock.",
        "Ends with code 7 when something of an environment is left, and with code 1 when one of them could not be looked at or destroyed, or has a lease that nobody can read. --watch needs --yes, and goes on after whatever passes by itself.",
    ].join("\n\n"),
    examples: [
        { command: "reap --dry-run", text: "Only tell what is over" },
        { command: "reap --yes --output json", text: "In a pipeline" },
        { command: "reap --yes --watch --every 10m", text: "Stay, and look every ten minutes" },
    ],
    options: {
        output,
        parallel,
        "dry-run": { describe: "Only tell what is over", type: "boolean", default: false },
        watch: { describe: "Stay, and look again and again", type: "boolean", default: false },
        every: {
            ...duration("--every", "How often --watch looks, such as 5m"),
            default: "5m",
            coerce: someSecondsOf("--every"),
        },
        timeout: duration("--timeout", "How long the tasks of each environment may take to stop"),
    },
    run: async (options, context) => {
        const { reap } = await import("./reap");
        const { exitCodeOf, showReaped } = await import("./view");
        const request = { ...options, timeoutSeconds: options.timeout };
        if (!options.watch) {
            const all = await reap(request, context);
            context.io.stdout(showReaped(all, options.output, context));
            return exitCodeOf(all);
        }
        const { watch } = await import("./watch");
        return watch(request, options.every, context, (all) =>
            context.io.stdout(showReaped(all, options.output, context)),
        );
    },
});
