import { resolveSettings, type ResolvedSettings } from "./resolve";

type Group = Readonly<Record<string, unknown>>;

/** Sections of several modes, which have keys of their own. */
const modes: Readonly<Record<string, readonly string[]>> = {
    hosts: ["fixed", "autoScaling"],
    dockerStorage: ["imageStore", "volume", "driver"],
    instanceRole: ["create", "existing"],
    network: ["default", "existing", "create"],
};

/**
 * Reads settings as an update leaves them in the state, which has every default filled in. What an earlier version did not
 * have yet gets the default of its mode.
 * @param kept the input `settings` of an environment's component
 * @returns undefined where there are none, or a later version has left modes that this one does not know
 */
export function readKeptSettings(kept: unknown, environment: string): ResolvedSettings | undefined {
    if (!isGroup(kept) || !isGroup(kept["hosts"])) {
        return undefined;
    }
    const found = Object.keys(modes).map((section) => [section, modeOf(kept[section])] as const);
    if (found.some(([section, mode]) => mode !== undefined && modes[section]?.includes(mode) !== true)) {
        return undefined;
    }
    const ofModes = Object.fromEntries(
        found.filter(([, mode]) => mode !== undefined).map(([section, mode]) => [section, { mode }]),
    );
    const resolved = resolveSettings(ofModes, environment);
    const otherwise: Group = { ...resolved };
    const sections = Object.entries(kept).map(([key, value]) => {
        const below = otherwise[key];
        return [key, isGroup(value) && isGroup(below) ? { ...below, ...value } : value];
    });
    return { ...resolved, ...(Object.fromEntries(sections) as Partial<ResolvedSettings>) };
}

function modeOf(section: unknown): string | undefined {
    const mode = isGroup(section) ? section["mode"] : undefined;
    return typeof mode === "string" ? mode : undefined;
}

function isGroup(value: unknown): value is Group {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
