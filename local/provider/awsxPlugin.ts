import { chmod, mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { packageVersion } from "./packageVersion";

/**
 * Puts the local cloud's `awsx` provider where an engine with this `PULUMI_HOME` finds it: a folder with a shell
 * script that runs `awsxMain` with the Node.js of this process. Running it again renews the script.
 */
export async function installAwsxPlugin(pulumiHome: string): Promise<void> {
    const folder = path.join(pulumiHome, "plugins", `resource-awsx-v${packageVersion("@pulumi/awsx")}`);
    const script = path.join(folder, "pulumi-resource-awsx");
    const temporary = `${script}.${process.pid}.tmp`;
    await mkdir(folder, { recursive: true });
    await writeFile(temporary, scriptText());
    await chmod(temporary, 0o755);
    // Another process may be starting the plugin right now: it gets the old script or the new one, never half of it.
    await rename(temporary, script);
}

function scriptText(): string {
    const isSource = __filename.endsWith(".ts");
    const main = path.join(__dirname, isSource ? "awsxMain.ts" : "awsxMain.js");
    const command = [process.execPath, ...(isSource ? ["--require", require.resolve("tsx/cjs")] : []), main];
    return [
        "#!/bin/sh",
        "# The awsx provider of sles-ecs's local cloud; not the official plugin.",
        `exec ${command.map(quoted).join(" ")} "$@"`,
        "",
    ].join("\n");
}

function quoted(word: string): string {
    return `'${word.replaceAll("'", "'\\''")}'`;
}
