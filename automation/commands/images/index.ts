import type { CommandGroup } from "../command";
import { imagesListCommand } from "./list";
import { imagesShowCommand } from "./show";

/** `sles-ecs images`: SUSE's images on AWS. */
export const imagesCommands: CommandGroup = {
    command: "images",
    summary: "SUSE's images on AWS: which there are, and how long they will be",
    description:
        "SUSE publishes images, replaces them, and deletes them in the end; its public cloud information service (pint) tells which image is in which state. No AWS account is needed to ask it.",
    commands: [imagesListCommand, imagesShowCommand],
};
