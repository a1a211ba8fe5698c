import * as pulumi from "@pulumi/pulumi";
import type { LeaseRenewal } from "./model/lease";
import { programComponent } from "./model/names";
import type { ResolvedSettings } from "./model/settings";
import { readSettings } from "./readSettings";
import { SlesEcsCluster } from "./slesEcsCluster";
import type { SlesEcsOutputs } from "./slesEcsOutputs";

/** What whoever runs the program knows already. */
interface ProgramOptions {
    /** The settings that the checks have looked at; nothing is made of others. */
    readonly checked?: ResolvedSettings;
    /** They stand in no file, and the stack's configuration says nothing of them. @default false */
    readonly areGiven?: boolean;
    /** Whether people have been told what the checks warn of. @default false */
    readonly warningsTold?: boolean;
    /** How the environment's lease goes on. @default - as it is, unless it is over */
    readonly leaseRenewal?: LeaseRenewal;
}

/**
 * The program of every environment, whichever door runs it: the settings of the stack become an `SlesEcsCluster`.
 * @param options for who has made the checks before it runs the program
 * @returns the stack's outputs
 * @throws pulumi.RunError for settings and circumstances that a person can mend, before anything is made
 */
export async function slesEcsProgram({
    checked,
    areGiven = false,
    ...options
}: ProgramOptions = {}): Promise<SlesEcsOutputs> {
    const parsed =
        areGiven && checked !== undefined
            ? { settings: checked, problems: [] }
            : readSettings(pulumi.getStack(), checked);
    return await new SlesEcsCluster(programComponent, { parsed, ...options }).ready;
}
