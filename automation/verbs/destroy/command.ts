import { defineCommand } from "../../command/command";
import {
    duration,
    environment,
    someText,
    output,
    parallel,
    secondsOf,
    waitForLock,
} from "../../command/options";
import { AppError } from "../../errors/appError";

/** `sles-ecs destroy`: removes an environment and proves that it is gone. */
export const destroyCommand = defineCommand({
    command: "destroy [environment]",
    summary: "Remove an environment with everything in its cluster, and prove that it is gone",
    description: [
        "Shows what would go, and asks. Then it empties the cluster, also of what was added by hand: services of all kinds, tasks, managed daemons, capacity providers that the cluster alone can use. It removes the resources in the order that works, and looks at AWS for anything that still carries the environment's tags, log groups and Cloud Map namespaces too. What is of others stays: their hosts leave the cluster, their instances leave the group, and both run on. Volumes with keepOnDestroy stay, and are listed as kept; the next up takes them up again.",
        "Ends with code 0 only when nothing is left, and with code 7 when something is. An adopted cluster, and whatever others run in it, is left alone. The settings file of a personal environment (up --from) goes too; other settings files stay.",
        "--all takes every environment of the state backend instead, --owner those whose lease names an owner, and --older-than those without an update for so long: a line each and one question, then several at once. Ends with code 7 when something of one is left, and with code 1 when one could not be looked at or destroyed.",
        "Running it again does no harm: it goes on where it stopped, and says so when the environment is already gone.",
    ].join("\n\n"),
    examples: [
        { command: "destroy alice", text: "Show the plan, ask, remove, prove" },
        { command: "destroy --all --owner me", text: "Everything of one's own" },
        { command: "destroy --all --evidence records", text: "All, with a record of each in a folder" },
        { command: "destroy alice --yes --output json", text: "In a pipeline: the evidence as JSON" },
    ],
    positionals: { environment: { ...environment, demandOption: false } },
    options: {
        output,
        parallel,
        all: {
            describe: "Destroy every environment, or those that the next two say",
            type: "boolean",
            default: false,
        },
        owner: {
            describe: "With --all: whose, as their leases have it; me is the caller",
            type: "string",
            requiresArg: true,
            coerce: someText("--owner"),
        },
        "older-than": {
            describe: "With --all: those without an update for so long, such as 7d",
            type: "string",
            requiresArg: true,
            coerce: secondsOf("--older-than"),
        },
        evidence: {
            describe:
                "File to write the record to, with --all the folder for a file of each, also where the destroy fails; `evidence check` asks AWS again by it",
            type: "string",
            requiresArg: true,
            coerce: someText("--evidence"),
        },
        timeout: duration(
            "--timeout",
            "How long the tasks in the cluster may take to stop, such as 90s or 10m; never less than their load balancers and stop timeouts let them",
        ),
        "wait-for-lock": waitForLock,
    },
    run: async (options, context) => {
        const { environment: name, all, owner, olderThan, timeout } = options;
        requireOneKind(name, all, { "--owner": owner, "--older-than": olderThan });
        if (all || name === undefined) {
            const { destroyAll } = await import("./all");
            const ended = await destroyAll(
                {
                    ...{ ...options, owner, olderThanSeconds: olderThan },
                    ...{ timeoutSeconds: timeout, waitForLockSeconds: options.waitForLock },
                },
                context,
            );
            const { exitCodeOfAll } = await import("../../teardown/endOne");
            const { showDestroyedAll } = await import("./allView");
            context.io.stdout(showDestroyedAll(ended, options.output, context));
            // Whoever wants them gone has not got it; a reaper looks again.
            return exitCodeOfAll(ended.map(({ outcome }) => (outcome === "busy" ? "failed" : outcome)));
        }
        const { destroy } = await import("../../teardown/destroy");
        const result = await destroy(
            {
                ...options,
                environment: name,
                timeoutSeconds: timeout,
                waitForLockSeconds: options.waitForLock,
            },
            context,
        );
        const { showDestroy, requireNothingLeft } = await import("../../teardown/view");
        context.io.stdout(showDestroy(result, options.output, context));
        requireNothingLeft(result);
        return 0;
    },
});

/** @throws AppError USAGE for anything but one environment, or all with what tells some of them apart */
function requireOneKind(
    name: string | undefined,
    all: boolean,
    given: Readonly<Record<"--owner" | "--older-than", unknown>>,
): void {
    const misplaced = (["--owner", "--older-than"] as const).find((option) => given[option] !== undefined);
    if (!all && misplaced !== undefined) {
        throw new AppError("USAGE", {
            message: `${misplaced} says which of all, and --all was not given`,
        });
    }
    if (all === (name !== undefined)) {
        throw new AppError("USAGE", {
            message: all
                ? `--all is for all environments: got ${name ?? ""} as well, expected one or the other`
                : "the argument <environment> is missing: expected the name of an environment, or --all",
        });
    }
}
