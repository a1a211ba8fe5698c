import fs from "node:fs/promises";
import path from "node:path";

import { makeFolder } from "../../output/makeFolder";
import { findExecutable, runTool, ToolError } from "../runTool";
import { timedStep, type Setup } from "../setup";
import { builtPulumiVersion, isAtLeast } from "../versions";

interface GoProgram {
    readonly name: string;
    readonly path: string;
    readonly version: string;
}

const cli: GoProgram = {
    name: "pulumi",
    path: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    version: builtPulumiVersion,
};
/** sdk/v3 up to v3.60.0 holds the last one of its own for Node programs. */
const languageHost: GoProgram = {
    name: "pulumi-language-nodejs",
    path: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    version: "3.60.0",
};

/** Language version of the modules that the two are built in. */
const goLanguageVersion = "1.26";
/** Go fetches a newer toolchain by itself from this version on. */
const minimumGoVersion = "1.21";

const heartbeatSeconds = 15;

/** Builds the CLI and the language host for Node programs from their Go modules into `<folder>/bin`. */
export async function buildPulumi(setup: Setup, folder: string): Promise<void> {
    const go = await usableGo(setup);
    await buildProgram(setup, go, folder, languageHost, "-s -w");
    // Without its version set, the CLI reports none, and the Automation API refuses it.
    const versionFlag = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${cli.version}`;
    await buildProgram(setup, go, folder, cli, `-s -w ${versionFlag}`);
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

/**
 * `go install <package>@<version>` refuses modules with replace directives; a module of our own around it does not.
 * Go's own caches outlive an interruption, so a second try goes on where the first one stopped.
 */
async function buildProgram(
    setup: Setup,
    go: string,
    folder: string,
    program: GoProgram,
    linkerFlags: string,
): Promise<void> {
    const directory = path.join(folder, "build", program.name);
    await makeFolder(directory);
    await fs.writeFile(path.join(directory, "go.mod"), `module build\n\ngo ${goLanguageVersion}\n`);
    const run = async (args: readonly string[], onErrorLine?: () => void): Promise<void> => {
        const env = { CGO_ENABLED: "0", GOFLAGS: "", GOWORK: "off" };
        try {
            await runTool(setup, go, args, { directory, env, onErrorLine });
        } catch (error) {
            throw error instanceof ToolError ? new ToolError(`go ${args[0]} failed`, error.lastLines) : error;
        }
    };
    await timedStep(setup, `fetching the Go modules of ${program.name} v${program.version}`, () =>
        run(["get", "-tool", `${program.path}@v${program.version}`]),
    );
    await timedStep(setup, `compiling ${program.name} (minutes at the first time)`, () => {
        const target = path.join(folder, "bin", program.name);
        const flags = ["-v", "-trimpath", "-tags", "osusergo,grpcnotrace", "-ldflags", linkerFlags];
        return run(["build", ...flags, "-o", target, program.path], heartbeat(setup, "packages compiled"));
    });
}

/** Counts its calls, and reports the count now and then. */
function heartbeat(setup: Setup, what: string): () => void {
    let counted = 0;
    let reportedAt = performance.now();
    return () => {
        counted++;
        if (performance.now() - reportedAt > heartbeatSeconds * 1000) {
            reportedAt = performance.now();
            setup.report(`set-up: ... ${counted} ${what}`);
        }
    };
}
