import { defineCommand } from "../../command/command";
import { environment, output, waitForLock } from "../../command/options";

/** `sles-ecs keep`: takes the end off an environment. */
export const keepCommand = defineCommand({
    command: "keep <environment>",
    summary: "Let an environment stay until it is destroyed",
    description:
        "Takes the end off an environment's lease (up --ttl), and switches the schedules in AWS off that stop its hosts. It is refused where lease.longestTtl bounds personal environments. up --ttl gives it an end again. Needs none of its settings.",
    examples: [{ command: "keep alice", text: "alice stays" }],
    positionals: { environment },
    options: { output, "wait-for-lock": waitForLock },
    run: async (options, context) => {
        const { keep } = await import("./keep");
        const result = await keep({ ...options, waitForLockSeconds: options.waitForLock }, context);
        const { showLease } = await import("../../lease/view");
        context.io.stdout(showLease(result, options.output));
        return 0;
    },
});
