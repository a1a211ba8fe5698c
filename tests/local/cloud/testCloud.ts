import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { EC2 } from "@aws-sdk/client-ec2";
import { ECS } from "@aws-sdk/client-ecs";
import { IAM } from "@aws-sdk/client-iam";
import { ResourceGroupsTaggingAPI } from "@aws-sdk/client-resource-groups-tagging-api";
import { Scheduler } from "@aws-sdk/client-scheduler";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { prepareMoto } from "../../../automation/setup";
import type { Setup } from "../../../automation/setup";
import { startLocalCloud, stopLocalCloud } from "../../../local";
import type { LocalCloudInfo } from "../../../local";
import { control } from "./control";

/** A local cloud and clients for it; what a client meets is what AWS said, as nothing is tried again. */
export interface TestCloud {
    readonly info: LocalCloudInfo;
    readonly ec2: EC2;
    readonly ecs: ECS;
    readonly iam: IAM;
    readonly autoScaling: AutoScaling;
    readonly scheduler: Scheduler;
    readonly tagging: ResourceGroupsTaggingAPI;
    /** Talks to the cloud itself. Gives the parsed answer. */
    control(method: "GET" | "POST" | "DELETE", name: string, body?: unknown): Promise<unknown>;
}

const fast = {
    bootSeconds: 0.05,
    taskSeconds: 0.05,
    volumeWaitSeconds: 10,
    downloadWaitSeconds: 0.3,
    scaleInSeconds: 900,
    callSeconds: 0,
    launchSeconds: 0,
    settlingSeconds: 0,
    clockAheadSeconds: 0,
    vcpuQuota: 1_000_000,
};

let shared: Promise<{ cloud: TestCloud; directory: string }> | undefined;

// One cloud serves all files of a run, as its start takes longer than most of them; every test begins by
// emptying it.
after(async () => {
    if (shared !== undefined) {
        const { directory } = await shared;
        await stopLocalCloud(directory);
        await fs.rm(directory, { recursive: true, force: true });
    }
});

/** Registers the hooks that give a suite an empty local cloud before every test. */
export function useCloud(): () => TestCloud {
    let current: TestCloud | undefined;
    before(async () => {
        shared ??= start();
        current = (await shared).cloud;
    });
    beforeEach(async () => {
        await current?.control("POST", "reset");
        await current?.control("POST", "settings", fast);
    });
    return () => {
        if (current === undefined) {
            throw new Error("the local cloud is there only while tests run");
        }
        return current;
    };
}

/** A setting-up that is silent and never stopped. */
export const quietSetup: Setup = {
    env: process.env,
    signal: new AbortController().signal,
    report: () => undefined,
};

export function temporaryDirectory(): Promise<string> {
    return fs.mkdtemp(path.join(os.tmpdir(), "sles-ecs-cloud-"));
}

async function start(): Promise<{ cloud: TestCloud; directory: string }> {
    const directory = await temporaryDirectory();
    const motoServer = await prepareMoto(quietSetup);
    const info = await startLocalCloud({ directory, port: 0, motoServer, exitWithParent: true });
    const options = {
        endpoint: info.endpoint,
        region: "us-east-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
        maxAttempts: 1,
    };
    const cloud: TestCloud = {
        info,
        ec2: new EC2(options),
        ecs: new ECS(options),
        iam: new IAM(options),
        autoScaling: new AutoScaling(options),
        scheduler: new Scheduler(options),
        tagging: new ResourceGroupsTaggingAPI(options),
        control: (method, name, body) => control(info.endpoint, method, name, body),
    };
    return { cloud, directory };
}

/** Runs a call that is to be refused. Gives the name of AWS's error. */
export async function errorOf(call: Promise<unknown>): Promise<string> {
    try {
        await call;
    } catch (error) {
        return error instanceof Error ? error.name : String(error);
    }
    throw new Error("the call was to be refused, and was not");
}

/** Asks again and again until the answer is there. Fails with the last answer after a minute. */
export async function eventually<Value>(
    ask: () => Promise<Value>,
    holds: (value: Value) => boolean,
): Promise<Value> {
    const limit = Date.now() + 60_000;
    for (;;) {
        const value = await ask();
        if (holds(value)) {
            return value;
        }
        if (Date.now() > limit) {
            throw new Error(`did not come about within a minute; at last: ${JSON.stringify(value)}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
}
