import { readdir } from "node:fs/promises";
import path from "node:path";

import type { Context } from "../ports/context";
import { AppError } from "../errors/appError";
import { readYaml } from "../yaml/yamlFile";

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
    readonly config: Readonly<Record<string, unknown>>;
}

const projectFiles = ["Pulumi.yaml", "Pulumi.yml"];

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
    return entries.flatMap((entry) => /^Pulumi\.(.+)\.ya?ml$/.exec(entry)?.[1] ?? []).sort();
}

async function readProject(directory: string): Promise<Project | undefined> {
    for (const file of projectFiles) {
        const filePath = path.join(directory, file);
        const yaml = await readYaml(filePath);
        if (yaml !== undefined) {
            return toProject(directory, filePath, yaml.values);
        }
    }
    return undefined;
}

function toProject(directory: string, filePath: string, content: unknown): Project {
    const fields = asRecord(content);
    const name = fields["name"];
    if (typeof name !== "string" || name === "") {
        throw new AppError("SETTINGS_FILE_UNREADABLE", {
            message: `${filePath} gives the project no name`,
            hint: `edit ${filePath}`,
        });
    }
    const settingsFolder = fields["stackConfigDir"];
    const backendUrl = asRecord(fields["backend"])["url"];
    return {
        directory,
        name,
        settingsDirectory:
            typeof settingsFolder === "string" ? path.join(directory, settingsFolder) : directory,
        backendUrl: typeof backendUrl === "string" ? backendUrl : undefined,
        config: projectConfig(name, asRecord(fields["config"])),
    };
}

/**
 * Values that a project file gives every stack: `key: value`, `key: {value: …}` or `key: {default: …}`; a key
 * without a namespace belongs to the project (pulumi.com, Project file reference, `config`).
 */
function projectConfig(name: string, config: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const [key, entry] of Object.entries(config)) {
        const declaration = asRecord(entry);
        const isDeclaration = typeof entry === "object" && entry !== null;
        const value = isDeclaration ? (declaration["value"] ?? declaration["default"]) : entry;
        if (value !== undefined && value !== null) {
            values[key.includes(":") ? key : `${name}:${key}`] = value;
        }
    }
    return values;
}

/** The value as a map; anything else counts as an empty one. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value)
        ? (value as Record<string, unknown>)
        : {};
}
