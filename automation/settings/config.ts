import { groupOf, pathText, type PulumiConfig, settingsNamespace } from "../../components/model/settings";
import type { Problem } from "../../components/model/problem";
import { type Misreading, readForPulumi } from "../yaml/pulumiYaml";

/** What `config:` in a YAML file says, by key. */
export function configOf(text: string): PulumiConfig {
    const { values } = readForPulumi(text);
    const config = Object.entries(asRecord(asRecord(values)["config"]));
    return Object.fromEntries(config.map(([key, value]) => [key, groupOf(value)]));
}

/** A place under `config:` that Pulumi would read in another way than it is written. */
export interface ConfigMisreading extends Problem {
    /** The key of the configuration that it belongs to; missing where it is about all of them. */
    readonly key?: string;
}

/** Where Pulumi would read something else under `config:` of a file than what is written there. */
export function misreadConfig(file: string, text: string): readonly ConfigMisreading[] {
    return readForPulumi(text)
        .misreadings.filter(({ path: [top] }) => top === "config")
        .map((misreading) => problemOf(file, misreading));
}

function problemOf(
    file: string,
    { path, line, written, reason, isKey, instead }: Misreading,
): ConfigMisreading {
    const [, key, ...deeper] = path;
    const last = path.at(-1);
    const value = typeof last === "number" ? instead : `${String(last)}: ${instead}`;
    return {
        key: key === undefined ? undefined : String(key),
        path: key === undefined ? "" : pathText([withoutNamespace(String(key)), ...deeper]),
        message: `got ${written} in ${file}, line ${line}, ${reason}`,
        hint: instead === undefined ? undefined : `write ${isKey ? `${instead}:` : value}`,
        severity: "error",
    };
}

function withoutNamespace(key: string): string {
    const own = `${settingsNamespace}:`;
    return key.startsWith(own) ? key.slice(own.length) : key;
}

interface QualifiedConfig {
    readonly config: PulumiConfig;
    readonly problems: readonly Problem[];
}

/**
 * The configuration of a settings file by full keys. Pulumi gives a key without a namespace the project's, and still
 * knows an older form, `<namespace>:config:<name>` (pulumi/pulumi sdk/go/common/resource/config/key.go); where one of
 * them stands beside the full key, chance decides which one it reads.
 */
export function qualified(file: string, config: PulumiConfig, project: string): QualifiedConfig {
    const problems: Problem[] = [];
    const entries = Object.entries(config).map(([key, value]) => {
        const full = fullKey(key, project);
        if (full !== key && isRead(full)) {
            const message = `${key} in ${file} is ${full} to Pulumi, expected the full key`;
            problems.push({ path: "", message, hint: `write ${full}`, severity: "error" });
        }
        return [full, value] as const;
    });
    return { config: Object.fromEntries(entries), problems };
}

function fullKey(key: string, project: string): string {
    if (!key.includes(":")) {
        return `${project}:${key}`;
    }
    const [, namespace, name] = /^([^:]*):config:([^:]*)$/.exec(key) ?? [];
    return name === undefined ? key : `${namespace}:${name}`;
}

/** Whether this product, or Pulumi's provider for it, reads a key. */
export function isRead(key: string): boolean {
    return key.startsWith(`${settingsNamespace}:`) || key.startsWith("aws:");
}

/** The value as a map; anything else counts as an empty one. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value)
        ? (value as Record<string, unknown>)
        : {};
}
