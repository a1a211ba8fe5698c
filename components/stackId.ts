import { randomUUID } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/** Tags of a resource. The stack id among them is an output: whatever carries it is destroyed before the id is. */
export type ResourceTags = Readonly<Record<string, pulumi.Input<string>>>;

/**
 * The id of an environment: made once, at its first update, and kept in the state for as long as anything stands.
 * What the state keeps is the engine's to say, so that what each run makes up anew is ignored from the second on
 * (https://www.pulumi.com/docs/iac/concepts/stash/).
 */
export function createStackId(name: string, parent: pulumi.Resource | undefined): pulumi.Output<string> {
    return stash(name, randomUUID(), parent);
}

/** A value that the first update puts into the state, and that stays there whatever later ones say. */
export function stash<T extends string | object>(
    name: string,
    input: T,
    parent: pulumi.Resource | undefined,
): pulumi.Output<T> {
    return new pulumi.Stash(name, { input }, { parent, ignoreChanges: ["input"] }).output as pulumi.Output<T>;
}

/** What the state has, as the engine has it, in a preview too. */
export function valueOf<T>(stashed: pulumi.Output<T>): Promise<T> {
    return new Promise((resolve) => {
        stashed.apply((value) => {
            resolve(value);
        });
    });
}
