import { componentType, programComponent } from "../../components/model/names";

/** A resource as states have it, as far as it tells whose it is. */
export interface PlacedResource {
    readonly urn: string;
    readonly type: string;
    /** URN of the resource that it is a part of; empty where it is none's. */
    readonly parent: string;
}

/**
 * Resources of a state that this product's program does not make: it makes one component, and all else within that. Whatever
 * is beside it, or within a component of another name, is of a program of somebody's own.
 * The chain of types in a URN begins with the outermost (https://www.pulumi.com/docs/iac/concepts/resources/names/).
 * @returns each as its type and name
 */
export function findNotOurs(resources: readonly PlacedResource[]): readonly string[] {
    return resources
        .filter((one) => !isOfAnyProgram(one) && !isOurs(one))
        .map(({ urn, type }) => `${type} ${nameIn(urn)}`);
}

/** The stack itself, and the providers that the engine makes where a program names none. */
function isOfAnyProgram({ type, urn }: PlacedResource): boolean {
    return (
        type === "pulumi:pulumi:Stack" ||
        (type.startsWith("pulumi:providers:") && /^default(_|$)/.test(nameIn(urn)))
    );
}

function isOurs({ urn, parent }: PlacedResource): boolean {
    const outermost = (urn.split("::")[2] ?? "").split("$")[0];
    return outermost === componentType && [urn, parent].every(isOurComponentOrNone);
}

/** False for a cluster that is called otherwise than ours. */
function isOurComponentOrNone(urn: string): boolean {
    return urn.split("::")[2] !== componentType || nameIn(urn) === programComponent;
}

function nameIn(urn: string): string {
    return urn.split("::").slice(3).join("::");
}
