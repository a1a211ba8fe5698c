import { defineCommand } from "../../command/command";
import { environment, once, output, region } from "../../command/options";

/** `sles-ecs unlock`: takes away the lock that somebody has left behind. */
export const unlockCommand = defineCommand({
    command: "unlock <environment>",
    summary: "Take away the lock that a killed command has left behind",
    description: [
        "Commands that change an environment lock it, in its account, from what they read first to what they change last; the engine has a lock of its own in the state backend. A command that was killed leaves both behind. Where its process was one of this machine and is gone, the next command takes them over by itself. Of another machine, such as a runner of a pipeline, only a person can tell.",
        "Shows who holds the locks, since when, and when the holder was last heard of, and asks. A live command shows itself every half minute. What still runs on this machine is refused. Where the state itself is cut, so that nothing else opens the environment, it takes away the engine's lock, and `state restore` goes on.",
        "Two commands at once may spoil what they work on: only unlock what you know to be dead.",
    ].join("\n\n"),
    examples: [{ command: "unlock alice", text: "Show who holds the locks, ask, and take them away" }],
    positionals: { environment },
    options: {
        output,
        id: {
            describe: "Id of a stack whose state is gone, as `orphans` lists it",
            type: "string",
            requiresArg: true,
            coerce: once<string>("--id"),
        },
        region,
    },
    run: async (options, context) => {
        const { unlock } = await import("./unlock");
        const result = await unlock(options, context);
        const { showUnlock } = await import("./view");
        context.io.stdout(showUnlock(result, options.output));
        return 0;
    },
});
