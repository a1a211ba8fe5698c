import type { CommandGroup } from "../../command/command";
import { containersCopyCommand } from "./copy/command";
import { containersInstallCommand } from "./install/command";
import { containersListCommand } from "./list/command";
import { containersPushCommand } from "./push/command";

/** `sles-ecs containers`: container images of an environment. */
export const containersCommands: CommandGroup = {
    command: "containers",
    summary: "Container images of SUSE and others in the environment's private repositories",
    description:
        "The repositories are made by containerRegistry in the settings. The license of SLES does not allow its images in a public registry (SUSE's guide, section 5): none of these commands pushes anywhere but into private repositories of the environment.",
    commands: [containersListCommand, containersInstallCommand, containersPushCommand, containersCopyCommand],
};
