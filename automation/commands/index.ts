import type { AnyCommand, CommandGroup } from "./command";
import { completionCommand } from "./completion";
import { demoCommand } from "./demo";
import { destroyCommand } from "./destroy";
import { imagesCommands } from "./images";
import { initCommand } from "./init";
import { listCommand } from "./list";
import { localCommands } from "./local";
import { outputsCommand } from "./outputs";
import { previewCommand } from "./preview";
import { refreshCommand } from "./refresh";
import { statusCommand } from "./status";
import { upCommand } from "./up";
import { waitCommand } from "./wait";

/** Every command of `sles-ecs`, in the order of the help. */
export const allCommands: readonly (AnyCommand | CommandGroup)[] = [
    initCommand,
    previewCommand,
    upCommand,
    statusCommand,
    waitCommand,
    outputsCommand,
    listCommand,
    refreshCommand,
    destroyCommand,
    imagesCommands,
    localCommands,
    demoCommand,
    completionCommand,
];
