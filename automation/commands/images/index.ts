import type { CommandGroup } from "../command";
import { imagesListCommand } from "./list";
import { imagesLockCommand } from "./lock";
import { imagesOutdatedCommand } from "./outdated";
import { imagesShowCommand } from "./show";
import { imagesUpdateCommand } from "./update";

/** `sles-ecs images`: SUSE's images on AWS, and which of them environments are locked to. */
export const imagesCommands: CommandGroup = {
    command: "images",
    summary: "SUSE's images on AWS, and which of them environments are locked to",
    description:
        "SUSE publishes images, replaces them, and deletes them in the end; its public cloud information service (pint) tells which image is in which state, and no AWS account is needed to ask it. An environment stays on the image that it is locked to, in its settings file, until its lock is moved: a newer image alone changes nothing.",
    commands: [
        imagesListCommand,
        imagesShowCommand,
        imagesLockCommand,
        imagesOutdatedCommand,
        imagesUpdateCommand,
    ],
};
