import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import { addAbortSignal, type Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
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

/**
 * Starts moto and waits until it listens.
 * @param onSpawn called when the process has been started, before it listens
 * @throws Error saying why it did not start
 */
export async function startMoto(options: MotoOptions, onSpawn: () => void): Promise<Moto> {
    const { directory, keptFile, motoServer: script } = options;
    const python = await interpreterOf(script);
    await fs.writeFile(imageFiles(directory).all, JSON.stringify(motoImages()));
    const child = launch(python, options);
    const exited = new Promise<void>((resolve) => {
        child.once("exit", () => {
            resolve();
        });
        child.once("error", () => {
            resolve();
        });
    });
    onSpawn();
    const port = await portOf(child);
    if (port === undefined) {
        await stop(child, exited);
        throw new Error(
            `moto did not start: ${script} ended or stayed silent; see cloud.log in ${directory}`,
        );
    }
    return {
        port,
        pid: child.pid ?? 0,
        exited,
        keep: () => keep(child, keptFile),
        stop: () => stop(child, exited),
    };
}

function launch(python: string, { directory, keptFile, logFile }: MotoOptions): ChildProcess {
    const { all, hidden } = imageFiles(directory);
    return spawn(python, ["-c", motoServer, hidden, keptFile], {
        stdio: ["pipe", logFile, logFile, "pipe"],
        env: {
            ...process.env,
            MOTO_EC2_LOAD_DEFAULT_AMIS: "false",
            MOTO_AMIS_PATH: all,
            MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
            PYTHONUNBUFFERED: "1",
        },
    });
}

/** @returns what moto says when it listens; undefined where it ends before, or takes too long */
async function portOf(child: ChildProcess): Promise<number | undefined> {
    const told = child.stdio[3] as Readable;
    const limit = AbortSignal.timeout(startLimitMilliseconds);
    addAbortSignal(limit, told);
    const said = await text(told).catch(() => "");
    return said === "" ? undefined : Number(said);
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

/**
 * The Python that a script runs with, from its first line. Installers write a shell line there where the path is too
 * long; the Python is beside the script then.
 */
async function interpreterOf(script: string): Promise<string> {
    const lines = await fs.readFile(script, "utf8").catch((error: unknown) => {
        throw new Error(`moto_server not found: ${script} cannot be read`, { cause: error });
    });
    const interpreter = /^#!\s*(\S+)/.exec(lines)?.[1];
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
