import type { ConnectedContainers } from "../containers/connectContainers";
import { PortTakenError } from "../front/listen";
import { readKept } from "../keeping/keptFiles";
import { runCloud } from "../runCloud";
import type { RunningCloud } from "../runCloud";
import { settingsFromEnvironment } from "../settings";
import { localCloudEnvironment, pulumiHome } from "./environment";
import { removeCloudFile, writeCloudFile } from "./status";
import type { LocalCloudInfo } from "./status";

/** What the daemon tells whoever started it. */
export type DaemonMessage =
    | { readonly type: "progress"; readonly line: string }
    | { readonly type: "ready"; readonly info: LocalCloudInfo }
    | { readonly type: "failed"; readonly name: string; readonly message: string };

/** What the daemon is started with, as JSON in its one argument. */
export interface DaemonArguments {
    readonly directory: string;
    /** Missing: the usual port, or a free one where that is taken. */
    readonly port?: number;
    readonly motoServer: string;
    /** Missing: the one on PATH. */
    readonly registry?: string;
    readonly exitWithParent: boolean;
    /** Tasks are run by a container engine of this machine. */
    readonly realContainers: boolean;
}

type RunningProvider = Awaited<ReturnType<typeof startProviders>>;

/** Where the local cloud listens unless told otherwise. */
const usualPort = 4580;
const standardOutput = 1;

/** The process behind a local cloud: runs it until it is told to end, or its parent is gone. */
export async function runDaemon(options: DaemonArguments, exit: (code: number) => void): Promise<void> {
    const { directory } = options;
    let cloud: RunningCloud | undefined;
    let provider: RunningProvider | undefined;
    let ending = false;
    const end = async (code: number): Promise<void> => {
        if (ending) {
            return;
        }
        ending = true;
        await removeCloudFile(directory);
        await provider?.close().catch(report);
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
        let starting: Promise<RunningProvider> | undefined;
        const containers = await findContainers(options);
        cloud = await runOnPort(options, containers, (endpoint) => {
            starting ??= startProviders(describe(options, endpoint));
            starting.catch(() => undefined);
        });
        void cloud.motoExited.then(() => end(1));
        provider = await starting;
        const info = { ...describe(options, cloud.endpoint, provider?.port), containers: containers?.info };
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

/** Before anything else, so that nobody waits for a refusal. The engine's library is loaded only where it is used. */
async function findContainers(options: DaemonArguments): Promise<ConnectedContainers | undefined> {
    if (!options.realContainers) {
        return undefined;
    }
    const { connectContainers } = await import("../containers/connectContainers");
    return connectContainers(options.directory, standardOutput);
}

async function runOnPort(
    options: DaemonArguments,
    containers: ConnectedContainers | undefined,
    onListening: (endpoint: string) => void,
): Promise<RunningCloud> {
    const kept = await readKept(options.directory);
    const run = (port: number) =>
        runCloud({
            kept,
            directory: options.directory,
            port,
            motoServer: options.motoServer,
            registry: options.registry,
            settings: settingsFromEnvironment(process.env),
            logFile: standardOutput,
            runtimeFor: containers?.runtimeFor,
            report,
            onListening,
            onProgress: (line) => {
                tell({ type: "progress", line });
            },
        });
    try {
        return await run(options.port ?? kept?.port ?? usualPort);
    } catch (error) {
        if (options.port === undefined && error instanceof PortTakenError) {
            return run(0);
        }
        throw error;
    }
}

/**
 * Starts the `aws` provider in this process, and puts the `awsx` plugin where Pulumi looks for it. Pulumi's own code
 * takes long to load: it does while moto starts.
 */
async function startProviders(cloud: LocalCloudInfo) {
    Object.assign(process.env, localCloudEnvironment(cloud));
    const [{ startAwsProvider }, { installAwsxPlugin }] = await Promise.all([
        import("../../provider/awsServer"),
        import("../../provider/awsxPlugin"),
    ]);
    await installAwsxPlugin(pulumiHome(cloud));
    return startAwsProvider({ endpoint: cloud.endpoint });
}

function describe(options: DaemonArguments, endpoint: string, awsPort?: number): LocalCloudInfo {
    return {
        directory: options.directory,
        endpoint,
        pid: process.pid,
        providerPorts: awsPort === undefined ? undefined : { aws: awsPort },
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
