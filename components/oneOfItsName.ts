import * as pulumi from "@pulumi/pulumi";
import { refusal } from "./refusal";

/** Of each program that runs, the clusters by the names of their environments. */
const clusters = new WeakMap<object, Map<string, string>>();

/**
 * Two clusters of one program must be two environments: hosts, volumes and kept repositories are found again by that name.
 * @param program what stands for the program that runs
 * @throws pulumi.RunError for the second of a name
 */
export function requireOneOfItsName(
    name: string,
    environment: string,
    stack: string,
    program: object | undefined = pulumi.runtime.getStackResource(),
): void {
    if (program === undefined) {
        return;
    }
    const known = clusters.get(program) ?? new Map<string, string>();
    clusters.set(program, known);
    const key = `${stack}/${environment}`;
    const other = known.get(key);
    if (other !== undefined) {
        throw refusal(
            `the clusters ${other} and ${name} of this program are both the environment ${environment}, expected an environment for each`,
            `name one of them, such as environment: "${environment}-${name}"`,
        );
    }
    known.set(key, name);
}
