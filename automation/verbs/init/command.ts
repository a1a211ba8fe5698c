import { defineCommand } from "../../command/command";
import { output } from "../../command/options";

/** `sles-ecs init`: a project to start from. */
export const initCommand = defineCommand({
    command: "init",
    summary: "Write a project that is ready for its first up into this folder",
    description:
        "Writes Pulumi.yaml, Pulumi.dev.yaml, index.ts, package.json and tsconfig.json into the working directory, or into --project-directory; index.mjs in place of index.ts where package.json says that its files are modules. A file that exists is left as it is; only entries that a package.json lacks are added to it. Running it again does no harm.",
    examples: [
        { command: "init", text: "Write what is missing, and say what comes next" },
        { command: "init --name web-ecs", text: "Call the Pulumi project web-ecs" },
    ],
    options: {
        output,
        name: {
            describe:
                "Name of the Pulumi project: projects of one name share their stacks where they share a state backend",
            type: "string",
            requiresArg: true,
            defaultDescription: "the folder's",
        },
    },
    run: async (options, context) => {
        const { init } = await import("./init");
        const result = await init(options, context);
        const { showInit } = await import("./view");
        context.io.stdout(showInit(result, options.output, context.show));
        return 0;
    },
});
