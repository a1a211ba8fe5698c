import { command, type CommandLine } from "../../../../components/model/commandLine";
import type { CommonOptions } from "../../../command/command";
import type { OnHosts } from "../onHosts";

export interface ReplaceRequest extends OnHosts, Pick<CommonOptions, "yes"> {
    /** For the tasks of a host to move. */
    readonly drainTimeoutSeconds: number;
    /** For each new host to be ready. */
    readonly timeoutSeconds: number;
    /** Also replace hosts whose tasks stop with them. */
    readonly allowInterruption: boolean;
    /** How many hosts of a group may go at once. */
    readonly batch: number;
    readonly parallel: number | undefined;
}

/** The command line of a request, with every option that decides what it does. */
export function commandOf({
    environment,
    hosts,
    allowInterruption,
    batch,
    yes,
}: Pick<ReplaceRequest, "environment" | "hosts" | "allowInterruption" | "batch" | "yes">): CommandLine {
    return command(
        ...["hosts", "replace", environment],
        hosts,
        allowInterruption && "--allow-interruption",
        batch > 1 && ["--batch", String(batch)],
        yes && "--yes",
    );
}
