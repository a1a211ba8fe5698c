import type { Commands } from "../command/command";
import { costCommand } from "../verbs/cost/command";
import { completionCommand } from "../verbs/completion/command";
import { containersCommands } from "../verbs/containers";
import { demoCommand } from "../verbs/demo/command";
import { doctorCommand } from "../verbs/doctor/command";
import { destroyCommand } from "../verbs/destroy/command";
import { evidenceCommands } from "../verbs/evidence";
import { explainCommand } from "../verbs/explain/command";
import { extendCommand } from "../verbs/extend/command";
import { groupsCommands } from "../verbs/groups";
import { hostsCommands } from "../verbs/hosts";
import { imagesCommands } from "../verbs/images";
import { initCommand } from "../verbs/init/command";
import { keepCommand } from "../verbs/keep/command";
import { listCommand } from "../verbs/list/command";
import { localCommands } from "../verbs/local";
import { networkCommands } from "../verbs/network";
import { orphansCommand } from "../verbs/orphans/command";
import { outputsCommand } from "../verbs/outputs/command";
import { pauseCommand } from "../verbs/pause/command";
import { previewCommand } from "../verbs/preview/command";
import { reapCommand } from "../verbs/reap/command";
import { refreshCommand } from "../verbs/refresh/command";
import { resumeCommand } from "../verbs/resume/command";
import { schemaCommand } from "../verbs/schema/command";
import { serviceCommands } from "../verbs/service";
import { stateCommands } from "../verbs/state";
import { statusCommand } from "../verbs/status/command";
import { unlockCommand } from "../verbs/unlock/command";
import { upCommand } from "../verbs/up/command";
import { waitCommand } from "../verbs/wait/command";

/** Every command of `sles-ecs`, in the order of the help. */
export const allCommands: Commands = [
    initCommand,
    explainCommand,
    previewCommand,
    upCommand,
    costCommand,
    statusCommand,
    waitCommand,
    doctorCommand,
    outputsCommand,
    listCommand,
    refreshCommand,
    pauseCommand,
    resumeCommand,
    extendCommand,
    keepCommand,
    destroyCommand,
    reapCommand,
    unlockCommand,
    orphansCommand,
    evidenceCommands,
    hostsCommands,
    groupsCommands,
    serviceCommands,
    imagesCommands,
    containersCommands,
    networkCommands,
    stateCommands,
    localCommands,
    demoCommand,
    schemaCommand,
    completionCommand(() => allCommands),
];
