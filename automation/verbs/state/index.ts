import type { CommandGroup } from "../../command/command";
import { stateRestoreCommand } from "./restore/command";

/** `sles-ecs state`: the states of environments in their backend. */
export const stateCommands: CommandGroup = {
    command: "state",
    summary: "The state of an environment in its backend, where a power failure has cut it",
    description:
        "What stands in AWS for an environment is in its state, which Pulumi keeps in the state backend. A file that is cut cannot be read, and nothing is changed while that is so.",
    commands: [stateRestoreCommand],
};
