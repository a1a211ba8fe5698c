import { defineCommand } from "../../../command/command";
import { deadline, duration, environment, once, output, waitForLock } from "../../../command/options";
import { host } from "../options";

/** `sles-ecs hosts move`: what the guide does by hand in section 3.1. */
export const hostsMoveCommand = defineCommand({
    command: "move <environment> <host>",
    summary: "Bring a host to another cluster",
    description: [
        "Drains the host, stops what is left on it, has its agent forget the cluster that it is in and join the other one, waits until it is registered and connected there, and deregisters it from the old one. It stays there, also after a reboot. Shows what becomes of its tasks, and asks.",
        "Goes through AWS Systems Manager (SSM) alone, as without it the user data would have to change, which replaces the host. The role of the host must let it join the other cluster: `instanceRole.policy: leastPrivilege` is bound to the environment's own.",
        "Where the command on the host fails, the host takes back what it changed and stays. Where nobody knows, as after Ctrl-C, it stays DRAINING, and the error names the two commands to go on with: the same one, and the one that brings it back.",
        "The host stays the environment's: `destroy` takes it away, and `up` and `wait` count it as missing and name the cluster that it is in. `--to-cluster` with the environment's own cluster brings it back.",
    ].join("\n\n"),
    examples: [
        { command: "hosts move dev 2 --to-cluster batch", text: "Lend host 2 to the cluster batch" },
        { command: "hosts move dev 2 --to-cluster dev", text: "Bring it back" },
    ],
    positionals: { environment, host },
    options: {
        output,
        "to-cluster": {
            describe: "Name of an ACTIVE cluster of the same account and region",
            type: "string",
            requiresArg: true,
            coerce: once<string>("--to-cluster"),
        },
        deadline,
        timeout: duration("--timeout", "How long to wait until the host has joined, such as 90s or 10m"),
        "wait-for-lock": waitForLock,
    },
    run: async (options, context) => {
        const { move } = await import("./move");
        const result = await move(
            {
                ...options,
                toCluster: options.toCluster ?? "",
                deadlineSeconds: options.deadline,
                timeoutSeconds: options.timeout,
                waitForLockSeconds: options.waitForLock,
            },
            context,
        );
        const { showMove } = await import("./view");
        context.io.stdout(showMove(result, options.output));
        return 0;
    },
});
