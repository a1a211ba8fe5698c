import { fork, type ChildProcess } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { watch } from "node:fs";
import path from "node:path";

import { control } from "../local/cloud/control";
import { expectExit, Workplace, type Answer } from "../engine/harness";
import type { Recording } from "./points";

/** What every process of a command finds in its environment: one that is killed is found by it, whatever started it. */
const mark = "SLES_ECS_CAMPAIGN";

interface Provider {
    readonly process: ChildProcess;
    readonly port: number;
}

/** A local cloud with a neighbour in it, and a machine in front of it that can lose its power. */
export class Stage {
    private readonly id = `${process.pid}-${Math.random()}`;
    private spare: Promise<Provider> | undefined;

    private constructor(
        readonly place: Workplace,
        private provider: Provider,
    ) {}

    static async create(): Promise<Stage> {
        const place = await Workplace.create();
        // As long as hosts really wait: a kill between a host and its volume takes no time of its own.
        await place.tune({ volumeWaitSeconds: 600 });
        const stage = new Stage(place, await startProvider(place));
        await place.writeSettings("neighbour", { hosts: { mode: "fixed", count: 1 } });
        const up = await place.slesEcs(["up", "neighbour", "--yes"]);
        expectExit(up, 0);
        return stage;
    }

    async stop(): Promise<void> {
        this.provider.process.kill("SIGKILL");
        (await this.spare)?.process.kill("SIGKILL");
        await this.place.stop();
    }

    /** Runs a line in a shell of the machine. */
    run(line: string): Promise<Answer> {
        const env = { [mark]: this.id, PULUMI_DEBUG_PROVIDERS: `aws:${this.provider.port}` };
        return this.place.shell(line, { env });
    }

    control(method: "GET" | "POST" | "DELETE", name: string, body?: unknown): Promise<unknown> {
        return control(this.place.cloud.endpoint, method, name, body);
    }

    /** Ends every process of the machine at once, as a loss of power does. */
    async cutPower(): Promise<void> {
        // Found first: an engine that has seen its provider die would end in good order.
        let pids = await this.processes();
        const { process: provider } = this.provider;
        const gone = new Promise((resolve) => provider.once("exit", resolve));
        while (pids.length > 0) {
            pids.forEach(kill);
            provider.kill("SIGKILL");
            pids = await this.processes();
        }
        provider.kill("SIGKILL");
        await gone;
        this.provider = await (this.spare ?? startProvider(this.place));
        this.spare = startProvider(this.place);
    }

    private async processes(): Promise<readonly number[]> {
        const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
        const environments = await Promise.all(
            pids.map((pid) => readFile(`/proc/${pid}/environ`, "utf8").catch(() => "")),
        );
        const word = `${mark}=${this.id}`;
        return pids.filter((_, index) => environments[index]?.split("\0").includes(word));
    }

    /** The file with the state of an environment. */
    stateFile(environment: string): string {
        return path.join(this.stateFolder, `${environment}.json`);
    }

    private get stateFolder(): string {
        return path.join(this.place.directory, "local", "state", ".pulumi", "stacks", "sles-ecs");
    }

    /** Tells of every writing of a state. @returns what ends it */
    watchState(environment: string, onWritten: (count: number) => void): () => void {
        let count = 0;
        // Pulumi renames the finished file over the old one.
        const watcher = watch(this.stateFolder, (event, file) => {
            if (event === "rename" && file === `${environment}.json`) {
                count += 1;
                onWritten(count);
            }
        });
        return () => {
            watcher.close();
        };
    }

    /** Runs a command that nobody disturbs, and tells of all that happened. */
    async record(
        environment: string,
        line: string,
    ): Promise<{ readonly answer: Answer } & Pick<Recording, "calls" | "stateWrites">> {
        let stateWrites = 0;
        const unwatch = this.watchState(environment, (count) => (stateWrites = count));
        await this.control("DELETE", "requests");
        const answer = await this.run(line);
        unwatch();
        const { requests } = (await this.control("GET", "requests")) as { requests: Recording["calls"] };
        const calls = requests
            .filter(({ service }) => service !== "s3" && service !== "")
            .map(({ service, action }) => ({ service, action: withoutNames(action) }));
        return { answer, calls, stateWrites };
    }
}

/** `POST /schedules/host-1?x=y` as `POST /schedules`. */
function withoutNames(action: string): string {
    return action.replace(/^(\w+ \/[^/?]*).*$/, "$1");
}

function kill(pid: number): void {
    try {
        process.kill(pid, "SIGKILL");
    } catch {
        // It has ended with another one.
    }
}

function startProvider(place: Workplace): Promise<Provider> {
    const child = fork(path.join(__dirname, "awsProvider.ts"), {
        execArgv: ["--import", "tsx"],
        env: {
            ...process.env,
            AWS_ENDPOINT_URL: place.cloud.endpoint,
            AWS_REGION: "us-east-1",
            AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        },
    });
    return new Promise((resolve, reject) => {
        child.once("message", (port) => {
            resolve({ process: child, port: Number(port) });
        });
        child.once("exit", (code) => reject(new Error(`the provider ended with ${code}`)));
    });
}
