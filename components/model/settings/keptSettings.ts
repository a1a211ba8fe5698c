import type { Problem } from "../problem";
import { parseSettings } from "./parse";
import { resolveSettings, type ResolvedSettings } from "./resolve";
import type { IngressRule } from "./sections/ingress";
import type { IngressEntrySettings } from "./settings.generated";

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
    // What a section has as defaults that only counts where there is such a section.
    const lease = isGroup(kept["lease"]) ? { lease: { ttl: "1h" } } : {};
    const resolved = resolveSettings({ ...ofModes, ...lease }, environment);
    const otherwise: Group = { ...resolved };
    const sections = Object.entries(kept).map(([key, value]) => {
        const below = otherwise[key];
        return [key, isGroup(value) && isGroup(below) ? { ...below, ...value } : value];
    });
    return { ...resolved, ...(Object.fromEntries(sections) as Partial<ResolvedSettings>) };
}

/**
 * What is wrong with settings as a state has them, by the rules for those that people write: somebody else's program may have left
 * them, or a version with other rules.
 */
export function problemsOfKept(kept: ResolvedSettings, environment: string): readonly Problem[] {
    // Hours have no text any more; whoever has them in this form has read them from one.
    const { problems } = parseSettings(asWritten(kept), environment, { unread: ["hours"] });
    return problems.filter(({ severity }) => severity === "error");
}

/** The same as a person would have written it. */
function asWritten({ lease, capabilities, hostImage, network, ...sections }: ResolvedSettings): unknown {
    const { ttlSeconds, longestTtlSeconds, graceSeconds, ...ofLease } = lease ?? {};
    const written: Group = {
        ...sections,
        network: "ingress" in network ? { ...network, ingress: network.ingress?.map(asEntry) } : network,
        hostImage: { ...hostImage, generation: undefined },
        capabilities: Object.fromEntries(Object.entries(capabilities).map(asSwitch)),
        lease: lease && {
            ...ofLease,
            ttl: inSeconds(ttlSeconds),
            longestTtl: inSeconds(longestTtlSeconds),
            grace: inSeconds(graceSeconds),
        },
    };
    // A list that was filled in as empty has not been written.
    const text = JSON.stringify(written, (_key, value: unknown) =>
        Array.isArray(value) && value.length === 0 ? undefined : value,
    );
    return JSON.parse(text) as unknown;
}

function asEntry({ source, fromPort, toPort, ...rule }: IngressRule): IngressEntrySettings {
    return {
        ...rule,
        ...(fromPort === toPort ? { port: fromPort } : { fromPort, toPort }),
        ...(source.kind === "group"
            ? { securityGroupIds: [source.groupId] }
            : { cidrBlocks: [source.cidrBlock] }),
    };
}

function asSwitch([name, group]: readonly [string, object]): readonly [string, unknown] {
    // Its version is a default, unless its sum stands beside it.
    const isBare = name === "executeCommand" ? !("sha256" in group) : Object.keys(group).length === 0;
    return [name, isBare ? true : group];
}

function inSeconds(seconds: number | undefined): string | undefined {
    return seconds === undefined ? undefined : `${seconds}s`;
}

function modeOf(section: unknown): string | undefined {
    const mode = isGroup(section) ? section["mode"] : undefined;
    return typeof mode === "string" ? mode : undefined;
}

function isGroup(value: unknown): value is Group {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
