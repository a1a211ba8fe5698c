import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { AwsError } from "../front/apiResponse";
import { freePort } from "../freePort";

/** Names under which the registry of the CNCF's distribution project is installed: Debian's package, and its own. */
const commands = ["docker-registry", "registry"];

/**
 * Runs the registry (its first argument) until it ends, or until the other end of standard input is gone: with the process that
 * has it, however that ends.
 */
const untilParentEnds = `
exec 3<&0
"$0" serve "$1" 3<&- &
registry=$!
{ read -r _ <&3; kill -9 "$registry"; } 2>/dev/null &
wait "$registry"
`;

/** A registry that runs. */
export interface RunningRegistry {
    readonly port: number;
    /** Of the shell that holds it. */
    readonly pid: number;
    readonly hasEnded: () => boolean;
    stop(): void;
}

/** What a registry says about itself in every answer: another one may have been faster at the same port. */
const nameHeader = "Sles-Ecs-Registry";

interface LaunchedRegistry extends RunningRegistry {
    readonly name: string;
}

const startLimitMilliseconds = 20_000;
const attempts = 3;

/**
 * Starts a registry that keeps its images in a folder.
 * @param given one that is not on the search path; one that is there goes first
 * @throws AwsError where there is none, or it does not start
 */
export async function startRegistry(
    folder: string,
    searchPath: string,
    given?: string,
): Promise<RunningRegistry> {
    const command = (await commandIn(searchPath)) ?? given;
    if (command === undefined) {
        throw new AwsError(
            "UnsupportedOperation",
            `the local cloud keeps images in a registry of its own, and none of ${commands.join(", ")} is on PATH: ` +
                "install Debian's docker-registry or SUSE's distribution-registry, then repeat, or Go, then start the local cloud again; repositories work without it",
            501,
        );
    }
    await fs.mkdir(folder, { recursive: true });
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
        const running = await launch(command, folder);
        if (await answers(running)) {
            return running;
        }
        running.stop();
    }
    throw new AwsError("ServerException", `${command} does not start; see cloud.log`, 500);
}

async function commandIn(searchPath: string): Promise<string | undefined> {
    for (const folder of searchPath.split(path.delimiter).filter((one) => one !== "")) {
        for (const name of commands) {
            const file = path.join(folder, name);
            if (
                await fs.access(file, constants.X_OK).then(
                    () => true,
                    () => false,
                )
            ) {
                return file;
            }
        }
    }
    return undefined;
}

async function launch(command: string, folder: string): Promise<LaunchedRegistry> {
    const port = await freePort();
    const name = randomUUID();
    const file = path.join(folder, "config.yml");
    // JSON is YAML. Source: https://distribution.github.io/distribution/about/configuration/
    const configuration = {
        version: 0.1,
        log: { level: "warn", accesslog: { disabled: true } },
        storage: {
            filesystem: { rootdirectory: path.join(folder, "data") },
            delete: { enabled: true },
            maintenance: { uploadpurging: { enabled: false } },
        },
        http: { addr: `127.0.0.1:${port}`, relativeurls: true, headers: { [nameHeader]: [name] } },
    };
    await fs.writeFile(file, JSON.stringify(configuration));
    const child = spawn("/bin/sh", ["-c", untilParentEnds, command, file], {
        stdio: ["pipe", "ignore", "inherit"],
        env: { PATH: process.env["PATH"], OTEL_TRACES_EXPORTER: "none" },
    });
    return running(child, port, name);
}

function running(child: ChildProcess, port: number, name: string): LaunchedRegistry {
    let ended = false;
    const end = (): void => {
        ended = true;
        child.stdin?.destroy();
    };
    child.once("exit", end);
    child.once("error", end);
    child.stdin?.on("error", () => undefined);
    return { port, name, pid: child.pid ?? 0, hasEnded: () => ended, stop: () => child.stdin?.destroy() };
}

async function answers({ port, name, hasEnded }: LaunchedRegistry): Promise<boolean> {
    const limit = Date.now() + startLimitMilliseconds;
    while (!hasEnded() && Date.now() < limit) {
        if (
            await fetch(`http://127.0.0.1:${port}/v2/`).then(
                ({ ok, headers }) => ok && headers.get(nameHeader) === name,
                () => false,
            )
        ) {
            return true;
        }
        await setTimeout(40);
    }
    return false;
}
