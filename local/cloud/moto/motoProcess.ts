import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import fs from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { freePort } from "../freePort";
import { imageFiles, motoImages } from "../images/motoImages";
import { motoServer } from "./motoServer";

/** A running moto_server. */
export interface Moto {
    readonly port: number;
    readonly pid: number;
    /** Settles when the process is gone, whatever the reason. */
    readonly exited: Promise<void>;
    /** Writes all that it holds to `keptFile`. @throws Error when it is not there in time */
    keep(): Promise<void>;
    stop(): Promise<void>;
}

export interface MotoOptions {
    /** Path of the `moto_server` script. */
    readonly motoServer: string;
    /** Where the list of images is written. */
    readonly directory: string;
    /** What an earlier one has kept, if it is there. */
    readonly keptFile: string;
    /** File descriptor that takes moto's own output. */
    readonly logFile: number;
}

const startLimitMilliseconds = 60_000;
const attempts = 3;

/**
 * Starts moto on a free port and waits until it answers.
 * @param onSpawn called when the process has been started, before it answers
 * @throws Error saying why it did not start
 */
export async function startMoto(options: MotoOptions, onSpawn: () => void): Promise<Moto> {
    const python = await interpreterOf(options.motoServer);
    await fs.writeFile(imageFiles(options.directory).all, JSON.stringify(motoImages()));
    for (let attempt = 1; ; attempt += 1) {
        const port = await freePort();
        const moto = launch(python, port, options);
        onSpawn();
        if (await answers(moto)) {
            return moto;
        }
        await moto.stop();
        // The port was free a moment ago; somebody may have been faster.
        if (attempt === attempts) {
            throw new Error(
                `moto did not start: ${options.motoServer} ended or stayed silent; see cloud.log in ${options.directory}`,
            );
        }
    }
}

function launch(python: string, port: number, { directory, keptFile, logFile }: MotoOptions): Moto {
    const { all, hidden } = imageFiles(directory);
    const child = spawn(python, ["-c", motoServer, hidden, keptFile, "-H", "127.0.0.1", "-p", String(port)], {
        stdio: ["pipe", logFile, logFile],
        env: {
            ...process.env,
            MOTO_EC2_LOAD_DEFAULT_AMIS: "false",
            MOTO_AMIS_PATH: all,
            MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
            PYTHONUNBUFFERED: "1",
        },
    });
    const exited = new Promise<void>((resolve) => {
        child.once("exit", () => {
            resolve();
        });
        child.once("error", () => {
            resolve();
        });
    });
    return {
        port,
        pid: child.pid ?? 0,
        exited,
        keep: () => keep(child, keptFile),
        stop: () => stop(child, exited),
    };
}

const keepLimitMilliseconds = 60_000;

async function keep(child: ChildProcess, file: string): Promise<void> {
    child.kill("SIGUSR1");
    const limit = Date.now() + keepLimitMilliseconds;
    while (!existsSync(file)) {
        if (Date.now() > limit || child.exitCode !== null || existsSync(`${file}.failed`)) {
            throw new Error(`moto has not written what it holds; see cloud.log beside ${path.dirname(file)}`);
        }
        await setTimeout(20);
    }
}

async function stop(child: ChildProcess, exited: Promise<void>): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGKILL");
    }
    await exited;
}

async function answers(moto: Moto): Promise<boolean> {
    const gone = new AbortController();
    void moto.exited.then(() => {
        gone.abort();
    });
    const limit = Date.now() + startLimitMilliseconds;
    while (!gone.signal.aborted && Date.now() < limit) {
        if (await responds(moto.port)) {
            return true;
        }
        await setTimeout(40);
    }
    return false;
}

/** The front page of moto's own API is cheap, unlike its data. */
function responds(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const request = http.get(
            { host: "127.0.0.1", port, path: "/moto-api/", timeout: 5000 },
            (response) => {
                response.resume();
                resolve(response.statusCode === 200);
            },
        );
        request.on("timeout", () => request.destroy());
        request.on("error", () => {
            resolve(false);
        });
    });
}

/**
 * The Python that a script runs with, from its first line. Installers write a shell line there where the path is too
 * long; the Python is beside the script then.
 */
async function interpreterOf(script: string): Promise<string> {
    const text = await fs.readFile(script, "utf8").catch((error: unknown) => {
        throw new Error(`moto_server not found: ${script} cannot be read`, { cause: error });
    });
    const interpreter = /^#!\s*(\S+)/.exec(text)?.[1];
    if (interpreter !== undefined && !["env", "sh"].includes(path.basename(interpreter))) {
        return interpreter;
    }
    const python = path.join(path.dirname(script), "python3");
    await fs.access(python).catch((error: unknown) => {
        throw new Error(`${script}: no Python interpreter in its first line, and none beside it`, {
            cause: error,
        });
    });
    return python;
}
