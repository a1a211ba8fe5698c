import type { z } from "zod";
import type { Problem } from "../problem";
import { sectionProblems, unknownSection } from "./problems";
import { resolveSettings, type ResolvedSettings } from "./resolve";
import { crossFieldProblems } from "./rules";
import { settingsKeys, settingsSchema, type Settings, type SettingsKey } from "./schema";
import { withoutUnset, withSimpleTypes } from "./unset";

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
    if (lockMoves && written.hostImage?.filter !== undefined) {
        delete written.hostImage.lock;
    }
    // Sections that failed are left out, so that rules still find what is wrong between the others.
    const settings = resolveSettings(written, environment);
    problems.push(...crossFieldProblems({ written, settings, environment }, wrong));
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
