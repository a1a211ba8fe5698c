import type { PulumiCli } from "./pulumiCli";
import { runTool } from "./runTool";
import type { Setup } from "./setup";

/** A provider plugin of Pulumi. */
export interface Plugin {
    readonly name: string;
    readonly version: string;
}

const longestSeconds = 20;

/**
 * The provider plugins that the Pulumi CLI has installed already; it fetches others when it first needs them.
 * @throws ToolError where the CLI does not tell
 */
export async function installedPlugins(
    setup: Setup,
    { command }: Pick<PulumiCli, "command">,
): Promise<readonly Plugin[]> {
    const answer = await runTool(setup, command, ["plugin", "ls", "--json"], {
        timeoutSeconds: longestSeconds,
        env: { PULUMI_SKIP_UPDATE_CHECK: "true" },
    });
    const plugins = JSON.parse(answer) as readonly (Plugin & { readonly kind: string })[];
    return plugins.filter(({ kind }) => kind === "resource").map(({ name, version }) => ({ name, version }));
}
