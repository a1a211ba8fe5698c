import type { CommandGroup } from "../../command/command";
import { localEnvCommand } from "./commands/env";
import { localResetCommand } from "./commands/reset";
import { localStartCommand } from "./commands/start";
import { localStatusCommand } from "./commands/status";
import { localStopCommand } from "./commands/stop";

/** `sles-ecs local`: the local cloud. */
export const localCommands: CommandGroup = {
    command: "local",
    summary: "An emulated AWS with simulated SLES hosts on this machine",
    description:
        "The local cloud runs on this machine and needs no AWS account: an emulated AWS, hosts that decide from their real user data whether they join, and a provider for the Pulumi engine. Nothing in it costs money.",
    commands: [localStartCommand, localStopCommand, localStatusCommand, localEnvCommand, localResetCommand],
};
