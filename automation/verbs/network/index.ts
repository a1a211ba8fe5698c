import type { CommandGroup } from "../../command/command";
import { networkRequirementsCommand } from "./requirements/command";
import { networkShowCommand } from "./show/command";

/** `sles-ecs network`: what hosts have to reach, and whether they do. */
export const networkCommands: CommandGroup = {
    command: "network",
    summary: "What hosts have to reach, and which ways their subnets have there",
    description:
        "A host downloads its agent from Amazon S3, works by way of Amazon ECS, and gets packages and updates from SUSE's update servers. These commands only read.",
    commands: [networkShowCommand, networkRequirementsCommand],
};
