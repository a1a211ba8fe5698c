import { defineCommand } from "../../command/command";
import {
    allowInterruption,
    batch,
    drainTimeout,
    duration,
    environment,
    once,
    output,
    parallel,
    waitForLock,
} from "../../command/options";

/** `sles-ecs up`: makes an environment what its settings say, and waits until its hosts are ready. */
export const upCommand = defineCommand({
    command: "up <environment>",
    summary: "Make an environment what its settings say, and wait until its hosts are ready",
    description: [
        "Checks the settings and AWS before anything is created, then creates or changes what differs, then waits until every host runs an ECS agent that is connected to the right cluster. Running it again does no harm.",
        "With --from the environment is a personal one: its settings file is written as a copy of another environment's, with --set on top, and goes away again with destroy. The other environment's file is not touched.",
        "With --ttl, or lease.ttl in the settings, it has a lease: each up lets it live that long from then on. `sles-ecs reap` destroys what is over, and a schedule in AWS stops its hosts even where nobody does.",
        "Creating needs no question. When something would be deleted or replaced, the plan is shown and you are asked; --yes answers for you, and is needed where nobody can be asked. So it is when docker volumes that keepOnDestroy left in the account, or repositories that containerRegistry.onDestroy left there, would be taken up again, unless it is certain that they are the environment's own and stay.",
        "With --roll, hosts that a change replaces, such as one of the instance type, the agent's settings, the packages or the root volume, go in turn, as with `images update`: everything else is changed first; then the tasks of a host move to others, the host goes, its successor is ready, and only then comes the next. Of an Auto Scaling group it replaces every host that was launched from an older version of the launch template, --batch at once, and its successors come first where the group may have more hosts. Without --roll fixed hosts go all at once, and those of a group stay as they are. Where it is stopped, or fails, the hosts that are left run on, and the same command goes on with them.",
    ].join("\n\n"),
    examples: [
        { command: "up dev", text: "Bring up what Pulumi.dev.yaml says" },
        { command: "up alice --from dev --set hosts.count=1", text: "A personal environment, with one host" },
        { command: "up alice --from dev --ttl 8h", text: "One that ends by itself" },
        { command: "up dev --roll", text: "Change what hosts are made of, one host after the other" },
        { command: "up dev --yes --output json", text: "In a pipeline: no question, the answer as JSON" },
    ],
    positionals: { environment },
    options: {
        output,
        parallel,
        from: {
            describe: "Make the environment personal: copy the settings of this one",
            type: "string",
            requiresArg: true,
        },
        set: {
            describe: "Setting of a personal environment, as path=value (path= removes it); may be repeated",
            type: "string",
            array: true,
            // One value each, or `--set a=1 dev` would take `dev` as a second one.
            nargs: 1,
            default: [],
            defaultDescription: "none",
        },
        ttl: {
            describe: "How long a personal environment lives from now on, such as 8h or 7d12h",
            type: "string",
            requiresArg: true,
            defaultDescription: "lease.defaultTtl of the settings that it is copied from",
            coerce: once<string>("--ttl"),
        },
        "adopt-cluster": {
            describe:
                "Use an existing cluster of that name without ever deleting it; remembered in the settings",
            type: "boolean",
            default: false,
        },
        wait: {
            describe: "Wait until the hosts are ready (--no-wait: end after the engine)",
            type: "boolean",
            default: true,
        },
        roll: {
            describe: "Replace hosts in turn, and their tasks first, where a change replaces them",
            type: "boolean",
            default: false,
        },
        batch,
        "allow-interruption": allowInterruption,
        timeout: duration("--timeout", "How long to wait for the hosts, such as 90s, 10m or 1h30m"),
        "drain-timeout": drainTimeout,
        "wait-for-lock": waitForLock,
    },
    run: async (options, context) => {
        const { up } = await import("../../applying/up");
        const result = await up(
            {
                ...options,
                timeoutSeconds: options.timeout,
                drainTimeoutSeconds: options.drainTimeout,
                waitForLockSeconds: options.waitForLock,
            },
            context,
        );
        const { showUp } = await import("./view");
        context.io.stdout(showUp(result, options.output, context));
        return 0;
    },
});
