import * as pulumi from "@pulumi/pulumi";
import type { Ownership } from "./model/tags";
import { refusal } from "./refusal";

/** Of each program that runs, the names of its environments. */
const taken = new WeakMap<object, Map<string, string>>();

/**
 * Two environments of one program must differ in their names, by which volumes and kept repositories are found again.
 * @param program what stands for the program that runs
 * @throws pulumi.RunError for the second of a name
 */
export function requireOneOfItsName(
    name: string,
    { environment, stack }: Pick<Ownership, "environment" | "stack">,
    program: object | undefined = pulumi.runtime.getStackResource(),
): void {
    if (program === undefined) {
        return;
    }
    const known = taken.get(program) ?? new Map<string, string>();
    taken.set(program, known);
    const key = `${stack}/${environment}`;
    const other = known.get(key);
    if (other !== undefined) {
        throw refusal(
            `${other} and ${name} of this program are both the environment ${environment}, expected an environment for each`,
            `name another one for ${name}: { environment: "${environment}-${name}" }`,
        );
    }
    known.set(key, name);
}
