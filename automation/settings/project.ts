import { readdir } from "node:fs/promises";
import path from "node:path";

import type { Context } from "../ports/context";
import { shellWord } from "../../components/model/commandLine";
import { AppError } from "../errors/appError";
import { groupOf, type PulumiConfig } from "../../components/model/settings";
import { readForPulumi } from "../yaml/pulumiYaml";
import { readIfThere, readYaml } from "../yaml/yamlFile";
import { asRecord, type ConfigMisreading, isRead, misreadConfig } from "./config";

export { asRecord };

/** A Pulumi project: the folder of a Pulumi.yaml, in which the settings files of the environments live too. */
export interface Project {
    /** Absolute path of the folder with Pulumi.yaml. */
    readonly directory: string;
    readonly name: string;
    /** Absolute path of the folder with the `Pulumi.<environment>.yaml` files. */
    readonly settingsDirectory: string;
    /** URL of the state backend, where Pulumi.yaml fixes one. */
    readonly backendUrl?: string;
    /** Configuration that Pulumi.yaml gives every environment, by full key such as `aws:region`. */
    readonly config: PulumiConfig;
    /** What of that configuration Pulumi would read in another way than it is written. */
    readonly misreadings: readonly ConfigMisreading[];
    /** Of Pulumi.yaml, and so of the settings files: Pulumi passes over any other (`ProjectStackPath`). */
    readonly extension: Extension;
}

type Extension = ".yaml" | ".yml";

/** In Pulumi's order (pulumi/pulumi sdk/go/common/encoding/marshal.go, `Exts`). */
const extensions: readonly Extension[] = [".yaml", ".yml"];

/** Name of the project's own file. */
export function projectFileName({ extension }: Pick<Project, "extension">): string {
    return `Pulumi${extension}`;
}

/** Path of the settings file that Pulumi reads and writes for an environment. */
export function settingsFilePath(
    project: Pick<Project, "settingsDirectory" | "extension">,
    environment: string,
): string {
    return path.join(project.settingsDirectory, `Pulumi.${environment}${project.extension}`);
}

/**
 * Finds the project as Pulumi does: in the folder, else upwards from it.
 * @throws AppError PROJECT_NOT_FOUND, or SETTINGS_FILE_UNREADABLE when Pulumi.yaml is no valid project file
 */
export async function openProject(
    context: Pick<Context, "directory">,
    projectDirectory: string | undefined,
): Promise<Project> {
    const start = path.resolve(context.directory, projectDirectory ?? ".");
    for (let directory = start; ; directory = path.dirname(directory)) {
        const project = await readProject(directory);
        if (project !== undefined) {
            return project;
        }
        if (projectDirectory !== undefined || directory === path.dirname(directory)) {
            throw new AppError("PROJECT_NOT_FOUND", {
                message: `there is no Pulumi project here: no Pulumi.yaml in ${start}${projectDirectory === undefined ? " or above it" : ""}`,
            });
        }
    }
}

/** Names of the environments that have a settings file, sorted. */
export async function settingsFileNames(project: Project): Promise<readonly string[]> {
    const entries = await readdir(project.settingsDirectory).catch(() => []);
    return entries
        .filter((entry) => entry.endsWith(project.extension))
        .flatMap((entry) => /^Pulumi\.(.+)\.ya?ml$/.exec(entry)?.[1] ?? [])
        .sort();
}

async function readProject(directory: string): Promise<Project | undefined> {
    const json = path.join(directory, "Pulumi.json");
    if ((await readIfThere(json)) !== undefined) {
        throw new AppError("SETTINGS_FILE_UNREADABLE", {
            message: `${json} would be the project to Pulumi, and its settings files JSON, expected Pulumi.yaml`,
            hint: `write ${json} as ${path.join(directory, "Pulumi.yaml")}`,
        });
    }
    for (const extension of extensions) {
        const filePath = path.join(directory, projectFileName({ extension }));
        const yaml = await readYaml(filePath);
        if (yaml !== undefined) {
            return toProject(directory, extension, yaml.text);
        }
    }
    return undefined;
}

function toProject(directory: string, extension: Extension, text: string): Project {
    const fileName = projectFileName({ extension });
    const filePath = path.join(directory, fileName);
    const fields = asRecord(readForPulumi(text).values);
    const { name, config } = fields;
    if (typeof name !== "string" || name === "") {
        throw new AppError("SETTINGS_FILE_UNREADABLE", {
            message: `${filePath} gives the project no name`,
            hint: `edit ${shellWord(filePath)}`,
        });
    }
    // `config` as a text is the older name of the folder (`RewriteConfigPathIntoStackConfigDir`).
    const settingsFolder = fields["stackConfigDir"] ?? config;
    const backendUrl = asRecord(fields["backend"])["url"];
    return {
        directory,
        name,
        settingsDirectory:
            typeof settingsFolder === "string" ? path.join(directory, settingsFolder) : directory,
        backendUrl: typeof backendUrl === "string" ? backendUrl : undefined,
        config: projectConfig(name, asRecord(config)),
        misreadings: misreadConfig(fileName, text).filter(({ key }) => key === undefined || isRead(key)),
        extension,
    };
}

/**
 * Values that a project file gives every stack: `key: value`, `key: {value: …}` or `key: {default: …}`; a key
 * without a namespace belongs to the project (pulumi.com, Project file reference, `config`).
 */
function projectConfig(name: string, config: PulumiConfig): PulumiConfig {
    const values: Record<string, unknown> = {};
    for (const [key, entry] of Object.entries(config)) {
        const isDeclaration = typeof entry === "object" && !Array.isArray(entry);
        const declaration = asRecord(entry);
        const value = isDeclaration ? (declaration["value"] ?? declaration["default"]) : entry;
        if (value !== undefined && value !== null) {
            values[key.includes(":") ? key : `${name}:${key}`] = groupOf(value);
        }
    }
    return values;
}
