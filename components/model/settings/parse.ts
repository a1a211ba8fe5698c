import type { z } from "zod";

import type { Problem } from "../problem";
import { sectionProblems, unknownSection } from "./problems";
import { resolveSettings, type ResolvedSettings } from "./resolve";
import { crossFieldProblems } from "./rules";
import { type SettingsKey, settingsKeys, settingsSchema } from "./schema";
import type { Settings } from "./settings.generated";

export interface ParsedSettings {
    /** Missing when any problem is an error. */
    readonly settings?: ResolvedSettings;
    /** Everything wrong or doubtful at once, errors first. */
    readonly problems: readonly Problem[];
}

/** What a reader of settings does not need of them. */
export interface ReadingOptions {
    /** Sections that the reader does not look at: they get their defaults, whatever is wrong with them. */
    readonly unread?: readonly SettingsKey[];
    /**
     * The lock of the host image is going to move: it must be one, but may be at odds with everything else. It is left
     * out, unless it is all that says which images may follow it.
     */
    readonly lockMoves?: boolean;
}

/**
 * Reads the settings of an environment, as written under `sles-ecs:` and without that prefix. `{}`, `""` and
 * null count as not set.
 */
export function parseSettings(
    raw: unknown,
    environment: string,
    { unread = [], lockMoves = false }: ReadingOptions = {},
): ParsedSettings {
    const value = withoutUnset(raw) ?? {};
    if (typeof value !== "object" || Array.isArray(value)) {
        return {
            problems: [{ path: "", message: "the settings are not a group of keys", severity: "error" }],
        };
    }
    const problems = Object.keys(raw ?? {})
        .filter((key) => !isSettingsKey(key))
        .map((key) => unknownSection(key));
    const wrong = new Set<SettingsKey>(unread);
    const written: Settings = {};
    for (const [key, section] of Object.entries(withSimpleTypes(value as Record<string, unknown>))) {
        if (!isSettingsKey(key) || unread.includes(key)) {
            continue;
        }
        const parsed = (settingsSchema.shape[key] as z.ZodType).safeParse(section);
        if (parsed.success) {
            Object.assign(written, { [key]: parsed.data });
        } else {
            wrong.add(key);
            problems.push(...sectionProblems(key, section, parsed.error.issues));
        }
    }
    const lockGives = lockMoves && written.hostImage?.filter !== undefined;
    const given = lockGives ? { ...written, hostImage: { ...written.hostImage, lock: undefined } } : written;
    // Sections that failed are left out, so that rules still find what is wrong between the others.
    const settings = resolveSettings(given, environment);
    problems.push(...crossFieldProblems({ written: given, settings, environment }, wrong));
    const ordered = [...problems].sort(
        (a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"),
    );
    return ordered.some((problem) => problem.severity === "error")
        ? { problems: ordered }
        : { settings, problems: ordered };
}

function isSettingsKey(key: string): key is SettingsKey {
    return (settingsKeys as readonly string[]).includes(key);
}

/** Keys under which people choose the names themselves. */
const namesAndValues = ["tags", "attributes", "agentLabels", "pauseLabels", "logOpts"];

/**
 * Drops what counts as not set: null, "" and {}. Pulumi needs a default for every key that Pulumi.yaml
 * describes, and these are the ones that say "none". Within names and values people say what they mean: a tag may
 * be empty.
 */
function withoutUnset(value: unknown): unknown {
    if (value === null || value === "") {
        return undefined;
    }
    if (Array.isArray(value) || typeof value !== "object") {
        return value;
    }
    const entries = Object.entries(value)
        .map(
            ([key, entry]) =>
                [key, namesAndValues.includes(key) && !isEmpty(entry) ? entry : withoutUnset(entry)] as const,
        )
        .filter(([, entry]) => entry !== undefined);
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function isEmpty(value: unknown): boolean {
    return value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}

/** Keys at the top whose value is text. */
const textKeys = ["clusterName", "basedOn", "hours"];
/** Keys at the top whose value is true or false. */
const booleanKeys = ["adoptCluster"];

/**
 * Gives the simple values at the top their type. `pulumi config set` stores them all as text, while a person
 * who writes the file by hand writes YAML; both must mean the same.
 */
function withSimpleTypes(settings: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(settings).map(([key, value]) => {
            if (textKeys.includes(key) && (typeof value === "number" || typeof value === "boolean")) {
                return [key, String(value)];
            }
            if (booleanKeys.includes(key) && (value === "true" || value === "false")) {
                return [key, value === "true"];
            }
            return [key, value];
        }),
    );
}
