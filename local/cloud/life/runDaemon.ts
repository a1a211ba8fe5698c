import { PortTakenError } from "../front/listen";
import { runCloud } from "../runCloud";
import type { RunningCloud } from "../runCloud";
import { settingsFromEnvironment } from "../settings";
import { removeCloudFile, writeCloudFile } from "./cloudFile";
import type { LocalCloudInfo } from "./localCloudInfo";
import type { DaemonArguments, DaemonMessage } from "./messages";
import type { RunningProviders } from "./providers";

/** Where the local cloud listens unless told otherwise. */
const usualPort = 4580;
const standardOutput = 1;

/** The process behind a local cloud: runs it until it is told to end, or its parent is gone. */
export async function runDaemon(options: DaemonArguments, exit: (code: number) => void): Promise<void> {
    const { directory } = options;
    let cloud: RunningCloud | undefined;
    let providers: RunningProviders | undefined;
    let ending = false;
    const end = async (code: number): Promise<void> => {
        if (ending) {
            return;
        }
        ending = true;
        await removeCloudFile(directory);
        await providers?.close().catch(report);
        await cloud?.close().catch(report);
        exit(code);
    };
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
        process.on(signal, () => void end(0));
    }
    process.on("unhandledRejection", report);
    let ready = false;
    // Before the cloud is ready, a starter that goes away leaves nobody who would stop it.
    process.on("disconnect", () => {
        if (options.exitWithParent || !ready) {
            void end(0);
        }
    });
    try {
        let starting: Promise<RunningProviders> | undefined;
        cloud = await runOnPort(options, (endpoint) => {
            starting ??= startProviders(describe(options, endpoint));
            starting.catch(() => undefined);
        });
        void cloud.motoExited.then(() => end(1));
        providers = await starting;
        const info = describe(options, cloud.endpoint, providers);
        await writeCloudFile(info);
        ready = true;
        tell({ type: "ready", info });
    } catch (error) {
        report(error);
        const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
        tell({ type: "failed", name, message });
        await end(1);
    }
}

async function runOnPort(
    options: DaemonArguments,
    onListening: (endpoint: string) => void,
): Promise<RunningCloud> {
    const run = (port: number) =>
        runCloud({
            directory: options.directory,
            port,
            motoServer: options.motoServer,
            settings: settingsFromEnvironment(process.env),
            logFile: standardOutput,
            report,
            onListening,
            onProgress: (line) => {
                tell({ type: "progress", line });
            },
        });
    try {
        return await run(options.port ?? usualPort);
    } catch (error) {
        if (options.port === undefined && error instanceof PortTakenError) {
            return run(0);
        }
        throw error;
    }
}

/** Pulumi's own code takes long to load: it does while moto starts. */
async function startProviders(cloud: LocalCloudInfo): Promise<RunningProviders> {
    const providers = await import("./providers");
    return providers.startProviders(cloud);
}

function describe(options: DaemonArguments, endpoint: string, providers?: RunningProviders): LocalCloudInfo {
    return {
        directory: options.directory,
        endpoint,
        pid: process.pid,
        ...(providers !== undefined && { providerPorts: { aws: providers.awsPort } }),
        startedAt: new Date().toISOString(),
    };
}

function tell(message: DaemonMessage): void {
    if (process.connected) {
        process.send?.(message);
    }
}

/** Standard error is the cloud's log. */
function report(error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${new Date().toISOString()} ${text}\n`);
}
