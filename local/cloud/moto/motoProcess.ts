import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import fs from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { freePort } from "../freePort";
import { motoImages } from "../images/motoImages";

/** A running moto_server. */
export interface Moto {
    readonly port: number;
    readonly pid: number;
    /** Settles when the process is gone, whatever the reason. */
    readonly exited: Promise<void>;
    stop(): Promise<void>;
}

export interface MotoOptions {
    /** Path of the `moto_server` script. */
    readonly motoServer: string;
    /** Where the list of images is written. */
    readonly directory: string;
    /** File descriptor that takes moto's own output. */
    readonly logFile: number;
}

/**
 * Runs moto's server, and ends with the process that holds the other end of its standard input. The server's
 * own line for every request is left out. Of the 1,544 policies that AWS manages only those are kept that a
 * host of ECS may want: moto reads all of them again for each of six partitions at every reset, which takes
 * seconds.
 */
const runner = `
import json, logging, os, re, sys, threading
logging.getLogger("werkzeug").setLevel(logging.ERROR)
def watch():
    try:
        while os.read(0, 1):
            pass
    finally:
        os._exit(0)
threading.Thread(target=watch, daemon=True).start()
import moto.iam.models as managed
policies = json.loads(managed.aws_managed_policies_data)
wanted = re.compile("ECS|EC2|SSM|CloudWatch|AutoScaling")
managed.aws_managed_policies_data = json.dumps({name: policy for name, policy in policies.items() if wanted.search(name)})
from moto.server import main
sys.exit(main(sys.argv[1:]))
`;

const startLimitMilliseconds = 60_000;
const attempts = 3;

/**
 * Starts moto on a free port and waits until it answers.
 * @param onSpawn called when the process has been started, before it answers
 * @throws Error saying why it did not start
 */
export async function startMoto(options: MotoOptions, onSpawn: () => void): Promise<Moto> {
    const python = await interpreterOf(options.motoServer);
    const images = path.join(options.directory, "images.json");
    await fs.writeFile(images, JSON.stringify(motoImages()));
    for (let attempt = 1; ; attempt += 1) {
        const port = await freePort();
        const moto = launch(python, port, images, options.logFile);
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

function launch(python: string, port: number, images: string, logFile: number): Moto {
    const child = spawn(python, ["-c", runner, "-H", "127.0.0.1", "-p", String(port)], {
        stdio: ["pipe", logFile, logFile],
        env: {
            ...process.env,
            MOTO_EC2_LOAD_DEFAULT_AMIS: "false",
            MOTO_AMIS_PATH: images,
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
    return { port, pid: child.pid ?? 0, exited, stop: () => stop(child, exited) };
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
        await new Promise((resolve) => setTimeout(resolve, 40));
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

/** The Python that a script runs with, from its first line. */
async function interpreterOf(script: string): Promise<string> {
    const text = await fs.readFile(script, "utf8").catch((error: unknown) => {
        throw new Error(`moto_server not found: ${script} cannot be read`, { cause: error });
    });
    const interpreter = /^#!\s*(\S+)/.exec(text)?.[1];
    if (
        interpreter === undefined ||
        path.basename(interpreter) === "env" ||
        path.basename(interpreter) === "sh"
    ) {
        return pythonBeside(script);
    }
    return interpreter;
}

/** Installers write a shell line where the path is too long for the first line; the Python is beside the script. */
async function pythonBeside(script: string): Promise<string> {
    const python = path.join(path.dirname(script), "python3");
    await fs.access(python).catch((error: unknown) => {
        throw new Error(`${script}: no Python interpreter in its first line, and none beside it`, {
            cause: error,
        });
    });
    return python;
}
