import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { preparePulumi, prepareMoto, type Setup } from "../../automation/setup";
import { localCloudEnvironment, startLocalCloud, stopLocalCloud, type LocalCloudInfo } from "../../local";
import type { LocalSettingsChange } from "../../local/cloud/settings";
import { accessTo, inventory, type Access, type Inventory } from "./inventory";

const root = path.join(__dirname, "..", "..");
const interruption = new AbortController();

export interface Answer {
    readonly exitCode: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

export interface RunOptions {
    readonly env?: Readonly<Record<string, string>>;
    readonly directory?: string;
    /** Called with everything written so far, whenever there is more. */
    readonly onOutput?: (output: string, interrupt: () => void, kill: () => void) => void;
}

/**
 * A local cloud of its own and a project folder as a person would clone it, with no settings but those that a
 * test writes. Commands run in processes of their own, as typed in a shell.
 */
export class Workplace {
    private constructor(
        readonly directory: string,
        readonly cloud: LocalCloudInfo,
        private readonly env: NodeJS.ProcessEnv,
    ) {}

    static async create(
        options: {
            readonly bootSeconds?: number;
            readonly realContainers?: boolean;
            /** Folders of programs beside the Pulumi CLI. */
            readonly programs?: readonly string[];
        } = {},
    ): Promise<Workplace> {
        const setup: Setup = {
            env: process.env,
            signal: interruption.signal,
            report: (line) => process.stderr.write(`${line}\n`),
        };
        const [pulumi, motoServer] = await Promise.all([preparePulumi(setup), prepareMoto(setup)]);
        const directory = await fs.mkdtemp(path.join(os.tmpdir(), "sles-ecs-engine-"));
        const project = path.join(directory, "project");
        await copyProject(project);
        const cloud = await startLocalCloud({
            directory: path.join(directory, "local"),
            port: 0,
            motoServer,
            exitWithParent: true,
            realContainers: options.realContainers ?? false,
        });
        await tune(cloud, { bootSeconds: options.bootSeconds ?? 0.1 });
        const env = {
            ...process.env,
            ...localCloudEnvironment(cloud),
            PATH: [...(options.programs ?? []), path.dirname(pulumi.command), process.env["PATH"]].join(
                path.delimiter,
            ),
            AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
            NO_COLOR: "1",
        };
        return new Workplace(directory, cloud, env);
    }

    /** Variables by which programs reach the cloud. */
    get environment(): Readonly<NodeJS.ProcessEnv> {
        return this.env;
    }

    get project(): string {
        return path.join(this.directory, "project");
    }

    /** For clients of the AWS SDK. */
    get access(): Access {
        return accessTo(this.cloud.endpoint);
    }

    async stop(): Promise<void> {
        await stopLocalCloud(path.join(this.directory, "local"));
        await fs.rm(this.directory, { recursive: true, force: true });
    }

    /** Writes `Pulumi.<environment>.yaml`; keys without the `sles-ecs:` prefix. */
    async writeSettings(environment: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
        const config: Record<string, unknown> = { "aws:region": "us-east-1" };
        for (const [key, value] of Object.entries(settings)) {
            config[`sles-ecs:${key}`] = value;
        }
        await fs.writeFile(this.settingsFile(environment), JSON.stringify({ config }, undefined, 4));
    }

    settingsFile(environment: string): string {
        return path.join(this.project, `Pulumi.${environment}.yaml`);
    }

    slesEcs(args: readonly string[], options: RunOptions = {}): Promise<Answer> {
        return this.run(process.execPath, [path.join(root, "bin", "sles-ecs.js"), ...args], options);
    }

    /** Has to end with this exit code. */
    async expectSlesEcs(exitCode: number, ...args: readonly string[]): Promise<Answer> {
        const answer = await this.slesEcs(args);
        expectExit(answer, exitCode);
        return answer;
    }

    /** A script as a pipeline runs it, in the project. */
    bash(script: string, options: RunOptions = {}): Promise<Answer> {
        return this.run("bash", ["-e", "-o", "pipefail", "-c", script], options);
    }

    pulumi(args: readonly string[], options: RunOptions = {}): Promise<Answer> {
        return this.run("pulumi", [...args, "--non-interactive"], options);
    }

    /** Runs a line as a shell reads it, in which `sles-ecs` and `pulumi` are found. */
    async shell(line: string, options: RunOptions = {}): Promise<Answer> {
        const folder = path.join(this.directory, "bin");
        await fs.mkdir(folder, { recursive: true });
        const script = `#!/bin/sh\nexec ${process.execPath} ${path.join(root, "bin", "sles-ecs.js")} "$@"\n`;
        await fs
            .writeFile(path.join(folder, "sles-ecs"), script, { mode: 0o755, flag: "wx" })
            .catch(() => undefined);
        const searchPath = [folder, this.env["PATH"]].join(path.delimiter);
        return this.run("sh", ["-c", line], { ...options, env: { ...options.env, PATH: searchPath } });
    }

    /** Turns the local cloud: `POST /_local/settings`. */
    tune(settings: LocalSettingsChange): Promise<void> {
        return tune(this.cloud, settings);
    }

    inventory(): Promise<Inventory> {
        return inventory(this.cloud.endpoint);
    }

    private run(command: string, args: readonly string[], options: RunOptions): Promise<Answer> {
        return new Promise((resolve, reject) => {
            const child = spawn(command, args, {
                cwd: options.directory ?? this.project,
                env: { ...this.env, ...options.env },
                stdio: ["ignore", "pipe", "pipe"],
                detached: true,
            });
            let stdout = "";
            let stderr = "";
            const interrupt = (): void => {
                // The whole group, as a terminal does at Ctrl-C.
                process.kill(-(child.pid ?? 0), "SIGINT");
            };
            const kill = (): void => killWithChildren(child.pid ?? 0);
            child.stdout.setEncoding("utf8").on("data", (text: string) => {
                stdout += text;
                options.onOutput?.(stdout + stderr, interrupt, kill);
            });
            child.stderr.setEncoding("utf8").on("data", (text: string) => {
                stderr += text;
                options.onOutput?.(stdout + stderr, interrupt, kill);
            });
            child.once("error", reject);
            child.once("close", (exitCode) => {
                resolve({ exitCode, stdout, stderr });
            });
        });
    }
}

/** As a machine does that loses its power: the command, the engine that it has started, and that one's providers. */
function killWithChildren(pid: number): void {
    const lines = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
    const parents = lines.map((line) => line.trim().split(/\s+/).map(Number));
    const all = new Set([pid]);
    // A process has a higher number than its parent, but for those that came after the highest.
    for (let before = 0; before < all.size;) {
        before = all.size;
        parents.forEach(([child = 0, parent = 0]) => all.has(parent) && all.add(child));
    }
    all.forEach((one) => process.kill(one, "SIGKILL"));
}

/** What `git clone` and `npm ci` give, without the settings of any environment. */
async function copyProject(target: string): Promise<void> {
    await fs.mkdir(target);
    const names = ["components", "index.ts", "package.json", "pulumi-program.js", "Pulumi.yaml"];
    for (const name of [...names, "tsconfig.json", "tsconfig.pulumi.json"]) {
        await fs.cp(path.join(root, name), path.join(target, name), { recursive: true });
    }
    await fs.symlink(path.join(root, "node_modules"), path.join(target, "node_modules"));
}

async function tune(cloud: LocalCloudInfo, settings: LocalSettingsChange): Promise<void> {
    const response = await fetch(`${cloud.endpoint}/_local/settings`, {
        method: "POST",
        body: JSON.stringify(settings),
    });
    if (!response.ok) {
        throw new Error(`the local cloud refused its settings: ${await response.text()}`);
    }
}

/** Fails with everything that the command printed, not with two numbers. */
export function expectExit(answer: Answer, exitCode: number): void {
    if (answer.exitCode !== exitCode) {
        throw new Error(
            `exit code ${answer.exitCode}, expected ${exitCode}\n--- stdout\n${answer.stdout}\n--- stderr\n${answer.stderr}`,
        );
    }
}
