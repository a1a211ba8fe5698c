import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { Document, isMap, isScalar } from "yaml";

import { AppError } from "./errors";
import { asRecord, type Project } from "./project";
import { defaultIndent, readYaml } from "./yamlFile";

/** Namespace of this product's keys in a settings file. */
export const settingsNamespace = "sles-ecs";

/** Two environments with these in common would get into each other's way, or use a cluster by mistake. */
const notShared = [["clusterName"], ["adoptCluster"], ["instanceRole", "name"]] as const;

/** One `Pulumi.<environment>.yaml`, with its comments. Nothing is on disk before `write`. */
export class SettingsFile {
    constructor(
        readonly path: string,
        /** The file is on disk already. */
        readonly exists: boolean,
        private readonly document: Document,
        private readonly indent: number,
    ) {}

    get name(): string {
        return path.basename(this.path);
    }

    /** Everything under `config:`, by full key such as `aws:region`. */
    get config(): Readonly<Record<string, unknown>> {
        return asRecord(asRecord(this.document.toJS())["config"]);
    }

    /** Name of the environment that these settings were copied from; set for personal environments only. */
    get basedOn(): string | undefined {
        const value = this.config[`${settingsNamespace}:basedOn`];
        return typeof value === "string" && value !== "" ? value : undefined;
    }

    /** Sets one setting, such as `["hosts", "count"]`, or removes it with null; leaves every comment where it is. */
    set(settingPath: readonly [string, ...string[]], value: unknown): void {
        const keys = ["config", `${settingsNamespace}:${settingPath[0]}`, ...settingPath.slice(1)];
        if (value === null) {
            this.remove(keys);
            return;
        }
        for (let depth = 1; depth < keys.length; depth++) {
            this.makeMap(keys.slice(0, depth), settingPath);
        }
        this.document.setIn(keys, value);
    }

    private remove(keys: readonly string[]): void {
        if (this.document.hasIn(keys)) {
            this.document.deleteIn(keys);
        }
    }

    private makeMap(keys: readonly string[], settingPath: readonly string[]): void {
        const node: unknown = this.document.getIn(keys, true);
        if (isMap(node)) {
            return;
        }
        if (node !== undefined && !(isScalar(node) && node.value === null)) {
            throw new AppError("USAGE", {
                message: `cannot set ${settingPath.join(".")}: ${keys.slice(1).join(".")} in ${this.name} is not a map`,
            });
        }
        this.document.setIn(keys, this.document.createNode({}));
    }

    /** A copy for another path, without what may not be shared: names that must be unique, and secrets. */
    copyTo(filePath: string, header: string): SettingsFile {
        const copy = this.document.clone();
        for (const key of ["encryptionsalt", "encryptedkey", "secretsprovider"]) {
            copy.delete(key);
        }
        for (const [key, value] of Object.entries(this.config)) {
            if (asRecord(value)["secure"] !== undefined) {
                copy.deleteIn(["config", key]);
            }
        }
        const result = new SettingsFile(filePath, false, copy, this.indent);
        for (const setting of notShared) {
            result.set(setting, null);
        }
        copy.commentBefore = header;
        return result;
    }

    /** Writes the file. @returns a function that makes it what it was before */
    async write(): Promise<() => Promise<void>> {
        const before = await readFile(this.path).catch(() => undefined);
        await writeFile(this.path, this.document.toString({ lineWidth: 0, indent: this.indent }));
        return () => (before === undefined ? this.removeFile() : writeFile(this.path, before));
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
            return new SettingsFile(filePath, true, yaml.document, yaml.indent);
        }
    }
    const filePath = path.join(project.settingsDirectory, `Pulumi.${environment}.yaml`);
    return new SettingsFile(filePath, false, new Document({}), defaultIndent);
}
