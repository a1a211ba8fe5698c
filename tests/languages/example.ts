import { execFileSync } from "node:child_process";
import fs from "node:fs/promises";
import path from "node:path";

import type { Workplace } from "../engine/harness";
import { ProgramProject } from "../engine/programProject";

const root = path.join(__dirname, "..", "..");
const plugin = "pulumi-resource-sles-ecs";

/**
 * An example in another language, in a folder of the name of its stack, as its reader has it who has installed the package from npm.
 */
export async function openExample(
    place: Workplace,
    language: string,
    env: Readonly<Record<string, string>> = {},
    stack = language,
): Promise<ProgramProject> {
    const directory = path.join(place.directory, stack);
    await fs.cp(path.join(root, "examples", language), directory, { recursive: true });
    const commands = path.join(directory, "node_modules", ".bin");
    await fs.mkdir(commands, { recursive: true });
    await fs.symlink(path.join(root, "bin", `${plugin}.js`), path.join(commands, plugin));
    return ProgramProject.open(place, directory, stack, env);
}

/**
 * What `pulumi package add ./node_modules/.bin/pulumi-resource-sles-ecs` makes.
 * @param hosts the folder of `prepareLanguageHosts`
 * @returns its folder
 */
export function addPackage(hosts: string, directory: string, language: "go" | "python"): string {
    const schema = path.join(root, "languages", "schema.json");
    const folder = path.join(directory, "sdks", "sles-ecs");
    execFileSync(path.join(hosts, "sdks"), [schema, language, folder], { stdio: "inherit" });
    return folder;
}
