import fs from "node:fs/promises";
import path from "node:path";

import { findExecutable, runTool, ToolError } from "./runTool";
import { timedStep, type Setup } from "./setup";
import { goModules, isAtLeast, minimumGoVersion } from "./versions";

/** Go's own caches outlive an interruption, so a second try goes on where the first one stopped. */
const heartbeatSeconds = 15;

/** Builds the CLI and the language host for Node programs from their Go modules into `<folder>/bin`. */
export async function buildPulumi(setup: Setup, folder: string): Promise<void> {
    const go = await usableGo(setup);
    const { cli, languageHost } = goModules;
    await buildModule(setup, go, folder, languageHost, "-s -w");
    // Without its version set, the CLI reports none, and the Automation API refuses it.
    const versionFlag = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${cli.version}`;
    await buildModule(setup, go, folder, cli, `-s -w ${versionFlag}`);
    await fs.rm(path.join(folder, "build"), { recursive: true, force: true });
}

async function usableGo(setup: Setup): Promise<string> {
    const go = await findExecutable(setup, "go");
    if (go === undefined) {
        throw new ToolError("no go found on PATH");
    }
    const version = (await runTool(setup, go, ["env", "GOVERSION"], { timeoutSeconds: 60 }))
        .trim()
        .replace(/^go/, "");
    if (!isAtLeast(version, minimumGoVersion)) {
        throw new ToolError(`${go} is version ${version}, expected ${minimumGoVersion} or newer`);
    }
    return go;
}

interface GoProgram {
    readonly name: string;
    readonly path: string;
    readonly version: string;
}

/** `go install <package>@<version>` refuses modules with replace directives; a module of our own around it does not. */
async function buildModule(
    setup: Setup,
    go: string,
    folder: string,
    program: GoProgram,
    flags: string,
): Promise<void> {
    const directory = path.join(folder, "build", program.name);
    await fs.mkdir(directory, { recursive: true });
    await fs.writeFile(path.join(directory, "go.mod"), `module build\n\ngo ${goModules.go}\n`);
    const env = { CGO_ENABLED: "0", GOFLAGS: "", GOWORK: "off" };
    await timedStep(setup, `fetching the Go modules of ${program.name} v${program.version}`, async () => {
        await runGo(setup, go, ["get", "-tool", `${program.path}@v${program.version}`], { directory, env });
    });
    await timedStep(setup, `compiling ${program.name} (minutes at the first time)`, async () => {
        const target = path.join(folder, "bin", program.name);
        const args = [
            "build",
            "-v",
            "-trimpath",
            "-tags",
            "osusergo,grpcnotrace",
            "-ldflags",
            flags,
            "-o",
            target,
        ];
        const packages = new Heartbeat(setup, "packages compiled");
        await runGo(setup, go, [...args, program.path], {
            directory,
            env,
            onErrorLine: () => packages.count(),
        });
    });
}

async function runGo(
    setup: Setup,
    go: string,
    args: readonly string[],
    options: Parameters<typeof runTool>[3],
): Promise<void> {
    try {
        await runTool(setup, go, args, options);
    } catch (error) {
        if (error instanceof ToolError) {
            throw new ToolError(`go ${args[0]} failed`, error.lastLines);
        }
        throw error;
    }
}

/** A line now and then while something counts up. */
class Heartbeat {
    private counted = 0;
    private last = performance.now();

    constructor(
        private readonly setup: Setup,
        private readonly what: string,
    ) {}

    count(): void {
        this.counted++;
        if (performance.now() - this.last > heartbeatSeconds * 1000) {
            this.last = performance.now();
            this.setup.report(`set-up: ... ${this.counted} ${this.what}`);
        }
    }
}
