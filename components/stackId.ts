import { randomUUID } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/** Tags of a resource. The stack id among them is an output: whatever carries it is destroyed before the id is. */
export type ResourceTags = Readonly<Record<string, pulumi.Input<string>>>;

/**
 * The id of an environment: made once, at its first update, and kept in the state for as long as anything stands.
 * What the state keeps is the engine's to say, so that what each run makes up anew is ignored from the second on
 * (https://www.pulumi.com/docs/iac/concepts/stash/).
 */
export function createStackId(name: string, parent: pulumi.Resource): pulumi.Output<string> {
    const stash = new pulumi.Stash(name, { input: randomUUID() }, { parent, ignoreChanges: ["input"] });
    return stash.output as pulumi.Output<string>;
}

/** The id as the engine has it, in a preview too. */
export function valueOf(stackId: pulumi.Output<string>): Promise<string> {
    return new Promise((resolve) => {
        stackId.apply(resolve);
    });
}
