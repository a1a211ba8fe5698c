import { command, type CommandLine } from "../../components/model/commandLine";

interface Orphan {
    readonly stackId?: string;
    readonly region: string;
}

/**
 * The command that removes what no state knows, or goes on with that: a `destroy` of the name may be of another environment.
 * @param evidence file of the record. @default - none
 */
export function orphanRemoval({ stackId, region }: Orphan, evidence?: string): CommandLine {
    return command(
        "orphans",
        "--remove",
        stackId !== undefined && ["--id", stackId],
        ["--region", region],
        evidence !== undefined && ["--evidence", evidence],
    );
}
