import { defineCommand } from "../../command/command";
import { output } from "../../command/options";

/** `sles-ecs explain`: what a setting means, without a browser. */
export const explainCommand = defineCommand({
    command: "explain [setting]",
    summary: "Explain a setting: its meaning, values and default, and the keys below it",
    description:
        "Without a setting it lists those that there are. With one, such as hosts or hosts.count, it shows what the setting means, which values it takes, its default, and the keys that stand below it, by mode. The same stands in docs/config.md. Nothing is asked of AWS, and no project is needed.",
    examples: [
        { command: "explain", text: "Every setting, a line each" },
        { command: "explain dockerStorage", text: "One with the keys below it" },
        { command: "explain agent.reservedMemoryMiB", text: "One key" },
        { command: "explain hosts -o json", text: "For scripts" },
    ],
    positionals: {
        setting: { describe: "Path of the setting, with or without sles-ecs: in front", type: "string" },
    },
    options: { output },
    run: async ({ setting, output: format }, context) => {
        const { explain } = await import("./explain");
        const { showExplained } = await import("./view");
        context.io.stdout(showExplained(explain(setting), format, context));
        return 0;
    },
});
