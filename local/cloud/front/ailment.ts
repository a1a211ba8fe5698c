import type { Ailment } from "../cloud";

const known: Readonly<Record<string, readonly string[]>> = {
    impaired: ["system", "instance"],
    rootDisk: ["full"],
    agent: ["stopped"],
    docker: ["broken"],
    dockerDisk: ["full"],
    clock: ["slow"],
    credentials: ["none"],
    pauseImage: ["broken"],
    registration: ["refused"],
    capabilityDownloads: ["unreachable"],
    agentVersion: ["1.49.0"],
} satisfies { readonly [Name in keyof Ailment]-?: readonly Ailment[Name][] };

/** Reads what is to go wrong with an instance from what someone posted. @throws Error naming what is wrong */
export function parseAilment(raw: unknown): Ailment {
    const given = Object.entries(typeof raw === "object" && raw !== null ? raw : {});
    for (const [name, value] of given) {
        if (known[name]?.includes(String(value)) !== true) {
            const expected = Object.entries(known).map(([key, all]) => `${key}: ${all.join(" or ")}`);
            throw new Error(`${name}: got ${JSON.stringify(value)}, expected ${expected.join(", ")}`);
        }
    }
    return Object.fromEntries(given);
}
