import { defineCommand } from "../../../command/command";
import { environment, output } from "../../../command/options";

/** `sles-ecs state restore`: puts the newest whole version of a state in the place of one that is cut. */
export const stateRestoreCommand = defineCommand({
    command: "restore <environment>",
    summary: "Restore a state that is cut from the newest whole version that its backend keeps",
    description: [
        "For states in a folder (file://). A kill or a power failure may cut the file of a state, or the small file that the backend keeps beside it (.attrs). The newest whole version is put in its place: the one that was there before (.bak), or one of those that the backend keeps of every update. Where only the small file is cut, the state stays as it is, and that file goes. A state that is whole is left alone.",
        "The file that was cut stays beside it as .damaged. Nothing changes in AWS: what was made since the version that is restored carries the environment's id, so that the next `up` or `destroy` finds it, and removes it; what was deleted since is found to be gone.",
    ].join("\n\n"),
    examples: [{ command: "state restore dev", text: "Make the state of dev readable again" }],
    positionals: { environment },
    options: { output },
    run: async (options, context) => {
        const { restoreState } = await import("./restore");
        const result = await restoreState(options, context);
        const { showRestored } = await import("./view");
        context.io.stdout(showRestored(result, options.output, context.show));
        return 0;
    },
});
