import * as pulumi from "@pulumi/pulumi";
import { readSettings } from "./readSettings";
import { SlesEcsCluster, type SlesEcsClusterArgs } from "./slesEcsCluster";
import type { SlesEcsOutputs } from "./slesEcsOutputs";

/**
 * The program of every environment, whichever door runs it: the settings of the stack become an `SlesEcsCluster`.
 * @param options for who has made the checks before it runs the program
 * @returns the stack's outputs
 * @throws pulumi.RunError for settings and circumstances that a person can mend, before anything is made
 */
export async function slesEcsProgram(
    options: Pick<SlesEcsClusterArgs, "warningsTold"> = {},
): Promise<SlesEcsOutputs> {
    const parsed = readSettings(pulumi.getStack());
    return await new SlesEcsCluster("sles-ecs", { parsed, ...options }).ready;
}
