import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { shellEnvironment } from "../automation/verbs/local/environment";
import { prepareMoto, preparePulumi, type Setup } from "../automation/setup";
import * as local from "../local";

export const environment = "bench";

/** A local cloud with one environment up on it, and everything a command needs to work there. */
export interface Stage {
    readonly directory: string;
    /** Folder of the project, with the settings of the environment. */
    readonly project: string;
    readonly env: Readonly<Record<string, string | undefined>>;
    /** Path of the Pulumi CLI. */
    readonly pulumi: string;
    /** Runs `sles-ecs` in the project. */
    readonly slesEcs: (...args: readonly string[]) => void;
    /** Turns the local cloud: `POST /_local/settings`. */
    readonly tune: (settings: Readonly<Record<string, number>>) => Promise<void>;
    remove(): Promise<void>;
}

export const commandLine = path.join(__dirname, "..", "bin", "sles-ecs.js");

/** The demo's environment: two hosts, each with a docker volume. */
const settings = ["--from", "dev", "--set", "hosts.count=2", "--set", "dockerStorage.mode=volume"];

/** Starts a local cloud in a temporary folder and brings the environment up. */
export async function openStage(setup: Setup): Promise<Stage> {
    const [pulumi, motoServer] = await Promise.all([preparePulumi(setup), prepareMoto(setup)]);
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "sles-ecs-bench-"));
    const cloudDirectory = path.join(directory, "local");
    const remove = async (): Promise<void> => {
        await local.stopLocalCloud(cloudDirectory);
        fs.rmSync(directory, { recursive: true, force: true });
    };
    try {
        setup.report("starting a local cloud");
        const info = await local.startLocalCloud({
            directory: cloudDirectory,
            motoServer,
            exitWithParent: true,
        });
        const { set } = shellEnvironment(local, info, pulumi, process.env["PATH"] ?? "");
        const env = { ...process.env, ...set };
        const project = path.join(directory, "project");
        fs.mkdirSync(project);
        setup.report("bringing the environment up");
        const slesEcs = (...args: readonly string[]): void => {
            execFileSync(process.execPath, [commandLine, ...args], { cwd: project, env, stdio: "pipe" });
        };
        slesEcs("init");
        slesEcs("up", environment, ...settings, "--yes");
        const tune = async (change: Readonly<Record<string, number>>): Promise<void> => {
            const request = { method: "POST", body: JSON.stringify(change) };
            const response = await fetch(`${info.endpoint}/_local/settings`, request);
            if (!response.ok) {
                throw new Error(`the local cloud refused its settings: ${await response.text()}`);
            }
        };
        return { directory, project, env, pulumi: pulumi.command, slesEcs, tune, remove };
    } catch (error) {
        await remove();
        throw error;
    }
}
