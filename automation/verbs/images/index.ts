import type { CommandGroup } from "../../command/command";
import { imagesListCommand } from "./list/command";
import { imagesLockCommand } from "./lock/command";
import { imagesOutdatedCommand } from "./outdated/command";
import { imagesShowCommand } from "./show/command";
import { imagesUpdateCommand } from "./update/command";

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
