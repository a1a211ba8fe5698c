import type { EnvironmentArgs } from "./environment";
import { refusal } from "./refusal";

interface Hosts {
    readonly name: string;
    readonly environment: string;
}

/** The hosts of each environment. Its id tells it from others: a program may spread another name over `environment`. */
const taken = new WeakMap<EnvironmentArgs["stackId"], Map<string, Hosts>>();

/**
 * An environment has its hosts of a kind once: they are found again by its id and, where they are fixed, their numbers.
 * @throws pulumi.RunError for the second of a kind
 */
export function requireHostsOnce(
    kind: "FixedHosts" | "AutoScalingHosts",
    name: string,
    { environment, stackId }: EnvironmentArgs,
): void {
    const known = taken.get(stackId) ?? new Map<string, Hosts>();
    taken.set(stackId, known);
    const other = known.get(kind);
    if (other !== undefined) {
        throw refusal(
            `${other.name} and ${name} of this program are both the ${kind} of the environment ${other.environment}, expected an environment for each`,
            `make another one for ${name}: await createEnvironment("${name}", { environment: "${other.environment}-${name}" })`,
        );
    }
    known.set(kind, { name, environment });
}
