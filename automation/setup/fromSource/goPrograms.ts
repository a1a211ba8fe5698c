import fs from "node:fs/promises";
import path from "node:path";

import { makeFolder } from "../../output/makeFolder";
import { findExecutable, runTool, ToolError } from "../runTool";
import { timedStep, type Setup } from "../setup";
import { isAtLeast } from "../versions";

/** A program that is built from its Go module. */
export interface GoProgram {
    readonly name: string;
    readonly path: string;
    readonly version: string;
    /** Build tags, such as `osusergo,grpcnotrace`. */
    readonly tags: string;
}

/** Language version of the modules that the two are built in. */
const goLanguageVersion = "1.26";
/** Go fetches a newer toolchain by itself from this version on. */
const minimumGoVersion = "1.21";

const heartbeatSeconds = 15;

/** A Go that is new enough. @throws ToolError */
export async function usableGo(setup: Setup): Promise<string> {
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
 * Builds a program into `<folder>/bin`; what is in between is in `<folder>/build`.
 *
 * `go install <package>@<version>` refuses modules with replace directives; a module of our own around it does not.
 * Go's own caches outlive an interruption, so a second try goes on where the first one stopped.
 */
export async function buildGoProgram(
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
        const flags = ["-v", "-trimpath", "-tags", program.tags, "-ldflags", linkerFlags];
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
