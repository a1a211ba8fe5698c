import type { CommandGroup } from "../../command/command";
import { groupsListCommand } from "./list/command";
import { groupsRemoveCommand } from "./remove/command";

/** `sles-ecs groups`: the Auto Scaling groups that bring hosts into the cluster of an environment. */
export const groupsCommands: CommandGroup = {
    command: "groups",
    summary: "The Auto Scaling groups of an environment's cluster",
    description:
        "The environment's own group, where hosts.mode is autoScaling, and those of others that `hosts attach` has put on the cluster. None of these commands needs the settings of the environment.",
    commands: [groupsListCommand, groupsRemoveCommand],
};
