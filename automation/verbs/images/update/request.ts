import { command, type CommandLine } from "../../../../components/model/commandLine";
import type { CommonOptions } from "../../../command/command";
import type { LockRequest } from "../../../lock/withLock";

export interface UpdateImageRequest
    extends Pick<CommonOptions, "projectDirectory" | "yes">, Pick<LockRequest, "waitForLockSeconds"> {
    readonly environment: string;
    /** Name of the image to change to; the best that the filter matches unless given. */
    readonly to: string | undefined;
    /** Only show what would be done. */
    readonly plan: boolean;
    readonly allowGenerationChange: boolean;
    /** Also replace hosts whose tasks stop with them. */
    readonly allowInterruption: boolean;
    readonly timeoutSeconds: number;
    readonly drainTimeoutSeconds: number;
    /** How many hosts of a group may go at once. */
    readonly batch: number;
    readonly parallel: number | undefined;
}

/** The command line of a request, with every option that decides what it does. */
export function commandOf(request: UpdateImageRequest): CommandLine {
    const { environment, to, plan, allowGenerationChange, allowInterruption, batch, yes } = request;
    return command(
        "images",
        "update",
        environment,
        to !== undefined && ["--to", to],
        allowGenerationChange && "--allow-generation-change",
        allowInterruption && "--allow-interruption",
        batch > 1 && ["--batch", String(batch)],
        plan ? "--plan" : yes && "--yes",
    );
}
