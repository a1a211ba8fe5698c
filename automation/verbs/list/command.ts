import { defineCommand } from "../../command/command";
import { output } from "../../command/options";

/** `sles-ecs list`: the environments of the project. */
export const listCommand = defineCommand({
    command: "list",
    summary: "List the environments of this project",
    description:
        "Lists every environment that has a settings file or a stack in the state backend: when it was last updated, how many resources it has, which hosts its settings ask for, and whether an update is under way or it is paused. A stack of a Pulumi program of your own is listed as such; `outputs` shows it too, and every other command refuses it. When a lease ends and what is paused is asked of AWS; where it does not answer, the list says so and goes on without.",
    examples: [
        { command: "list", text: "All environments as a table" },
        { command: "list --output json", text: "For scripts" },
    ],
    options: { output },
    run: async (options, context) => {
        const { list } = await import("./list");
        const result = await list(options, context);
        const { showEnvironments } = await import("./view");
        context.io.stdout(showEnvironments(result, options.output, context));
        return 0;
    },
});
