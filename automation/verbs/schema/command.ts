import { defineCommand } from "../../command/command";

/** `sles-ecs schema`: what editors complete settings by. */
export const schemaCommand = defineCommand({
    command: "schema",
    summary: "Print the JSON schema of Pulumi.<environment>.yaml, for editors",
    description:
        "Prints a JSON schema (draft 7) of a whole settings file. An editor with a YAML language server completes keys by it, shows what they mean and marks what is wrong. The package brings the same as docs/settings.schema.json, and the settings that init writes name it in their first line. What needs more than one key, or AWS, only preview can tell.",
    examples: [
        { command: "schema", text: "The schema on stdout" },
        {
            command: "schema > settings.schema.json",
            text: "For # yaml-language-server: $schema=settings.schema.json at the head of a settings file",
        },
    ],
    options: {},
    run: async (_, context) => {
        const { settingsFileSchema } = await import("../../../components/model/settings");
        context.io.stdout(`${JSON.stringify(settingsFileSchema(), undefined, 2)}\n`);
        return 0;
    },
});
