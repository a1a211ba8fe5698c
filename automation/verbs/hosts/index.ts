import type { CommandGroup } from "../../command/command";
import { hostsActivateCommand } from "./activate/command";
import { hostsAttachCommand } from "./attach/command";
import { hostsDrainCommand } from "./drain/command";
import { hostsListCommand } from "./list/command";
import { hostsLogsCommand } from "./logs/command";
import { hostsMoveCommand } from "./move/command";
import { hostsRebootCommand } from "./reboot/command";
import { hostsReplaceCommand } from "./replace/command";
import { hostsScaleCommand } from "./scale/command";
import { hostsShellCommand } from "./shell/command";
import { hostsStartAgentCommand } from "./startAgent/command";

/** `sles-ecs hosts`: the hosts of an environment, one by one. */
export const hostsCommands: CommandGroup = {
    command: "hosts",
    summary: "The hosts of an environment, and what can be done to one of them",
    description:
        "A host is named by its number (1, of fixed hosts), by the id of its instance, or by the beginning of that id, as long as it fits one host of the environment alone. None of these commands needs the settings of the environment, unless it says so.",
    commands: [
        hostsListCommand,
        hostsDrainCommand,
        hostsActivateCommand,
        hostsRebootCommand,
        hostsReplaceCommand,
        hostsScaleCommand,
        hostsAttachCommand,
        hostsStartAgentCommand,
        hostsMoveCommand,
        hostsLogsCommand,
        hostsShellCommand,
    ],
};
