import { randomUUID } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import type { KnownProcess, ProcessLife } from "../../components/model/knownProcess";
import { makeFolder } from "../output/makeFolder";
import { findCacheDirectory, type Setup } from "./setup";

/**
 * What tells the place where this process runs from every other one in which its number would mean another process: this
 * machine since its last start, and this container. Names of machines do not; many are called alike. Undefined where
 * nothing is known for certain.
 */
export async function thisMachine(env: Setup["env"]): Promise<string | undefined> {
    const token = await machineToken(env);
    return token && [token, bootId(), processNamespace()].join(" ");
}

/** This process. */
export async function thisProcess(env: Setup["env"]): Promise<KnownProcess> {
    return {
        processId: process.pid,
        machine: await thisMachine(env),
        startedAt: processStart(process.pid),
    };
}

/** What is known of a process, seen from the place of `here`; of one elsewhere nobody can tell whether it lives. */
export function lifeOf(
    { processId, machine, startedAt }: KnownProcess,
    here: string | undefined,
): ProcessLife {
    if (machine !== undefined && machine === here) {
        return isGone(processId, startedAt) ? "dead" : "alive";
    }
    return seemsEarlier(machine, here) ? "seemsDead" : "unknown";
}

/**
 * Whether what tells a place is of this machine before its last start. Where several machines share the folder of the token, it
 * may be another one of them: that is no proof.
 */
export function seemsEarlier(machine: string | undefined, here: string | undefined): boolean {
    const [token, boot] = machine?.split(" ") ?? [];
    const [ownToken, ownBoot] = here?.split(" ") ?? [];
    return token !== undefined && boot !== undefined && token === ownToken && boot !== ownBoot;
}

/** A token of this machine, made when it is first asked for. */
async function machineToken(env: Setup["env"]): Promise<string | undefined> {
    const cache = findCacheDirectory(env);
    if (cache === undefined) {
        return undefined;
    }
    const file = path.join(cache, "machine");
    try {
        await makeFolder(cache);
        const own = `${file}.${randomUUID()}`;
        await fs.writeFile(own, randomUUID());
        // Appears whole or not at all, and never twice.
        await fs.link(own, file).catch(() => undefined);
        await fs.rm(own, { force: true });
        return await fs.readFile(file, "utf8");
    } catch {
        return undefined;
    }
}

/** Linux: proc(5), random(4). Elsewhere a home folder that several machines share would be very odd. */
function bootId(): string {
    try {
        return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    } catch {
        return os.hostname();
    }
}

/** Linux: pid_namespaces(7). */
function processNamespace(): string {
    try {
        return readlinkSync("/proc/self/ns/pid");
    } catch {
        return os.platform();
    }
}

/**
 * Whether there is no such process here; one that has ended and that nobody has taken notice of (Z in proc(5)) is none.
 * @param startedAt of the process that is meant, as `processStart` tells: a later one may have its number
 */
export function isGone(processId: number, startedAt?: string): boolean {
    try {
        process.kill(processId, 0);
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "ESRCH";
    }
    const fields = statusOf(processId);
    return (
        fields?.[0] === "Z" || (startedAt !== undefined && fields !== undefined && fields[19] !== startedAt)
    );
}

/** When a process was started, in ticks since the machine was; undefined where the system does not tell. */
export function processStart(processId: number): string | undefined {
    return statusOf(processId)?.[19];
}

/** What proc(5) tells of a process from its third field on, its state. */
function statusOf(processId: number): readonly string[] | undefined {
    try {
        const status = readFileSync(`/proc/${processId}/stat`, "utf8");
        return status.slice(status.lastIndexOf(")") + 2).split(" ");
    } catch {
        return undefined;
    }
}
