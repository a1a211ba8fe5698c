import { hostCapabilities } from "../capabilities/hostCapabilities";
import { architectureOf } from "../instanceTypes";
import { agentFields, agentValues } from "../agent/agentVariables";
import type { SlesGeneration } from "../images/hostImageName";
import type { Problem } from "../problem";
import { hostProxy } from "../proxy/hostProxy";
import { packUserData, type HostFacts, type StorageFacts } from "../userData";
import type { ResolvedSettings } from "./resolve";
import type { ResolvedDockerStorage } from "./sections/dockerStorage";
import type { Rule } from "./rule";

/** Parts named in a complaint at most; the rest would not help. */
const partsNamed = 3;

/**
 * EC2 takes 16 KiB of user data (EC2 user guide, "Run commands at launch"), which is compressed where it is longer.
 * Without this rule people would hear of it in the middle of an `up`.
 */
export const userDataFits: Rule = {
    sections: [
        "agent",
        "hosts",
        "dockerStorage",
        "clusterName",
        "hostImage",
        "proxy",
        "network",
        "capabilities",
    ],
    check({ settings }) {
        const tooLarge = hostKinds(settings).some((facts) => !fits(facts));
        return tooLarge ? complaint(settings) : undefined;
    },
};

function fits(facts: HostFacts): boolean {
    try {
        packUserData(facts);
        return true;
    } catch (error) {
        if (error instanceof RangeError) {
            return false;
        }
        throw error;
    }
}

/** No region has a longer name, and which one it is is not known here. */
const longestRegion = "ap-northeast-1";

/** The hosts of an environment as far as their user data differs in length. */
function hostKinds(settings: ResolvedSettings): HostFacts[] {
    const { clusterName, hosts, hostImage, dockerStorage, agent, network } = settings;
    const proxy = hostProxy(settings.proxy, network, longestRegion);
    const generation: SlesGeneration = hostImage.generation;
    const architecture = architectureOf(hosts.instanceType);
    const capabilities = hostCapabilities(settings.capabilities, longestRegion, architecture);
    const common = { clusterName, generation, packages: hosts.packages, agent, capabilities, proxy };
    const storages: StorageFacts[] = [storageFacts(dockerStorage)];
    if (dockerStorage.mode === "volume" && dockerStorage.hosts !== undefined) {
        storages.push({ mode: "imageStore" });
    }
    return storages.map((storage) => ({ ...common, storage }));
}

function storageFacts(storage: ResolvedDockerStorage): StorageFacts {
    return storage.mode === "volume"
        ? { mode: "volume", volumeId: "vol-0123456789abcdef0", deviceName: "/dev/sdf" }
        : storage;
}

function complaint({ agent, hosts, dockerStorage, proxy }: ResolvedSettings): Problem {
    const options = dockerStorage.mode === "driver" ? dockerStorage.options : {};
    const parts = [
        ...agentFields
            .filter((field) => agent[field] !== undefined)
            .map((field) => ({
                path: `agent.${field}`,
                bytes: sizeOf(Object.values(agentValues({ [field]: agent[field] }))),
            })),
        { path: "hosts.packages", bytes: sizeOf(hosts.packages) },
        { path: "proxy.noProxy", bytes: sizeOf(proxy?.noProxy ?? []) },
        { path: "dockerStorage.options", bytes: sizeOf(Object.entries(options).flat()) },
    ]
        .filter(({ bytes }) => bytes > 0)
        .sort((a, b) => b.bytes - a.bytes);
    const longest = parts.slice(0, partsNamed).map(({ path, bytes }) => `${path} (${bytes} bytes)`);
    return {
        path: parts[0]?.path ?? "agent",
        message:
            "too long: together with the bootstrap, the settings that hosts are told make more user data than the 16 KiB that EC2 takes, even compressed, or more than 128 KiB before",
        hint: `shorten the longest: ${longest.join(", ")}`,
        severity: "error",
    };
}

function sizeOf(texts: readonly string[]): number {
    return texts.reduce((sum, text) => sum + Buffer.byteLength(text, "utf8"), 0);
}
