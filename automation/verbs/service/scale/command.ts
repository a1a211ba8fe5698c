import { defineCommand } from "../../../command/command";
import { environment, output, waitForLock, wholeNumber } from "../../../command/options";
import { service, timeout } from "../options";

/** `sles-ecs service scale`: another number of tasks. */
export const serviceScaleCommand = defineCommand({
    command: "scale <environment> <service> <count>",
    summary: "Have another number of tasks of a service run",
    description:
        "Sets how many tasks are wanted, and waits until as many run. Where the hosts have no room for all the exit code is 5, with what each host lacks; ECS starts the others as soon as there is room.",
    examples: [{ command: "service scale dev web 4", text: "Four tasks of web" }],
    positionals: {
        environment,
        service,
        count: {
            describe: "How many tasks",
            type: "number",
            demandOption: true,
            coerce: wholeNumber("<count>"),
        },
    },
    options: { output, timeout, "wait-for-lock": waitForLock },
    run: async (options, context) => {
        const { scaleService } = await import("./scale");
        const result = await scaleService(
            { ...options, timeoutSeconds: options.timeout, waitForLockSeconds: options.waitForLock },
            context,
        );
        const { showScale } = await import("./view");
        context.io.stdout(showScale(result, options.output));
        return 0;
    },
});
