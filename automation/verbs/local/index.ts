import type { CommandGroup } from "../../command/command";
import { localEnvCommand } from "./env";
import { localResetCommand } from "./reset";
import { localStartCommand } from "./start";
import { localStatusCommand } from "./status";
import { localStopCommand } from "./stop";

/** `sles-ecs local`: the local cloud. */
export const localCommands: CommandGroup = {
    command: "local",
    summary: "An emulated AWS with simulated SLES hosts on this machine",
    description:
        "The local cloud runs on this machine and needs no AWS account: an emulated AWS, hosts that decide from their real user data whether they join, and a provider for the Pulumi engine. Nothing in it costs money.",
    commands: [localStartCommand, localStopCommand, localStatusCommand, localEnvCommand, localResetCommand],
};
