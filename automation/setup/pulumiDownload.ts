import { readFileSync } from "node:fs";
import https from "node:https";

import { runTool } from "./runTool";
import type { Setup } from "./setup";

const installer = "https://get.pulumi.com/install.sh";
const reachTimeoutSeconds = 5;
const downloadTimeoutSeconds = 600;

/** The Automation API's own installer; it fetches the CLI that belongs to the SDK, with the language hosts. */
export const downloadPulumi = {
    version: sdkVersion(),
    fetch: async (setup: Setup, folder: string): Promise<void> => {
        await reach(installer, setup.signal);
        // In a process of its own, because the installer takes neither a time limit nor a signal.
        const script =
            "require(process.argv[1]).PulumiCommand.install({ root: process.argv[2] }).catch(e => { console.error(e.message); process.exit(1); })";
        await runTool(
            setup,
            process.execPath,
            ["-e", script, require.resolve("@pulumi/pulumi/automation"), folder],
            { timeoutSeconds: downloadTimeoutSeconds },
        );
    },
};

function sdkVersion(): string {
    const file = require.resolve("@pulumi/pulumi/package.json");
    return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/** Fails soon where the network is closed; the installer itself would try for minutes. */
function reach(url: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
        const limit = AbortSignal.timeout(reachTimeoutSeconds * 1000);
        const request = https.request(
            url,
            { method: "HEAD", signal: AbortSignal.any([signal, limit]) },
            (response) => {
                response.resume();
                resolve();
            },
        );
        request.on("error", (error) => {
            const reason = limit.aborted ? `no answer in ${reachTimeoutSeconds} s` : error.message;
            reject(new Error(`${url} cannot be reached: ${reason}`));
        });
        request.end();
    });
}
