import fs from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";

import { fetchOut } from "../../outbound/fetchOut";
import { ProxyFailure } from "../../outbound/proxyFailure";
import { requireProxies } from "../errors/proxyError";
import { runTool } from "./runTool";
import { sdkVersion } from "./sdks";
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
    {
        title: "downloading the Pulumi CLI",
        // Read when it is asked for: without the SDK nothing may fail before somebody needs it.
        get version(): string {
            return sdkVersion("@pulumi/pulumi");
        },
        fetch: download,
    },
    {
        title: "building the Pulumi CLI from Go modules",
        version: builtPulumiVersion,
        // For machines that no release can be downloaded to; nobody else loads it.
        fetch: async (setup, folder) => (await import("./fromSource/buildPulumi")).buildPulumi(setup, folder),
    },
];

/** The installer that the Automation API uses as well; it fetches the CLI that belongs to the SDK, with the language hosts. */
async function download(setup: Setup, folder: string): Promise<void> {
    const script = path.join(folder, "install.sh");
    await fs.writeFile(script, await fetchInstaller(setup));
    const args = [
        script,
        "--no-edit-path",
        "--install-root",
        folder,
        "--version",
        sdkVersion("@pulumi/pulumi"),
    ];
    // curl, which it calls, reads the same variables about proxies.
    await runTool(setup, "/bin/sh", args, { timeoutSeconds: downloadTimeoutSeconds });
    await fs.rm(script);
}

/** Fails soon where the network is closed. */
async function fetchInstaller({ env, signal }: Setup): Promise<string> {
    const limit = AbortSignal.timeout(reachTimeoutSeconds * 1000);
    try {
        const question = { signal: AbortSignal.any([signal, limit]) };
        const { status, body } = await fetchOut(installer, question, requireProxies(env));
        if (status !== 200) {
            throw new Error(`HTTP ${status}`);
        }
        return await text(Readable.from(body));
    } catch (error) {
        const { message, cause } = error as Error & { readonly cause?: { readonly code?: string } };
        const reason = limit.aborted ? `no answer in ${reachTimeoutSeconds} s` : message;
        const code = cause?.code === undefined || error instanceof ProxyFailure ? "" : ` (${cause.code})`;
        throw new Error(`${installer} cannot be reached: ${reason}${code}`, { cause: error });
    }
}
