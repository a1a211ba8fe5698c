import type { CommandGroup } from "../command";
import { imagesLockCommand } from "./lock";
import { imagesOutdatedCommand } from "./outdated";

/** `sles-ecs images`: SUSE's ECS images, and which of them environments run on. */
export const imagesCommands: CommandGroup = {
    command: "images",
    summary: "SUSE's ECS images, and which of them environments are locked to",
    description:
        "An environment stays on the image that it is locked to, in its settings file, until its lock is moved: a newer image alone changes nothing.",
    commands: [imagesLockCommand, imagesOutdatedCommand],
};
