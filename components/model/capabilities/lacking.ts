import { parseBootLog } from "../bootLog";
import { capabilityOf, type CapabilityName } from "./capabilities";
import { wantedNames } from "./hostCapabilities";

/** A capability that a host is to offer and that ECS does not know of it. */
export interface LackingCapability {
    readonly name: CapabilityName;
    /** Those of its attributes that the container instance has not. */
    readonly attributes: readonly string[];
}

/** What a host lacks of the capabilities that are wanted, by the attributes that its agent has registered. */
export function lackingCapabilities(
    wanted: Readonly<Partial<Record<CapabilityName, object>>> = {},
    registered: Readonly<Record<string, string>>,
): readonly LackingCapability[] {
    return wantedNames(wanted)
        .map((name) => ({
            name,
            attributes: capabilityOf(name).attributes.filter(
                (attribute) => registered[attribute] === undefined,
            ),
        }))
        .filter(({ attributes }) => attributes.length > 0);
}

/** What people are told of them, a list. */
export function lackingText(lacking: readonly LackingCapability[]): string {
    return lacking
        .map(({ name, attributes }) => `${attributes.join(" and ")} (capabilities.${name})`)
        .join(", ");
}

/** Why the last boot could not install what a capability needs, in the host's own words; undefined where it said nothing. */
export function reasonOf(name: CapabilityName, consoleText: string): string | undefined {
    const last = parseBootLog(consoleText).findLast(({ step }) => step === "capabilities");
    const said = last?.reason.split("; ").find((one) => one.startsWith(`${name}: `));
    return said?.slice(name.length + 2);
}
