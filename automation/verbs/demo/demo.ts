import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import type { Context } from "../../ports/context";
import { AppError } from "../../errors/appError";
import type { PulumiCli, Setup } from "../../setup";
import { localAccess, type LocalAccess } from "./access";
import { countAccount, type AccountCounts } from "./account";
import { runCommandLine } from "./commandLine";
import { startSampleService } from "./sampleService";
import { PhaseClock, type Phase } from "./phases";
import { startCloud, type LocalCloud, type LocalCloudInfo } from "../local/cloud";
import { shellEnvironment } from "../local/environment";

export interface DemoRequest {
    readonly setup: Setup;
    /** Makes ready what the demo runs on. */
    prepareTools(setup: Setup): Promise<{ readonly pulumi: PulumiCli; readonly motoServer: string }>;
}

export interface DemoResult {
    /** In their order. */
    readonly phases: readonly Phase[];
    /** Without the set-up, which is needed once. */
    readonly seconds: number;
    /** What the account held before `up` and after `destroy`. */
    readonly before: AccountCounts;
    readonly after: AccountCounts;
}

type World = Pick<Context, "io" | "env" | "signal">;

const environment = "demo";
const upArguments = [
    "--from",
    "dev",
    "--set",
    "hosts.count=2",
    "--set",
    "dockerStorage.mode=volume",
    "--set",
    "dockerStorage.hosts=[1]",
    "--yes",
];

/**
 * Plays the whole life of one environment on a local cloud of its own, with the commands that a person would use.
 * Whatever happens, nothing of it stays: no process, and no file but the cached tools.
 * @throws AppError DEMO_FAILED naming the command that failed, or what was left.
 */
export async function playDemo(request: DemoRequest, cloud: LocalCloud, world: World): Promise<DemoResult> {
    const clock = new PhaseClock();
    const { pulumi, motoServer } = await clock.run("set-up", () => request.prepareTools(request.setup));
    const directory = await fs.mkdtemp(path.join(os.tmpdir(), "sles-ecs-demo-"));
    const localDirectory = path.join(directory, "local");
    try {
        const info = await clock.run("start the local cloud", async () => {
            world.io.stderr("\nStarting a local cloud: an emulated AWS with simulated SLES hosts.\n");
            return startCloud(cloud, { directory: localDirectory, motoServer, exitWithParent: true });
        });
        const stage = new Stage(world, directory, childEnvironment(cloud, info, pulumi, world));
        const access = localAccess(cloud.localCloudEnvironment(info));
        const counts = await playLife(stage, access, clock);
        await clock.run("stop the local cloud", () => cloud.stopLocalCloud(localDirectory));
        return { phases: clock.phases, seconds: clock.secondsWithout("set-up"), ...counts };
    } finally {
        await cloud.stopLocalCloud(localDirectory);
        await fs.rm(directory, { recursive: true, force: true });
    }
}

async function playLife(
    stage: Stage,
    access: LocalAccess,
    clock: PhaseClock,
): Promise<{ before: AccountCounts; after: AccountCounts }> {
    const before = await countAccount(access);
    await clock.run("init", () => stage.play("init"));
    await clock.run("up, until two hosts are ready", () => stage.play("up", environment, ...upArguments));
    await clock.run("a service, started by hand", async () => {
        const service = await startSampleService(access, environment);
        stage.tell(
            `Started the service ${service} in the cluster ${environment}, without Pulumi knowing of it.`,
        );
    });
    await clock.run("status", () => stage.play("status", environment));
    await clock.run("destroy, with evidence", () => stage.play("destroy", environment, "--yes"));
    const after = await clock.run("count what is left", () => countAccount(access));
    requireNothingLeft(before, after);
    return { before, after };
}

/** The commands of the demo, and where they run. */
class Stage {
    constructor(
        private readonly world: World,
        private readonly directory: string,
        private readonly env: Readonly<Record<string, string | undefined>>,
    ) {}

    tell(line: string): void {
        this.world.io.stderr(`\n${line}\n`);
    }

    async play(...args: readonly string[]): Promise<void> {
        this.tell(`$ sles-ecs ${args.join(" ")}`);
        const code = await runCommandLine({
            args,
            directory: this.directory,
            env: this.env,
            signal: this.world.signal,
            onOutput: (text) => {
                this.world.io.stderr(text);
            },
        });
        if (code !== 0) {
            throw new AppError("DEMO_FAILED", {
                message: `sles-ecs ${args.join(" ")} ended with exit code ${code}`,
            });
        }
    }
}

function childEnvironment(
    cloud: LocalCloud,
    info: LocalCloudInfo,
    pulumi: PulumiCli,
    world: World,
): Record<string, string | undefined> {
    const { set, unset } = shellEnvironment(cloud, info, pulumi, world.env["PATH"] ?? "");
    const inherited = Object.entries(world.env).filter(([name]) => !unset.includes(name));
    return { ...Object.fromEntries(inherited), ...set };
}

function requireNothingLeft(before: AccountCounts, after: AccountCounts): void {
    const left = Object.entries(after).filter(([kind, count]) => count !== before[kind]);
    if (left.length > 0) {
        throw new AppError("DEMO_FAILED", {
            message: "the destroyed environment left something behind",
            details: left.map(
                ([kind, count]) => `${kind}: got ${count}, expected ${before[kind] ?? 0} as before`,
            ),
        });
    }
}
