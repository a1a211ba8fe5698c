import os from "node:os";

import type { KnownProcess } from "../../components/model/knownProcess";
import type { LockHolder } from "../ports/lockHolder";
import type { Context } from "../ports/context";
import { userName } from "../setup/homeFolder";
import { lifeOf, thisProcess } from "../setup/machine";

/** What a command writes into the lock that it holds. */
export interface WrittenHolder extends Pick<LockHolder, "user" | "host" | "since">, KnownProcess {
    /** Such as `destroy`. */
    readonly command: string;
}

/** This process, as the holder of a lock. */
export async function ownHolder(
    { env, clock }: Pick<Context, "env" | "clock">,
    command: string,
): Promise<WrittenHolder> {
    return {
        user: userName(env),
        host: os.hostname(),
        since: clock.now().toISOString(),
        command,
        ...(await thisProcess(env)),
    };
}

/** Reads what a lock holds; what cannot be read is somebody's, of whom nothing is known. */
export function readHolder(text: string): WrittenHolder {
    const { user, host, processId, since, command, machine, startedAt } = fieldsOf(text);
    return {
        user: asText(user) ?? "somebody",
        host: asText(host) ?? "a machine that is not known",
        processId: typeof processId === "number" ? processId : 0,
        since: asText(since) ?? "a time that is not known",
        command: asText(command) ?? "something",
        machine: asText(machine),
        startedAt: asText(startedAt),
    };
}

/** What is known of a holder here; of a process elsewhere nobody can tell whether it lives. */
export function judgeHolder(
    { machine, startedAt, ...holder }: WrittenHolder,
    here: string | undefined,
    silentSeconds?: number,
): LockHolder {
    const life = lifeOf({ processId: holder.processId, machine, startedAt }, here);
    const isNamedOtherwise = life === "seemsDead" && holder.host !== os.hostname();
    return { ...holder, silentSeconds, life: isNamedOtherwise ? "unknown" : life };
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
    try {
        const value = JSON.parse(text) as unknown;
        return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
    } catch {
        return {};
    }
}

function asText(value: unknown): string | undefined {
    return typeof value === "string" ? value : undefined;
}
