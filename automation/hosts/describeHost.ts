import { hostNumberIn } from "../../components/model/tags";
import { readHostImageName, slesVersion } from "../../components/model/images/hostImageName";
import type { Host } from "../ports/aws";
import type { Io } from "../ports/io";
import { renderTable, tableLook } from "../output/table";
import { isOfOlderVersion } from "./launchTemplates";

/** Of a host that an update has left that was killed. */
export const strayRemark = "it carries this environment's tags, and the state does not know it";

/** The image of a host: its full name, `suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64`, would take half the line. */
export function describeImage({ imageName, imageId }: Pick<Host, "imageName" | "imageId">): string {
    const image = imageName === undefined ? undefined : readHostImageName(imageName);
    return image === undefined || "reason" in image
        ? (imageName ?? imageId)
        : `${slesVersion(image)} ${image.date}`;
}

/** How many tasks a host has; undefined while no agent has registered. */
export function describeTasks({ containerInstance }: Pick<Host, "containerInstance">): string | undefined {
    if (containerInstance === undefined) {
        return undefined;
    }
    const { runningTasks, pendingTasks } = containerInstance;
    return pendingTasks === 0 ? String(runningTasks) : `${runningTasks} + ${pendingTasks} pending`;
}

/** `1 (i-0123)`, or the id alone for a host of a group. */
export function nameOfHost(host: Pick<Host, "instanceId" | "tags">): string {
    const number = hostNumberIn(host.tags);
    return number === undefined ? host.instanceId : `${number} (${host.instanceId})`;
}

/** EC2's word until the instance runs, then ECS's; or that the host is ready, and not of what its group starts by now. */
export function describeState(host: Host): string {
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

export function addressesOf({ privateIpAddress, publicIpAddress }: Host): string {
    return [privateIpAddress, publicIpAddress].filter(Boolean).join(" ");
}

/** What there is to know of hosts that have just come. */
export function renderHosts(hosts: readonly Host[], io: Io): string {
    return renderTable(
        ["HOST", "INSTANCE", "STATE", "AGENT", "TASKS", "ADDRESSES"],
        hosts.map((host) => [
            hostNumberIn(host.tags)?.toString(),
            host.instanceId,
            describeState(host),
            host.containerInstance?.agentVersion,
            describeTasks(host),
            addressesOf(host),
        ]),
        tableLook(io, ["ADDRESSES", "AGENT"]),
    );
}
