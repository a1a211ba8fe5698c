import { readFileSync } from "node:fs";
import https from "node:https";

import { runTool } from "./runTool";
import type { Setup } from "./setup";
import { builtPulumiVersion } from "./versions";

/** One way to a Pulumi CLI that is not there yet: fills a folder whose `bin` then holds it. */
export interface PulumiSource {
    readonly title: string;
    readonly version: string;
    fetch(setup: Setup, folder: string): Promise<void>;
}

const installer = "https://get.pulumi.com/install.sh";
const reachTimeoutSeconds = 5;
const downloadTimeoutSeconds = 600;

/** Where a Pulumi CLI comes from, in the order in which they are tried. */
export const pulumiSources: readonly PulumiSource[] = [
    { title: "downloading the Pulumi CLI", version: sdkVersion(), fetch: download },
    {
        title: "building the Pulumi CLI from Go modules",
        version: builtPulumiVersion,
        // For machines that no release can be downloaded to; nobody else loads it.
        fetch: async (setup, folder) => (await import("./fromSource/buildPulumi")).buildPulumi(setup, folder),
    },
];

/** The Automation API's own installer; it fetches the CLI that belongs to the SDK, with the language hosts. */
async function download(setup: Setup, folder: string): Promise<void> {
    await reach(installer, setup.signal);
    // In a process of its own, because the installer takes neither a time limit nor a signal.
    const script =
        "require(process.argv[1]).PulumiCommand.install({ root: process.argv[2] }).catch(e => { console.error(e.message); process.exit(1); })";
    const args = ["-e", script, require.resolve("@pulumi/pulumi/automation"), folder];
    await runTool(setup, process.execPath, args, { timeoutSeconds: downloadTimeoutSeconds });
}

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
