import type { CommandGroup } from "../../command/command";
import { serviceDeployCommand } from "./deploy/command";
import { serviceExecCommand } from "./exec/command";
import { serviceListCommand } from "./list/command";
import { serviceLogsCommand } from "./logs/command";
import { serviceRemoveCommand } from "./remove/command";
import { serviceScaleCommand } from "./scale/command";

/** `sles-ecs service`: containers that run on the cluster of an environment. */
export const serviceCommands: CommandGroup = {
    command: "service",
    summary: "Run containers on an environment's cluster",
    description:
        "Services that `service deploy` makes: each with a task definition, a log group and, if wanted, a load balancer, all of them known by the environment's tags. None of these commands needs the settings of the environment, and what others have made is shown and never changed.",
    commands: [
        serviceDeployCommand,
        serviceListCommand,
        serviceLogsCommand,
        serviceScaleCommand,
        serviceExecCommand,
        serviceRemoveCommand,
    ],
};
