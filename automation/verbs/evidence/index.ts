import type { CommandGroup } from "../../command/command";
import { evidenceCheckCommand } from "./check/command";

/** `sles-ecs evidence`: the records that `destroy --evidence` writes. */
export const evidenceCommands: CommandGroup = {
    command: "evidence",
    summary: "The records that destroy --evidence writes",
    description:
        "A record says what was there before a destroy, what was asked of AWS and what AWS answered, and what was there afterwards. It is one JSON document, the same that `destroy --output json` prints.",
    commands: [evidenceCheckCommand],
};
