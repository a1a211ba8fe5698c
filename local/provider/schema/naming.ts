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
    const rule = type.autoName;
    if (rule === undefined || inputs[rule.property] !== undefined || inputs["namePrefix"] !== undefined) {
        return inputs;
    }
    if (naming.policy?.mode === "disable") {
        return inputs;
    }
    const old = wasAutoNamed(naming.oldInputs, rule.property) ? naming.oldInputs[rule.property] : undefined;
    const name = old ?? newName(naming, rule.maxLength);
    return { ...inputs, [rule.property]: name, [defaultsNote]: [rule.property] };
}

/** Whether the provider made up this property's value. */
export function wasAutoNamed(inputs: Properties, property: string): boolean {
    const note = inputs[defaultsNote];
    return Array.isArray(note) && note.includes(property);
}

function newName(naming: Naming, maxLength: number): string {
    if (naming.policy !== undefined && naming.policy.proposedName !== "") {
        return naming.policy.proposedName;
    }
    const seed = naming.seed.length > 0 ? naming.seed : randomBytes(32);
    const digits = createHash("sha256").update(seed).digest("hex").slice(0, randomDigits);
    return `${naming.resourceName.slice(0, maxLength - randomDigits - 1)}-${digits}`;
}

let namesMade = 0;

/** A name for `namePrefix`: the prefix, the time and a counter, 26 digits as the official provider makes it. */
function nameFromPrefix(prefix: string): string {
    namesMade += 1;
    const time = new Date().toISOString().replace(/\D/g, "").slice(0, 17).padEnd(18, "0");
    return prefix + time + namesMade.toString(16).padStart(8, "0");
}

/** `name`, or a name made from `namePrefix`. */
export function givenName(inputs: {
    readonly name?: string | undefined;
    readonly namePrefix?: string | undefined;
}): string {
    return inputs.name ?? nameFromPrefix(inputs.namePrefix ?? "terraform-");
}
