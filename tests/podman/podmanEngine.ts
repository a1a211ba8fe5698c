import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";

import { eventually, temporaryDirectory } from "../local/cloud/testCloud";

/** podman's service, as `systemctl start podman.socket` starts it, with images and containers of its own. */
export interface PodmanEngine {
    /** Where it listens, as DOCKER_HOST names it. */
    readonly host: string;
    stop(): Promise<void>;
}

export async function startPodman(): Promise<PodmanEngine> {
    const folder = await temporaryDirectory();
    const socket = path.join(folder, "podman.sock");
    const host = `unix://${socket}`;
    const settings = path.join(folder, "containers.conf");
    // It would give each container a million of both, which it may not where it has less itself.
    const limits = ["nofile=1024:1024", "nproc=1024:1024"];
    await fs.writeFile(settings, `[containers]\ndefault_ulimits = ${JSON.stringify(limits)}\n`);
    const store = [
        ...["--root", path.join(folder, "store"), "--runroot", path.join(folder, "run")],
        ...["--storage-driver", "vfs"],
    ];
    const env = { ...process.env, CONTAINERS_CONF: settings };
    const service = spawn("podman", [...store, "system", "service", "--time", "0", host], {
        env,
        stdio: "ignore",
    });
    await eventually(
        () => Promise.resolve(existsSync(socket)),
        (there) => there,
    );
    return {
        host,
        stop: async () => {
            try {
                execFileSync("podman", [...store, "rm", "--all", "--force"], { env, stdio: "ignore" });
            } finally {
                const ended = once(service, "exit");
                service.kill();
                await ended;
            }
            await fs.rm(folder, { recursive: true, force: true });
        },
    };
}
