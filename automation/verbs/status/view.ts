import { ignoredText } from "../../../components/model/agent/ignoredSettings";
import { command, type Line } from "../../../components/model/commandLine";
import type { Context } from "../../ports/context";
import type { Io } from "../../ports/io";
import type { EnvironmentStatus, StatusHost } from "./status";
import type { OutputFormat } from "../../command/options";
import { describeImage, describeState, describeTasks } from "../../hosts/describeHost";
import { isOff } from "../../hosts/find";
import { isOfOlderVersion } from "../../hosts/launchTemplates";
import { missingText } from "../../hosts/missing";
import { rollCommand } from "../../rolling/hostChanges";
import { renderJson } from "../../output/json";
import { oneLine } from "../../output/oneLine";
import { renderTable, tableLook } from "../../output/table";
import { momentCell } from "../../output/when";
import { themeOf, type Theme } from "../../output/theme";

/** The state of an environment, for people or for scripts. */
export function showStatus(
    status: EnvironmentStatus,
    output: OutputFormat,
    context: Pick<Context, "io" | "show" | "clock">,
): string {
    const { settingsRemedy } = status;
    return output === "json"
        ? renderJson({ ...status, settingsRemedy: settingsRemedy && context.show(settingsRemedy) })
        : renderStatus(status, themeOf(context.io), context);
}

/** The state of an environment on one screen: a sentence, the hosts, what is wrong with them, the services. */
export function renderStatus(
    status: EnvironmentStatus,
    theme: Theme,
    { io, show, clock }: Pick<Context, "io" | "show" | "clock">,
): string {
    const blocks = [`${headline(status, theme, pausedFor(status, { io, clock }))}\n`];
    if (status.hosts.length > 0) {
        blocks.push(renderHosts(status.hosts, io));
    }
    const troubles = status.hosts.filter((host) => !host.ready);
    if (troubles.length > 0) {
        blocks.push(
            troubles.map((host) => `${theme.doubtful(host.instanceId)}: ${oneLine(host.reached)}\n`).join(""),
        );
    }
    // Without a cluster, or while it is paused, the headline says enough.
    if (status.missingHosts > 0 && status.cluster !== undefined && status.pausedSince === undefined) {
        blocks.push(missingText(status, theme));
    }
    const bypassed = status.hosts.filter((host) => host.ready && host.bypassed !== undefined);
    if (bypassed.length > 0) {
        blocks.push(
            bypassed
                .map((host) => `${theme.doubtful(host.instanceId)}: ${oneLine(host.bypassed ?? "")}\n`)
                .join(""),
        );
    }
    const outdated = status.hosts.filter(isOfOlderVersion);
    if (outdated.length > 0) {
        blocks.push(
            outdated.map((host) => `${theme.doubtful(host.instanceId)}: ${describeAge(host)}\n`).join(""),
        );
    }
    const ignoring = status.hosts.flatMap(({ instanceId, containerInstance, ignoredSettings }) =>
        containerInstance?.agentVersion === undefined || ignoredSettings === undefined
            ? []
            : `${theme.doubtful(instanceId)}: ${ignoredText(containerInstance.agentVersion, ignoredSettings)}\n`,
    );
    if (ignoring.length > 0) {
        blocks.push(ignoring.join(""));
    }
    if (status.services.length > 0) {
        blocks.push(renderServices(status, io));
    }
    const next = status.settingsRemedy ?? nextOf(status, outdated);
    if (next !== undefined) {
        blocks.push(`Next: ${show(next)}\n`);
    }
    return blocks.join("\n");
}

function nextOf(status: EnvironmentStatus, outdated: readonly StatusHost[]): Line | undefined {
    const { environment } = status;
    if (status.pausedSince !== undefined) {
        return command("resume", environment);
    }
    if (readyCount(status) < status.wantedHosts) {
        return command(nextFor(status), environment);
    }
    return outdated.length > 0 ? rollCommand(command("up", environment)) : undefined;
}

/** What brings hosts that are not ready: no waiting brings one that is lent, or a fixed one that is stopped or does not exist. */
function nextFor({ hosts, missingHosts, comeByThemselves }: EnvironmentStatus): "up" | "doctor" | "wait" {
    const isStopped = hosts.some(isOff);
    return hosts.length === 0 || ((missingHosts > 0 || isStopped) && !comeByThemselves)
        ? "up"
        : hosts.some(({ lentTo }) => lentTo !== undefined)
          ? "doctor"
          : "wait";
}

/** What a host of a group lacks that is ready all the same. */
function describeAge({ launchTemplate }: StatusHost): string {
    return launchTemplate === undefined
        ? ""
        : `outdated: launched from version ${launchTemplate.version} of its launch template, and its group starts hosts from version ${launchTemplate.groupVersion}`;
}

function headline(status: EnvironmentStatus, theme: Theme, paused: string | undefined): string {
    const { cluster, environment, clusterName, region, wantedHosts } = status;
    const ready = readyCount(status);
    const hosts = `${ready} of ${count(wantedHosts, "host")} ready`;
    const coloredHosts = ready < wantedHosts ? theme.doubtful(hosts) : theme.good(hosts);
    if (cluster === undefined) {
        return `${theme.strong(environment)}: ${theme.bad(`no cluster ${clusterName}`)} in ${region}, ${coloredHosts}`;
    }
    const tasks = cluster.runningTasks + cluster.pendingTasks;
    return [
        `${theme.strong(environment)}: cluster ${clusterName} is ${cluster.status} in ${region}`,
        ...(paused === undefined ? [] : [theme.doubtful(paused)]),
        coloredHosts,
        count(status.services.length, "service"),
        count(tasks, "task"),
    ].join(", ");
}

/** On a terminal since how long, else since when. */
function pausedFor(
    { pausedSince: since }: EnvironmentStatus,
    screen: Pick<Context, "io" | "clock">,
): string | undefined {
    const said = momentCell(screen)(since);
    return since === undefined ? undefined : said === since ? `paused since ${since}` : `paused ${said}`;
}

function renderHosts(hosts: readonly StatusHost[], io: Io): string {
    return renderTable(
        ["HOST", "ZONE", "STATE", "AGENT", "TASKS", "STORAGE", "IMAGE"],
        hosts.map((host) => [
            host.instanceId,
            host.zone,
            describeState(host),
            host.containerInstance?.agentVersion,
            describeTasks(host),
            host.storage,
            describeImage(host),
        ]),
        tableLook(io, ["IMAGE", "STORAGE", "ZONE"]),
    );
}

function renderServices({ services }: EnvironmentStatus, io: Io): string {
    return renderTable(
        ["SERVICE", "STRATEGY", "STATUS", "DESIRED", "RUNNING", "PENDING"],
        services.map((service) => [
            service.name,
            service.schedulingStrategy,
            service.status,
            service.desired,
            service.running,
            service.pending,
        ]),
        tableLook(io, ["STRATEGY"]),
    );
}

function readyCount(status: EnvironmentStatus): number {
    return status.hosts.filter((host) => host.ready).length;
}

function count(number: number, noun: string): string {
    return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
