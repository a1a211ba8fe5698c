import { attributeNames } from "../../components/model/attributes";
import { lackingCapabilities, lackingText } from "../../components/model/capabilities/lacking";
import { lacksCapacityProvider } from "../../components/model/diagnosis/ready";
import {
    storageOfHost,
    type ResolvedCapabilities,
    type ResolvedDockerStorage,
} from "../../components/model/settings";
import type { HostStage } from "../../components/model/runRecord";
import { hostNumberIn } from "../../components/model/tags";
import type { Host } from "../ports/aws";

/** What makes a host a ready one. */
export interface WantedHost {
    readonly clusterName: string;
    /** @default - docker may keep its data wherever the host says */
    readonly dockerStorage?: ResolvedDockerStorage;
    /** Through which the cluster uses the group of the hosts. @default - whatever the host names */
    readonly capacityProvider?: string;
    /** What its agent has to offer beside that. @default - nothing */
    readonly capabilities?: ResolvedCapabilities;
    /** What of this could not be read, with AWS's reason. @default - nothing */
    readonly unread?: readonly string[];
}

export interface HostVerdict {
    readonly host: Host;
    readonly ready: boolean;
    /** How far the host has got, or why it is not ready; one line without a full stop. */
    readonly reached: string;
}

const storageWords: Readonly<Record<string, string>> = {
    imageStore: "the store of the image (imageStore)",
    volume: "its own volume (volume)",
    driver: "the driver of the settings (driver)",
};

/** Decides from EC2's and ECS's own words whether a host is ready. */
export function judgeHost(host: Host, wanted: WantedHost): HostVerdict {
    const obstacle = ec2Obstacle(host) ?? ecsObstacle(host, wanted);
    return { host, ready: obstacle === undefined, reached: obstacle ?? "ready" };
}

/** The same in a word. */
export function stageOf({ host, ready }: Pick<HostVerdict, "host" | "ready">): HostStage {
    if (ready) {
        return "ready";
    }
    switch (host.state) {
        case "pending":
            return "starting";
        case "running":
            return host.containerInstance === undefined ? "booting" : "joining";
        default:
            return "stopped";
    }
}

function ec2Obstacle(host: Host): string | undefined {
    const because = host.stateReason === undefined ? "" : `: ${host.stateReason}`;
    switch (host.state) {
        case "running":
            return undefined;
        case "pending":
            return "EC2 is still starting the instance";
        default:
            return `the instance is ${host.state}${because}`;
    }
}

function ecsObstacle({ containerInstance: instance, ...host }: Host, wanted: WantedHost): string | undefined {
    if (instance === undefined) {
        return host.hasInstanceProfile
            ? "the instance runs, no ECS agent has registered yet"
            : "the instance has no instance profile, so its agent may not register";
    }
    if (instance.clusterName !== wanted.clusterName) {
        return inAnotherCluster(instance.clusterName, wanted.clusterName);
    }
    if (!instance.agentConnected) {
        return "its agent has registered, but is not connected";
    }
    if (instance.status !== "ACTIVE") {
        return `its agent is connected, but the container instance is ${instance.status} instead of ACTIVE`;
    }
    if (lacksCapacityProvider(instance, wanted)) {
        return `its agent is connected, but registered before its group had capacity provider ${wanted.capacityProvider}`;
    }
    const storage =
        wanted.dockerStorage === undefined
            ? undefined
            : storageObstacle(
                  instance.attributes[attributeNames.dockerStorage],
                  storageOfHost(wanted.dockerStorage, hostNumberIn(host.tags)).mode,
              );
    const lacking = lackingCapabilities(wanted.capabilities, instance.attributes);
    return (
        storage ??
        (lacking.length > 0 ? `its agent is connected, but lacks ${lackingText(lacking)}` : undefined)
    );
}

function storageObstacle(
    found: string | undefined,
    wanted: ResolvedDockerStorage["mode"],
): string | undefined {
    if (found === wanted) {
        return undefined;
    }
    const expected = `instead of ${storageWords[wanted]}`;
    return found === undefined
        ? `its agent is connected, but nothing says where docker keeps its data (no attribute ${attributeNames.dockerStorage}), ${expected.replace("instead of", "expected")}`
        : `docker keeps its data in ${storageWords[found] ?? found} ${expected}`;
}

/** What is said of a host whose agent is in another cluster. */
export function inAnotherCluster(cluster: string, expected: string): string {
    return `its agent registered in cluster ${cluster} instead of ${expected}`;
}
