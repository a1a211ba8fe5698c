import { defineCommand } from "../../../command/command";
import { environment, output, waitForLock } from "../../../command/options";
import { service, timeout } from "../options";

/** `sles-ecs service remove`: a service goes, with all that was made for it. */
export const serviceRemoveCommand = defineCommand({
    command: "remove <environment> <service>",
    summary: "Remove a service with all that was made for it",
    description:
        "Shows what goes, and asks. Then its tasks stop, once requests that have begun are answered; the service is deleted, and with it load balancer, security group, task definitions and log group. Looks at the end whether anything is left. May be given again where it was interrupted.",
    examples: [{ command: "service remove dev web", text: "The service web, and all of it" }],
    positionals: { environment, service },
    options: {
        output,
        "keep-logs": {
            describe: "Leave the log group, for service logs, until destroy",
            type: "boolean",
            default: false,
        },
        timeout,
        "wait-for-lock": waitForLock,
    },
    run: async (options, context) => {
        const { removeService } = await import("./remove");
        const result = await removeService(
            { ...options, timeoutSeconds: options.timeout, waitForLockSeconds: options.waitForLock },
            context,
        );
        const { showRemoved } = await import("./view");
        context.io.stdout(showRemoved(result, options.output, context.show));
        return 0;
    },
});
