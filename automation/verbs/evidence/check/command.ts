import { defineCommand } from "../../../command/command";
import { output } from "../../../command/options";

/** `sles-ecs evidence check`: asks AWS whether a record still holds. */
export const evidenceCheckCommand = defineCommand({
    command: "check <file>",
    summary: "Ask AWS whether what a destroy removed is still gone",
    description: [
        "Asks AWS for every id in the record, and for all that carries the environment's tags, in the account and the region of the record; needs neither project nor state, and changes nothing. What has the same name by now and another environment's id is not the environment's.",
        "Ends with code 0 when all is gone and what was kept is there, and with code 7 when something is there that should not be, when it may not be looked for, or when something that was kept is gone.",
    ].join("\n\n"),
    examples: [
        { command: "evidence check alice.json", text: "A week later" },
        { command: "evidence check alice.json --output json", text: "In an audit" },
    ],
    positionals: {
        file: { describe: "What destroy --evidence has written", type: "string", demandOption: true },
    },
    options: { output },
    run: async (options, context) => {
        const { checkEvidence } = await import("./check");
        const checked = await checkEvidence(options, context);
        const { requireStillGone, showChecked } = await import("./view");
        context.io.stdout(showChecked(checked, options.output));
        requireStillGone(checked, options.file);
        return 0;
    },
});
