import { rm } from "node:fs/promises";
import path from "node:path";

import { parse } from "yaml";

import { AppError } from "../errors/appError";
import { asRecord, type Project } from "./project";
import { setInYaml } from "../yaml/setInYaml";
import { readIfThere, readYaml, writeWhole } from "../yaml/yamlFile";
import { stackKeys, withoutStackKeys, withStackKeysOf } from "./stackKeys";

/** Namespace of this product's keys in a settings file. */
export const settingsNamespace = "sles-ecs";

/** Two environments with these in common would get into each other's way, or use a cluster by mistake. */
const notShared = [["clusterName"], ["adoptCluster"], ["instanceRole", "name"]] as const;

/** What is odd in a file is said once, by whoever reads it first. */
const quiet = { logLevel: "error" } as const;

const headOfCopy = "# Personal environment, copied from";

/** One `Pulumi.<environment>.yaml`, with its comments. Nothing is on disk before `write`. */
export class SettingsFile {
    constructor(
        readonly path: string,
        /** The file is on disk already. */
        readonly exists: boolean,
        private written: string,
    ) {}

    /** What `write` writes. */
    get text(): string {
        return this.written;
    }

    get name(): string {
        return path.basename(this.path);
    }

    /** Everything under `config:`, by full key such as `aws:region`. */
    get config(): Readonly<Record<string, unknown>> {
        return asRecord(asRecord(parse(this.written, quiet) as unknown)["config"]);
    }

    /** Name of the environment that these settings were copied from; set for personal environments only. */
    get basedOn(): string | undefined {
        const value = this.config[`${settingsNamespace}:basedOn`];
        return typeof value === "string" && value !== "" ? value : undefined;
    }

    /** Sets one setting, such as `["hosts", "count"]`, or removes it with null; leaves every other line as it is. */
    set(settingPath: readonly [string, ...string[]], value: unknown): void {
        const keys = ["config", `${settingsNamespace}:${settingPath[0]}`, ...settingPath.slice(1)];
        if (value !== null) {
            this.requireMaps(keys, settingPath);
        }
        this.written = setInYaml(this.written, keys, value ?? undefined);
    }

    private requireMaps(keys: readonly string[], settingPath: readonly string[]): void {
        let values: unknown = parse(this.written, quiet);
        for (const [depth, key] of keys.entries()) {
            if (values !== undefined && values !== null && asRecord(values) !== values) {
                throw new AppError("USAGE", {
                    message: `cannot set ${settingPath.join(".")}: ${keys.slice(1, depth).join(".")} in ${this.name} is not a map`,
                });
            }
            values = asRecord(values)[key];
        }
    }

    /** A copy for another environment, without what may not be shared: names that must be unique, and secrets. */
    copyTo(filePath: string, environment: string): SettingsFile {
        const secrets = Object.entries(this.config).filter(([, value]) => "secure" in asRecord(value));
        const left = [...stackKeys.map((key) => [key]), ...secrets.map(([key]) => ["config", key])].reduce(
            (text, keys) => setInYaml(text, keys, undefined),
            this.written,
        );
        const head = `${headOfCopy} ${this.name} by sles-ecs up --from.\n# sles-ecs destroy ${environment} removes this file too.\n\n`;
        const result = new SettingsFile(filePath, false, head + withoutHead(left));
        for (const setting of notShared) {
            result.set(setting, null);
        }
        return result;
    }

    /**
     * Writes the file, whole or not at all.
     * @returns a function that makes it what it was before, unless somebody has changed it since
     * @throws AppError SETTINGS_FILE_UNREADABLE where it cannot be written
     */
    async write(): Promise<() => Promise<void>> {
        const before = await readIfThere(this.path);
        const { text } = this;
        await writeWhole(this.path, text);
        return async () => {
            const now = await readIfThere(this.path);
            if (now !== undefined && withoutStackKeys(now) === withoutStackKeys(text)) {
                await (before === undefined
                    ? this.removeFile()
                    : writeWhole(this.path, withStackKeysOf(now, before)));
            }
        };
    }

    /** Removes the file of a personal environment that is gone. */
    async removeFile(): Promise<void> {
        await rm(this.path, { force: true });
    }
}

/** Opens the settings file of an environment; an empty one where there is none yet. */
export async function openSettingsFile(project: Project, environment: string): Promise<SettingsFile> {
    for (const extension of ["yaml", "yml"]) {
        const filePath = path.join(project.settingsDirectory, `Pulumi.${environment}.${extension}`);
        const yaml = await readYaml(filePath);
        if (yaml !== undefined) {
            return new SettingsFile(filePath, true, yaml.text);
        }
    }
    const filePath = path.join(project.settingsDirectory, `Pulumi.${environment}.yaml`);
    return new SettingsFile(filePath, false, "");
}

/** A copy of a copy says once where it comes from. */
function withoutHead(text: string): string {
    return text.startsWith(headOfCopy) ? text.replace(/^(#.*\r?\n)+(\r?\n)*/, "") : text;
}
