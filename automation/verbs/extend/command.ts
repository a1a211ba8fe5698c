import { defineCommand } from "../../command/command";
import { environment, output, someTime, waitForLock } from "../../command/options";

/** `sles-ecs extend`: lets an environment live longer. */
export const extendCommand = defineCommand({
    command: "extend <environment> <time>",
    summary: "Let an environment live longer",
    description: [
        "Moves the end of an environment's lease (up --ttl): by the time given, from its end on, or from now on where that is over already. The schedules in AWS that stop its hosts move along.",
        "Needs none of its settings, so that it works from any machine that reaches state and account. lease.longestTtl bounds it. Nothing else of the environment is changed.",
    ].join("\n\n"),
    examples: [
        { command: "extend alice 4h", text: "Four hours more" },
        { command: "extend alice 7d12h", text: "A week and a half day more" },
    ],
    positionals: { environment, time: someTime("<time>", "How much longer, such as 4h or 7d12h") },
    options: { output, "wait-for-lock": waitForLock },
    run: async (options, context) => {
        const { extend } = await import("./extend");
        const result = await extend(
            { ...options, bySeconds: options.time, waitForLockSeconds: options.waitForLock },
            context,
        );
        const { showLease } = await import("../../lease/view");
        context.io.stdout(showLease(result, options.output));
        return 0;
    },
});
