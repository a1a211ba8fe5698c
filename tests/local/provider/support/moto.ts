import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** An emulated AWS that remembers, and does little else. */
export interface Moto {
    readonly endpoint: string;
    stop(): Promise<void>;
}

/** Starts moto on a free port; it ends with this process. */
export async function startMoto(motoServer: string): Promise<Moto> {
    const port = await freePort();
    const env = {
        ...process.env,
        MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
        MOTO_EC2_LOAD_DEFAULT_AMIS: "true",
    };
    const child = spawn(motoServer, ["-H", "127.0.0.1", "-p", String(port)], { env, stdio: "ignore" });
    const kill = (): boolean => child.kill("SIGKILL");
    process.once("exit", kill);
    const endpoint = `http://127.0.0.1:${port}`;
    await answering(child, endpoint);
    return {
        endpoint,
        stop: async () => {
            process.off("exit", kill);
            if (child.exitCode === null) {
                const ended = new Promise((resolve) => child.once("exit", resolve));
                kill();
                await ended;
            }
        },
    };
}

function freePort(): Promise<number> {
    return new Promise((resolve, reject) => {
        const server = createServer();
        server.once("error", reject);
        server.listen(0, "127.0.0.1", () => {
            const address = server.address();
            server.close(() => {
                resolve(typeof address === "object" && address !== null ? address.port : 0);
            });
        });
    });
}

async function answering(child: ChildProcess, endpoint: string): Promise<void> {
    while (child.exitCode === null) {
        try {
            await fetch(`${endpoint}/moto-api/data.json`);
            return;
        } catch {
            await pause(50);
        }
    }
    throw new Error(`moto ended with ${child.exitCode} before it answered`);
}
