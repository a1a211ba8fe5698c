import { listen } from "./front/listen";
import { forgetKept, motoFile, type KeptCloud } from "./keeping/keptFiles";
import { startMoto } from "./moto/motoProcess";
import type { ServeOptions } from "./serveCloud";

export interface CloudOptions extends ServeOptions {
    /** 0 for a free one. */
    readonly port: number;
    /** Path of the `moto_server` script. */
    readonly motoServer: string;
    /** What an earlier cloud of the directory has kept, to begin with. @default - begins empty */
    readonly kept?: KeptCloud | undefined;
    /** File descriptor of the log. */
    readonly logFile: number;
    readonly onProgress: (line: string) => void;
    /** The port is bound and moto is on its way: the time for work that needs no answer yet. */
    readonly onListening?: (endpoint: string) => void;
}

/** A cloud that runs in this process. */
export interface RunningCloud {
    readonly endpoint: string;
    /** Settles when moto is gone, whatever the reason. */
    readonly motoExited: Promise<void>;
    close(): Promise<void>;
}

/** Runs moto, the front and the host simulator. @throws Error when the port is taken or moto does not start */
export async function runCloud(options: CloudOptions): Promise<RunningCloud> {
    const { directory, kept } = options;
    const front = await listen(options.port, options.report);
    const endpoint = `http://127.0.0.1:${front.port}`;
    try {
        options.onProgress("starting moto, the emulated AWS");
        // The AWS SDK takes a while to load, and so does moto to start: both at the same time.
        let serving: Promise<typeof import("./serveCloud")> | undefined;
        const moto = await startMoto({ ...options, keptFile: motoFile(directory) }, () => {
            serving ??= import("./serveCloud");
            options.onListening?.(endpoint);
        });
        const { serveCloud } = await (serving ?? import("./serveCloud"));
        const end = await serveCloud(front, moto, options, kept?.memory);
        // One that is killed from now on comes back empty, as what was kept is of the past.
        await forgetKept(directory);
        return {
            endpoint,
            motoExited: moto.exited,
            close: async () => {
                await end();
                await front.close();
                await moto.stop();
            },
        };
    } catch (error) {
        await front.close();
        throw error;
    }
}
