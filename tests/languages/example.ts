import { execFileSync, type ExecFileSyncOptions } from "node:child_process";
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

/** As the Pulumi CLI is built: what both are made of is compiled once. */
export const goEnv = { CGO_ENABLED: "0", GOFLAGS: "-trimpath -tags=osusergo,grpcnotrace", GOWORK: "off" };

/**
 * What `pulumi package add ./node_modules/.bin/pulumi-resource-sles-ecs` does in a project in Go.
 * @param hosts the folder of `prepareLanguageHosts`
 */
export function addGoPackage(hosts: string, directory: string): void {
    writePackage(hosts, directory, "go");
    const replaced = "-replace=example.com/pulumi-sles-ecs/sdk/go=./sdks/sles-ecs";
    for (const args of [["edit", replaced], ["tidy"]]) {
        run("go", ["mod", ...args], { cwd: directory, env: { ...process.env, ...goEnv } });
    }
}

/**
 * The same in Python, but that the package is installed into a folder of its own.
 * @param python the folder of `preparePython`
 */
export function addPythonPackage(hosts: string, python: string, directory: string, modules: string): void {
    const folder = writePackage(hosts, directory, "python");
    const offline = ["--no-index", "--no-deps", "--no-build-isolation", "--quiet"];
    run(path.join(python, "python"), ["-m", "pip", "install", ...offline, "--target", modules, folder]);
}

function writePackage(hosts: string, directory: string, language: "go" | "python"): string {
    const folder = path.join(directory, "sdks", "sles-ecs");
    run(path.join(hosts, "sdks"), [path.join(root, "languages", "schema.json"), language, folder]);
    return folder;
}

/** What it prints is in the error where it fails. */
function run(command: string, args: readonly string[], options: ExecFileSyncOptions = {}): void {
    execFileSync(command, args, { ...options, stdio: ["ignore", "ignore", "pipe"] });
}
