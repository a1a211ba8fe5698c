import { createHash, randomBytes } from "node:crypto";
import type { Properties } from "./property";
import type { ResourceType } from "./resourceType";

/** Under this name the inputs say which of their properties the program did not give (as the official provider does). */
const defaultsNote = "__defaults";

/** Hex digits at the end of an automatic name, as in every provider that Pulumi makes from a Terraform one. */
const randomDigits = 7;

/** What an automatic name is made of. */
export interface Naming {
    /** Name of the resource in the program. */
    readonly resourceName: string;
    /** Inputs of the resource so far; their automatic name stays. Empty for a new resource and for a replacement. */
    readonly oldInputs: Properties;
    /** The engine's seed, so that preview and update agree. */
    readonly seed: Uint8Array;
    /** What `pulumi:autonaming` in the stack's settings says. */
    readonly policy:
        { readonly mode: "propose" | "enforce" | "disable"; readonly proposedName: string } | undefined;
}

/** The inputs, with a name where the type has automatic names and the program gives none. */
export function autoNamed(type: ResourceType, inputs: Properties, naming: Naming): Properties {
    const maxLength = type.autoNameMaxLength;
    if (maxLength === undefined || inputs["name"] !== undefined || naming.policy?.mode === "disable") {
        return inputs;
    }
    const old = wasAutoNamed(naming.oldInputs) ? naming.oldInputs["name"] : undefined;
    return { ...inputs, name: old ?? newName(naming, maxLength), [defaultsNote]: ["name"] };
}

/** Whether the provider made up the name. */
export function wasAutoNamed(inputs: Properties): boolean {
    const note = inputs[defaultsNote];
    return Array.isArray(note) && note.includes("name");
}

function newName(naming: Naming, maxLength: number): string {
    if (naming.policy !== undefined && naming.policy.proposedName !== "") {
        return naming.policy.proposedName;
    }
    const seed = naming.seed.length > 0 ? naming.seed : randomBytes(32);
    const digits = createHash("sha256").update(seed).digest("hex").slice(0, randomDigits);
    return `${naming.resourceName.slice(0, maxLength - randomDigits - 1)}-${digits}`;
}
