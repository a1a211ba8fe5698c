import fs from "node:fs/promises";
import path from "node:path";

import type { Context } from "../../ports/context";
import { AppError } from "../../errors/appError";
import type { PulumiCli, Setup } from "../../setup";
import { makeTemporaryFolder } from "../../setup/temporaryFolder";
import {
    countAccount,
    localAccess,
    startSampleService,
    type AccountCounts,
    type LocalAccess,
} from "./account";
import { Stage } from "./stage";
import { startCloud, type LocalCloud, type LocalCloudInfo } from "../local/cloud";
import { shellEnvironment } from "../local/environment";

/** One part of the demo and how long it took. */
export interface Phase {
    readonly name: string;
    readonly seconds: number;
}

/** Measures phases that run one after the other. */
export class PhaseClock {
    private readonly measured: Phase[] = [];

    constructor(private readonly milliseconds: () => number = () => performance.now()) {}

    get phases(): readonly Phase[] {
        return this.measured;
    }

    async run<T>(name: string, phase: () => Promise<T>): Promise<T> {
        const started = this.milliseconds();
        const result = await phase();
        this.measured.push({ name, seconds: (this.milliseconds() - started) / 1000 });
        return result;
    }

    /** Sum of all phases but one. */
    secondsWithout(name: string): number {
        return this.measured
            .filter((phase) => phase.name !== name)
            .reduce((sum, { seconds }) => sum + seconds, 0);
    }
}

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
    const directory = await makeTemporaryFolder("sles-ecs-demo-");
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
