import { defineCommand } from "../../command/command";
import { once, output } from "../../command/options";

/** `sles-ecs init`: a project to start from. */
export const initCommand = defineCommand({
    command: "init",
    summary: "Write a project that is ready for its first up into this folder",
    description:
        "Writes Pulumi.yaml, Pulumi.dev.yaml, index.ts, package.json and tsconfig.json into the working directory, or into --project-directory; index.mjs in place of index.ts where package.json says that its files are modules. A file that exists is left as it is; only entries that a package.json lacks are added to it. At a terminal it asks for the name, the region and the place of the state that are not given as options; --yes takes what it would offer. Running it again does no harm.",
    examples: [
        { command: "init", text: "Write what is missing, and say what comes next" },
        {
            command: "init --name web-ecs --region eu-central-1 --backend s3://acme-states",
            text: "A project whose states a team shares",
        },
    ],
    options: {
        output,
        name: {
            describe:
                "Name of the Pulumi project: projects of one name share their stacks where they share a state backend",
            type: "string",
            requiresArg: true,
            defaultDescription: "the folder's",
            coerce: once<string>("--name"),
        },
        region: {
            describe: "Region of the environment dev, such as eu-central-1",
            type: "string",
            requiresArg: true,
            defaultDescription: "AWS_REGION, or us-east-1",
            coerce: once<string>("--region"),
        },
        backend: {
            describe:
                "URL of the state backend, such as file://./state, s3://<bucket> or https://api.pulumi.com",
            type: "string",
            requiresArg: true,
            defaultDescription: "where pulumi login points; the folder state where nobody is logged in",
            coerce: once<string>("--backend"),
        },
    },
    run: async (options, context) => {
        const { init } = await import("./init");
        const result = await init(options, context);
        const { showInit } = await import("./view");
        context.io.stdout(showInit(result, options.output, context));
        return 0;
    },
});
