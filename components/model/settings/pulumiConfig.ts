import type { Problem } from "../problem";
import { doubtRegion, expectedRegion } from "../region";
import { parseSettings, type ParsedSettings, type ReadingOptions } from "./parse";
import { settingsKeys, type SettingsKey } from "./schema";

/** Namespace of the settings in a stack's configuration, whatever the project is called. */
export const settingsNamespace = "sles-ecs";

const prefix = `${settingsNamespace}:`;

/** The configuration of a stack, by full key such as `sles-ecs:hosts`; groups as such, or as JSON text. */
export type PulumiConfig = Readonly<Record<string, unknown>>;

/** Reads the settings out of the configuration of an environment's stack, as every door does. */
export function parseConfig(
    config: PulumiConfig,
    { project, environment }: { readonly project: string; readonly environment: string },
    options: ReadingOptions = {},
): ParsedSettings {
    const unread = options.unread ?? [];
    const written = settingsIn(config);
    const secrets = Object.keys(written).filter((key) => !isIn(key, unread) && holdsSecret(written[key]));
    const ofRegion = regionProblems(config);
    const found = [
        ...secrets.map(secretProblem),
        ...misplacedKeys(config, project),
        ...ofRegion.filter(({ severity }) => severity === "error"),
    ];
    const doubts = ofRegion.filter(({ severity }) => severity === "warning");
    const parsed = parseSettings(written, environment, {
        ...options,
        unread: [...unread, ...secrets.filter(isSettingsKey)],
    });
    return {
        settings: found.length === 0 ? parsed.settings : undefined,
        problems: [...found, ...parsed.problems, ...doubts],
    };
}

/** The settings in a configuration, without their namespace. */
function settingsIn(config: PulumiConfig): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(config)
            .filter(([key]) => key.startsWith(prefix))
            .map(([key, value]) => [key.slice(prefix.length), groupOf(value)]),
    );
}

/** What a value says: Pulumi hands groups to programs as JSON text, and `pulumi config set` stores them as such. */
export function groupOf(value: unknown): unknown {
    if (typeof value !== "string" || !/^\s*[{[]/.test(value)) {
        return value;
    }
    try {
        return JSON.parse(value) as unknown;
    } catch {
        return value;
    }
}

/** Whether a value is one that `pulumi config set --secret` has encrypted, or holds one. */
export function holdsSecret(value: unknown): boolean {
    if (typeof value !== "object" || value === null) {
        return false;
    }
    const entries = Object.entries(value);
    const isSecret =
        entries.length === 1 && entries[0]?.[0] === "secure" && typeof entries[0][1] === "string";
    return isSecret || entries.some(([, inner]) => holdsSecret(inner));
}

function secretProblem(path: string): Problem {
    return {
        path,
        message: "is stored as a secret, which only the engine can read, expected plain text",
        hint: `pulumi config set --path ${prefix}${path} <value>`,
        severity: "error",
    };
}

/** Nothing reads a setting that stands under the project's own name, where Pulumi puts keys without a namespace. */
function misplacedKeys(config: PulumiConfig, project: string): Problem[] {
    return project === settingsNamespace
        ? []
        : settingsKeys
              .filter((key) => `${project}:${key}` in config)
              .map((key) => ({
                  path: "",
                  message: `${project}:${key} is a key of the project's own, which nothing reads: settings stand under ${prefix}, whatever the project is called`,
                  hint: `write ${prefix}${key}`,
                  severity: "error",
              }));
}

/** Where nothing of the name is, the engine and the checks only find that nobody answers. */
function regionProblems(config: PulumiConfig): Problem[] {
    const region = config["aws:region"];
    const doubt = typeof region === "string" && region !== "" ? doubtRegion(region) : undefined;
    if (doubt === undefined) {
        return [];
    }
    const { isWrong, meant } = doubt;
    const got = `got ${JSON.stringify(region)}`;
    return [
        {
            path: "aws:region",
            message: isWrong
                ? `${got}, expected ${expectedRegion}`
                : `${got}, which is none of the regions that AWS had when this version was made`,
            hint: meant && `did you mean ${meant}?`,
            severity: isWrong ? "error" : "warning",
        },
    ];
}

function isIn(key: string, keys: readonly string[]): boolean {
    return keys.includes(key);
}

function isSettingsKey(key: string): key is SettingsKey {
    return isIn(key, settingsKeys);
}
