import { rm } from "node:fs/promises";
import path from "node:path";

import { parse } from "yaml";

import { shellWord } from "../../components/model/commandLine";
import { groupOf, holdsSecret, settingsNamespace } from "../../components/model/settings";
import { AppError } from "../errors/appError";
import { type ConfigMisreading, configOf, misreadConfig } from "./config";
import { asRecord, projectFileName, type Project, settingsFilePath } from "./project";
import { byteOrderMarkOf, lineBreak } from "../yaml/places";
import { setInYaml } from "../yaml/setInYaml";
import { readIfThere, readYaml, requireWritable, writeWhole } from "../yaml/yamlFile";
import { holdsOnlyStackKeys, setsNothing, stackKeys, withoutStackKeys, withStackKeysOf } from "./stackKeys";

/** Two environments with these in common would get into each other's way, or use a cluster by mistake. */
const notShared = [
    ["clusterName"],
    ["adoptCluster"],
    ["instanceRole", "name"],
    ["lease", "ttl"],
    ["lease", "owner"],
] as const;

/** What is odd in a file is said once, by whoever reads it first. */
const quiet = { logLevel: "error" } as const;

const headOfCopy = "# Personal environment, copied from";

/** One `Pulumi.<environment>.yaml`, with its comments. Nothing is on disk before `write`. */
export class SettingsFile {
    /** The file on disk says something of the environment, and not only of the secrets of its stack. */
    readonly hasSettings: boolean;

    constructor(
        readonly path: string,
        /** The file is on disk already. */
        readonly exists: boolean,
        private written: string,
    ) {
        this.hasSettings = exists && !holdsOnlyStackKeys(written);
    }

    /** A copy of another environment's settings may take its place: nothing of an author's is lost. */
    get isFree(): boolean {
        return setsNothing(this.written);
    }

    /** What `write` writes. */
    get text(): string {
        return this.written;
    }

    get name(): string {
        return path.basename(this.path);
    }

    /** Everything under `config:`, by full key such as `aws:region`. */
    get config(): Readonly<Record<string, unknown>> {
        return configOf(this.written);
    }

    /** What Pulumi would read in another way than it is written. */
    get misreadings(): readonly ConfigMisreading[] {
        return misreadConfig(this.name, this.written);
    }

    /** Name of the environment that these settings were copied from; set for personal environments only. */
    get basedOn(): string | undefined {
        const value = this.config[`${settingsNamespace}:basedOn`];
        return typeof value === "string" && value !== "" ? value : undefined;
    }

    /** Sets one setting, such as `["hosts", "count"]`, or removes it with null; leaves every other line as it is. */
    set(settingPath: readonly [string, ...string[]], value: unknown): void {
        const section = `${settingsNamespace}:${settingPath[0]}`;
        const keys = ["config", section, ...settingPath.slice(1)];
        if (settingPath.length > 1) {
            this.unfold(section);
        }
        if (value !== null) {
            this.requireMaps(keys, settingPath);
        }
        this.written = setInYaml(this.written, keys, value ?? undefined);
    }

    /** Writes a group that stands there as JSON text as the group that it is. */
    private unfold(section: string): void {
        const written = asRecord(asRecord(parse(this.written, quiet) as unknown)["config"])[section];
        const group = groupOf(written);
        if (group !== written) {
            this.written = setInYaml(this.written, ["config", section], group);
        }
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

    /**
     * A copy for another environment, without what may not be shared: names that must be unique, and secrets.
     * @param place the file of that environment, whose stack's keys stay
     */
    copyTo(place: SettingsFile, environment: string): SettingsFile {
        const secrets = Object.entries(this.config).filter(([, value]) => holdsSecret(value));
        const left = [...stackKeys.map((key) => [key]), ...secrets.map(([key]) => ["config", key])].reduce(
            (text, keys) => setInYaml(text, keys, undefined),
            this.written,
        );
        const lines = [
            `${headOfCopy} ${this.name} by sles-ecs up --from.`,
            `# sles-ecs destroy ${environment} removes this file too.`,
        ];
        const mark = byteOrderMarkOf(left);
        const head = [...lines, "", ""].join(lineBreak(left));
        const text = withStackKeysOf(place.text, mark + head + withoutHead(left.slice(mark.length)));
        const result = new SettingsFile(place.path, false, text);
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

    /** Finds out whether the file can be changed, for who does it last. @throws AppError SETTINGS_FILE_UNREADABLE */
    requireWritable(): Promise<void> {
        return requireWritable(this.path);
    }

    /** Removes the file of a personal environment that is gone. */
    async removeFile(): Promise<void> {
        await rm(this.path, { force: true });
    }
}

/**
 * Opens the settings file of an environment; an empty one where there is none yet.
 * @throws AppError SETTINGS_FILE_UNREADABLE, also for a file with a name that Pulumi passes over
 */
export async function openSettingsFile(project: Project, environment: string): Promise<SettingsFile> {
    const filePath = settingsFilePath(project, environment);
    const yaml = await readYaml(filePath);
    if (yaml !== undefined) {
        return new SettingsFile(filePath, true, yaml.text);
    }
    const passedOver = settingsFilePath(
        { ...project, extension: project.extension === ".yml" ? ".yaml" : ".yml" },
        environment,
    );
    if ((await readIfThere(passedOver)) !== undefined) {
        const [other, own] = [path.basename(passedOver), path.basename(filePath)];
        throw new AppError("SETTINGS_FILE_UNREADABLE", {
            message: `Pulumi passes over ${other}, because the project's own file is called ${projectFileName(project)}: expected ${own}`,
            hint: `mv ${shellWord(passedOver)} ${shellWord(filePath)}`,
        });
    }
    return new SettingsFile(filePath, false, "");
}

/** A copy of a copy says once where it comes from. */
function withoutHead(text: string): string {
    return text.startsWith(headOfCopy) ? text.replace(/^(#.*\r?\n)+(\r?\n)*/, "") : text;
}
