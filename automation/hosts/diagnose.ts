import pLimit from "p-limit";

import {
    bootLogPrefix,
    bootStepMeanings,
    bootSteps,
    lacksVolume,
    lastBoot,
    parseBootLog,
} from "../../components/model/bootLog";
import { command, type CommandLine } from "../../components/model/commandLine";
import { AppError } from "../errors/appError";
import type { Host } from "../ports/aws";
import type { Aws } from "../ports/awsServices";
import { findUnroutedSubnets } from "../../components/model/checks/routes";
import { judgeHost, type HostVerdict, type WantedHost } from "./judge";

/** An account may have hundreds of clusters. */
const clustersAtOnce = 8;

/**
 * Finds out why agents of running instances have not registered: another cluster, no instance profile, a boot that
 * stopped, no route to Amazon S3. Reads much, and is therefore only asked once the time is over.
 */
export async function explainMissingAgents(
    aws: Aws,
    wanted: WantedHost,
    verdicts: readonly HostVerdict[],
): Promise<readonly HostVerdict[]> {
    const silent = verdicts
        .map((verdict) => verdict.host)
        .filter((host) => host.state === "running" && host.containerInstance === undefined);
    if (silent.length === 0) {
        return verdicts;
    }
    const elsewhere = await findElsewhere(aws, wanted.clusterName, silent);
    const routes = await unroutedSubnets(aws, silent);
    return Promise.all(
        verdicts.map(async (verdict) => {
            const stray = elsewhere.get(verdict.host.instanceId);
            if (stray !== undefined) {
                return judgeHost(stray, wanted);
            }
            return silent.includes(verdict.host) && verdict.host.hasInstanceProfile
                ? { ...verdict, ...(await explainSilence(aws, verdict.host, routes)) }
                : verdict;
        }),
    );
}

/** Looks for the hosts in the account's other clusters, `default` first: agents without a cluster go there. */
export async function findElsewhere(
    aws: Aws,
    wanted: string,
    hosts: readonly Host[],
): Promise<ReadonlyMap<string, Host>> {
    const found = new Map<string, Host>();
    const names = (await readable(() => aws.ecs.clusterNames(), [])).filter((name) => name !== wanted);
    names.sort((one, other) => Number(other === "default") - Number(one === "default"));
    await pLimit(clustersAtOnce).map(names, async (name) => {
        if (found.size === hosts.length) {
            return;
        }
        for (const containerInstance of await readable(() => aws.ecs.containerInstances(name), [])) {
            const host = hosts.find((candidate) => candidate.instanceId === containerInstance.instanceId);
            if (host !== undefined) {
                found.set(host.instanceId, { ...host, containerInstance });
            }
        }
    });
    return found;
}

async function unroutedSubnets(aws: Aws, hosts: readonly Host[]): Promise<ReadonlyMap<string, string>> {
    const subnetIds = [...new Set(hosts.map((host) => host.subnetId))];
    const unrouted = await readable(
        async () => findUnroutedSubnets(aws.ec2, await aws.ec2.subnets(subnetIds)),
        [],
    );
    return new Map(unrouted.map(({ subnet, reason }) => [subnet.id, reason]));
}

async function explainSilence(
    aws: Aws,
    host: Host,
    routes: ReadonlyMap<string, string>,
): Promise<Pick<HostVerdict, "reached" | "needsReboot" | "bootStopped">> {
    const text = await readable(() => aws.ec2.consoleOutput(host.instanceId), undefined);
    const boot = text === undefined ? "its console may not be read" : explainBoot(text);
    const route = routes.get(host.subnetId);
    const last = lastBoot(parseBootLog(text ?? "")).at(-1);
    return {
        reached: route === undefined ? boot : `${boot}; ${route}`,
        bootStopped: last?.result === "failed",
        needsReboot: last !== undefined && lacksVolume(last),
    };
}

/** What lets hosts try their boot again. */
export function rebootCommand(environment: string, instanceIds: readonly string[]): CommandLine {
    return command("hosts", "reboot", environment, instanceIds);
}

/** How far a boot got, from what it left on the console. */
function explainBoot(text: string): string {
    if (text.trim() === "") {
        return "no sign of its agent, and EC2 has no console output of it yet";
    }
    const last = lastBoot(parseBootLog(text)).at(-1);
    const agentError = lastAgentError(text);
    if (last === undefined) {
        return agentError === undefined
            ? `no sign of its agent, and its console shows no line of ${bootLogPrefix.replace(":", "")}: its user data has not run`
            : `its agent could not register: ${agentError}`;
    }
    const step = `step ${last.step} (${bootStepMeanings[last.step]})`;
    const remark = last.reason === "" ? "" : `: ${last.reason}`;
    if (last.result === "failed") {
        return `its boot stopped at ${step}${remark}`;
    }
    if (last.step !== bootSteps.at(-1)) {
        return `its boot got through ${step} and no further${remark}`;
    }
    return agentError === undefined
        ? "its boot got through to the end, but no agent has registered"
        : `its boot got through to the end, but its agent could not register: ${agentError}`;
}

/**
 * The last error that amazon-ecs-init or the agent wrote to the console, in the agent's log format
 * (amazon-ecs-agent, agent/logger: `level=error time=… msg="…" error="…"`).
 */
function lastAgentError(text: string): string | undefined {
    const errors = [
        ...text.matchAll(
            /level=(?:error|critical)\b[^\n]*?\bmsg="([^"\n]*)"(?:[^\n]*?\berror="([^"\n]*)")?/g,
        ),
    ];
    const [, message, detail] = errors.at(-1) ?? [];
    return detail ?? message;
}

/** A diagnosis does with what it may read; it never hides the failure that it explains. */
async function readable<T, F>(read: () => Promise<T>, fallback: F): Promise<T | F> {
    try {
        return await read();
    } catch (error) {
        if (error instanceof AppError) {
            return fallback;
        }
        throw error;
    }
}
