import { findExecutable } from "./findExecutable";
import type { PulumiCli } from "./pulumiCli";
import { runTool, ToolError } from "./runTool";
import type { Setup } from "./setup";
import { isAtLeast, minimumPulumiVersion } from "./versions";

/** The Pulumi CLI on PATH; where it cannot be used, the reason why. */
export async function pulumiOnPath(setup: Setup): Promise<PulumiCli | string> {
    const command = await findExecutable(setup, "pulumi");
    if (command === undefined) {
        return "no pulumi found";
    }
    try {
        const output = await runTool(setup, command, ["version"], {
            timeoutSeconds: 20,
            env: { PULUMI_SKIP_UPDATE_CHECK: "true" },
        });
        const version = output.trim().replace(/^v/, "");
        const anyVersion = Boolean(setup.env["PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK"]);
        if (!anyVersion && !isAtLeast(version, minimumPulumiVersion)) {
            return `${command} is version ${version || "unknown"}, expected ${minimumPulumiVersion} or newer`;
        }
        return { command, version, source: "path" };
    } catch (error) {
        if (error instanceof ToolError) {
            return error.summary;
        }
        throw error;
    }
}
