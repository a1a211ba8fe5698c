import { defineCommand } from "../../command/command";
import { duration, environment, once, output, parallel, waitForLock } from "../../command/options";

/** `sles-ecs destroy`: removes an environment and proves that it is gone. */
export const destroyCommand = defineCommand({
    command: "destroy <environment>",
    summary: "Remove an environment with everything in its cluster, and prove that it is gone",
    description: [
        "Shows what would go, and asks. Then it stops the services and tasks in the cluster, also those that were added by hand, removes the resources in the order that works, and looks at AWS for anything that still carries the environment's tags. Volumes with keepOnDestroy stay, and are listed as kept; the next up takes them up again.",
        "Ends with code 0 only when nothing is left, and with code 7 when something is. An adopted cluster, and whatever others run in it, is left alone. The settings file of a personal environment (up --from) goes too; other settings files stay.",
        "Running it again does no harm: it goes on where it stopped, and says so when the environment is already gone.",
    ].join("\n\n"),
    examples: [
        { command: "destroy alice", text: "Show the plan, ask, remove, prove" },
        { command: "destroy alice --yes --output json", text: "In a pipeline: the evidence as JSON" },
    ],
    positionals: { environment },
    options: {
        output,
        parallel,
        evidence: {
            describe:
                "File to write the record to, also where the destroy fails; `evidence check` asks AWS again by it",
            type: "string",
            requiresArg: true,
            coerce: once<string>("--evidence"),
        },
        timeout: duration(
            "--timeout",
            "How long the tasks in the cluster may take to stop, such as 90s or 10m",
        ),
        "wait-for-lock": waitForLock,
    },
    run: async (options, context) => {
        const { destroy } = await import("../../teardown/destroy");
        const result = await destroy(
            { ...options, timeoutSeconds: options.timeout, waitForLockSeconds: options.waitForLock },
            context,
        );
        const { showDestroy, requireNothingLeft } = await import("../../teardown/view");
        context.io.stdout(showDestroy(result, options.output, context.show));
        requireNothingLeft(result);
        return 0;
    },
});
