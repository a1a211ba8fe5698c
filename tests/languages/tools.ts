import { createHash } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";

import { buildGoProgram, usableGo } from "../../automation/setup/fromSource/goPrograms";
import { withSetupLock } from "../../automation/setup/lock";
import { preparePythonTool } from "../../automation/setup/moto";
import { runTool } from "../../automation/setup/runTool";
import { timedStep, toolFolder, type Setup } from "../../automation/setup/setup";
import { builtPulumiVersion } from "../../automation/setup/versions";

const root = path.join(__dirname, "..", "..");
const setup: Setup = {
    env: process.env,
    signal: new AbortController().signal,
    report: (line) => process.stderr.write(`${line}\n`),
};

/** Of Pulumi's own hosts the last that there are as Go modules. */
const sdkVersion = "3.60.0";
const sdk = "github.com/pulumi/pulumi/sdk/v3";
const tags = "osusergo,grpcnotrace";
const yamlVersion = "1.25.0";

const hosts = [
    { name: "pulumi-language-go", path: `${sdk}/go/pulumi-language-go`, version: sdkVersion, tags },
    {
        name: "pulumi-language-python",
        path: `${sdk}/python/cmd/pulumi-language-python`,
        version: sdkVersion,
        tags,
    },
    {
        name: "pulumi-language-yaml",
        path: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
        version: yamlVersion,
        tags,
    },
];

/** @returns the folder of Pulumi's language hosts for Go, Python and YAML, and of what writes packages for the first two. */
export async function prepareLanguageHosts(): Promise<string> {
    const main = await fs.readFile(path.join(__dirname, "sdks", "main.go"), "utf8");
    const folder = toolFolder(setup, "language-hosts", checksum(JSON.stringify(hosts) + main));
    const mark = path.join(folder, "complete");
    await withSetupLock(setup, "language-hosts", async () => {
        if (await exists(mark)) {
            return;
        }
        const go = await usableGo(setup);
        for (const host of hosts) {
            await buildGoProgram(setup, go, folder, host, "-s -w");
        }
        await copyPythonStarter(go, folder);
        await buildSdkWriter(go, folder, main);
        await fs.rm(path.join(folder, "build"), { recursive: true, force: true });
        await fs.writeFile(mark, "");
    });
    return path.join(folder, "bin");
}

/** The script by which the host starts programs in Python. */
async function copyPythonStarter(go: string, folder: string): Promise<void> {
    const cache = (await runTool(setup, go, ["env", "GOMODCACHE"])).trim();
    const name = "pulumi-language-python-exec";
    const target = path.join(folder, "bin", name);
    await fs.copyFile(path.join(cache, `${sdk}@v${sdkVersion}`, "python", "cmd", name), target);
    await fs.chmod(target, 0o755);
}

async function buildSdkWriter(go: string, folder: string, main: string): Promise<void> {
    const directory = path.join(folder, "build", "sdks");
    const env = { CGO_ENABLED: "0", GOFLAGS: "", GOWORK: "off" };
    await fs.mkdir(directory, { recursive: true });
    await fs.writeFile(path.join(directory, "main.go"), main);
    await fs.writeFile(path.join(directory, "go.mod"), "module sdks\n\ngo 1.26\n");
    await timedStep(setup, "compiling what writes packages for Go and Python", async () => {
        const codegen = `github.com/pulumi/pulumi/pkg/v3/codegen`;
        const needed = ["go", "python"].map((name) => `${codegen}/${name}@v${builtPulumiVersion}`);
        await runTool(setup, go, ["get", ...needed], { directory, env });
        const target = path.join(folder, "bin", "sdks");
        await runTool(setup, go, ["build", "-trimpath", "-tags", tags, "-o", target, "."], {
            directory,
            env,
        });
    });
}

/** @returns the folder of programs of a virtual environment with what the example in Python needs. */
export async function preparePython(): Promise<string> {
    const file = path.join(__dirname, "requirements.txt");
    const files = [file, path.join(root, "examples", "python", "requirements.txt")];
    const version = checksum((await Promise.all(files.map((one) => fs.readFile(one, "utf8")))).join(""));
    const tool = { name: "python-example", version, requirement: `--requirement=${file}` };
    return path.join(await preparePythonTool(setup, tool), "bin");
}

function checksum(text: string): string {
    return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function exists(file: string): Promise<boolean> {
    return fs.access(file).then(
        () => true,
        () => false,
    );
}
