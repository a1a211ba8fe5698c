import fs from "node:fs/promises";
import path from "node:path";

import { command } from "../../../components/model/commandLine";
import { AppError } from "../../errors/appError";
import type { Setup } from "../../setup";
import { startCloud, type LocalCloud, type LocalCloudInfo } from "./cloud";
import { forgetStacks } from "./stacks";

export interface StartLocalRequest {
    readonly directory: string;
    /** The usual one, or a free one, where it is missing. */
    readonly port: number | undefined;
    readonly setup: Setup;
    /** Makes ready what the local cloud runs on. @returns the path of moto_server. */
    prepareTools(setup: Setup): Promise<string>;
}

export interface StartedLocal {
    readonly info: LocalCloudInfo;
    readonly alreadyRunning: boolean;
}

/**
 * Starts the local cloud of a directory; one that runs already is left as it is.
 * @throws AppError LOCAL_CLOUD_PORT when it runs on another port than the one asked for, or that one is taken;
 * LOCAL_CLOUD_FAILED when it does not start.
 */
export async function startLocal(request: StartLocalRequest, cloud: LocalCloud): Promise<StartedLocal> {
    const { directory, port, setup } = request;
    const running = await cloud.localCloudStatus(directory);
    if (running !== undefined) {
        requirePort(running, port);
        return { info: running, alreadyRunning: true };
    }
    const motoServer = await request.prepareTools(setup);
    await fs.mkdir(directory, { recursive: true });
    // Nothing below belongs into anybody's commit, whatever the project's own .gitignore says.
    await fs.writeFile(path.join(directory, ".gitignore"), "*\n");
    const info = await startCloud(cloud, {
        directory,
        motoServer,
        port,
        onProgress: (line) => {
            setup.report(line);
        },
    });
    await forgetStacks(cloud, info);
    return { info, alreadyRunning: false };
}

function requirePort(running: LocalCloudInfo, port: number | undefined): void {
    if (port !== undefined && new URL(running.endpoint).port !== String(port)) {
        throw new AppError("LOCAL_CLOUD_PORT", {
            message: `the local cloud runs already, at ${running.endpoint}, expected port ${port}`,
            hint: command("local", "stop"),
        });
    }
}
