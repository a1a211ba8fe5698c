import { ignoredText } from "../../../components/model/agent/ignoredSettings";
import { command, type Show } from "../../../components/model/commandLine";
import type { Context } from "../../ports/context";
import type { EnvironmentStatus, StatusHost } from "./status";
import type { OutputFormat } from "../../command/options";
import { describeImage, describeTasks } from "../../hosts/describeHost";
import { isOfOlderVersion } from "../../hosts/launchTemplates";
import { rollCommand } from "../../rolling/hostChanges";
import { renderJson } from "../../output/json";
import { oneLine } from "../../output/oneLine";
import { renderTable } from "../../output/table";
import { createTheme, type Theme } from "../../output/theme";

/** The state of an environment, for people or for scripts. */
export function showStatus(
    status: EnvironmentStatus,
    output: OutputFormat,
    { io, show }: Pick<Context, "io" | "show">,
): string {
    return output === "json" ? renderJson(status) : renderStatus(status, createTheme(io.color), show);
}

/** The state of an environment on one screen: a sentence, the hosts, what is wrong with them, the services. */
export function renderStatus(status: EnvironmentStatus, theme: Theme, show: Show): string {
    const blocks = [`${headline(status, theme)}\n`];
    if (status.hosts.length > 0) {
        blocks.push(renderHosts(status.hosts));
    }
    const troubles = status.hosts.filter((host) => !host.ready);
    if (troubles.length > 0) {
        blocks.push(
            troubles.map((host) => `${theme.doubtful(host.instanceId)}: ${oneLine(host.reached)}\n`).join(""),
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
        blocks.push(renderServices(status));
    }
    if (status.pausedSince !== undefined) {
        blocks.push(`Next: ${show(command("resume", status.environment))}\n`);
    } else if (readyCount(status) < status.wantedHosts) {
        const isLent = status.hosts.some(({ lentTo }) => lentTo !== undefined);
        const next = status.hosts.length === 0 ? "up" : isLent ? "doctor" : "wait";
        blocks.push(`Next: ${show(command(next, status.environment))}\n`);
    } else if (outdated.length > 0) {
        blocks.push(`Next: ${show(rollCommand(command("up", status.environment)))}\n`);
    }
    return blocks.join("\n");
}

/** What a host of a group lacks that is ready all the same. */
function describeAge({ launchTemplate }: StatusHost): string {
    return launchTemplate === undefined
        ? ""
        : `outdated: launched from version ${launchTemplate.version} of its launch template, and its group starts hosts from version ${launchTemplate.groupVersion}`;
}

function headline(status: EnvironmentStatus, theme: Theme): string {
    const { cluster, environment, clusterName, region, wantedHosts, pausedSince } = status;
    const ready = readyCount(status);
    const hosts = `${ready} of ${count(wantedHosts, "host")} ready`;
    const coloredHosts = ready < wantedHosts ? theme.doubtful(hosts) : theme.good(hosts);
    if (cluster === undefined) {
        return `${theme.strong(environment)}: ${theme.bad(`no cluster ${clusterName}`)} in ${region}, ${coloredHosts}`;
    }
    const tasks = cluster.runningTasks + cluster.pendingTasks;
    return [
        `${theme.strong(environment)}: cluster ${clusterName} is ${cluster.status} in ${region}`,
        ...(pausedSince === undefined ? [] : [theme.doubtful(`paused since ${pausedSince}`)]),
        coloredHosts,
        count(status.services.length, "service"),
        count(tasks, "task"),
    ].join(", ");
}

function renderHosts(hosts: readonly StatusHost[]): string {
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
    );
}

/** EC2's word until the instance runs, then ECS's; or that the host is ready, and not of what its group starts by now. */
function describeState(host: StatusHost): string {
    const { state, containerInstance } = host;
    if (state !== "running") {
        return state;
    }
    if (containerInstance === undefined) {
        return "no agent";
    }
    if (!containerInstance.agentConnected) {
        return "disconnected";
    }
    return containerInstance.status !== "ACTIVE"
        ? containerInstance.status.toLowerCase()
        : isOfOlderVersion(host)
          ? "outdated"
          : "connected";
}

function renderServices({ services }: EnvironmentStatus): string {
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
    );
}

function readyCount(status: EnvironmentStatus): number {
    return status.hosts.filter((host) => host.ready).length;
}

function count(number: number, noun: string): string {
    return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
