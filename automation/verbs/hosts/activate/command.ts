import { defineCommand } from "../../../command/command";
import { environment, output, waitForLock } from "../../../command/options";
import { host } from "../options";

/** `sles-ecs hosts activate`: undoes a drain. */
export const hostsActivateCommand = defineCommand({
    command: "activate <environment> <host>",
    summary: "Let a host take tasks again that was drained",
    description:
        "Sets the host to ACTIVE. Tasks that have moved away do not come back by themselves; ECS places new ones there. Running it again does no harm.",
    examples: [{ command: "hosts activate dev 1", text: "Host 1 takes tasks again" }],
    positionals: { environment, host },
    options: { output, "wait-for-lock": waitForLock },
    run: async (options, context) => {
        const { activate } = await import("./activate");
        const result = await activate({ ...options, waitForLockSeconds: options.waitForLock }, context);
        const { showActivate } = await import("./view");
        context.io.stdout(showActivate(result, options.output));
        return 0;
    },
});
