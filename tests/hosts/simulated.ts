import { leastPrivilegePolicy } from "../../components/model/iam/leastPrivilegePolicy";
import { parseBootLog, type BootStep } from "../../components/model/bootLog";
import { encodedUserData } from "../../components/model/userData";
import { decideBoot } from "../../local/hosts/decide/decideBoot";
import {
    formatted,
    type HostFacts,
    type HostMemory,
    type VolumeContent,
} from "../../local/hosts/decide/hostFacts";
import type { PolicyDocument } from "../../local/hosts/decide/policy";
import { clusterArn, healthyHost } from "../local/hosts/facts";
import type { HostCase } from "./cases";
import type { DiskContent } from "./machine/disks";

/** What the simulator of the local cloud makes of one boot. */
export interface SimulatedBoot {
    readonly registered: string | undefined;
    readonly steps: readonly BootStep[];
    /** What its agent offers, and what is installed for that. */
    readonly capabilities: readonly string[];
    readonly installed: readonly string[];
    readonly formatted: readonly string[];
}

const images = {
    12: "suse-sles-12-sp5-v20210606-ecs-hvm-ssd-x86_64",
    15: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
    16: "suse-sles-16-0-v20260703-ecs-hvm-ssd-x86_64",
};

const contents: Readonly<Record<DiskContent, VolumeContent>> = {
    blank: { signature: "" },
    ours: formatted,
    foreignBtrfs: { signature: "btrfs", label: "backups" },
    ext4: { signature: "ext4" },
    lvm: { signature: "LVM2_member" },
    partitionTable: { signature: "partition table" },
};

/** Puts the host of a case to the simulator, boot by boot, once whatever comes late has come. */
export function simulate(hostCase: HostCase): SimulatedBoot[] {
    const onDisks = new Map((hostCase.disks ?? []).map((disk) => [disk.volumeId, contents[disk.content]]));
    let memory: HostMemory = { earlierBoots: 0, ...hostCase.agentMemory };
    const boots: SimulatedBoot[] = [];
    for (let number = 1; number <= (hostCase.boots ?? 1); number += 1) {
        const boot = simulateBoot(hostCase, { memory, onDisks, number });
        boots.push(boot);
        boot.formatted.forEach((volumeId) => onDisks.set(volumeId, formatted));
        const cluster = boot.registered;
        const known = cluster === undefined ? {} : { registeredCluster: cluster, recordedCluster: cluster };
        memory = hostCase.isReplaced
            ? { earlierBoots: 0 }
            : { ...memory, ...known, installed: boot.installed, earlierBoots: number };
    }
    return boots;
}

/** No way out, and something that runs at the proxy's address. */
const onlyBehindProxy: HostFacts["network"] = {
    hasPublicAddress: false,
    httpsAllowed: true,
    aclAllows: true,
    routes: [],
    endpoints: [],
    neighbours: ["10.0.0.10"],
};

/** The capabilities that ECS knows of what registered; others are none of the bootstrap's. */
export function capabilitiesIn(attributes: Readonly<Record<string, string>>): string[] {
    return Object.keys(attributes)
        .filter((name) => /^ecs\.capability\.(efs|execute-command|service-connect-v1)$/.test(name))
        .sort();
}

interface Past {
    readonly memory: HostMemory;
    readonly onDisks: ReadonlyMap<string, VolumeContent>;
    /** 1 for the first boot. */
    readonly number: number;
}

function simulateBoot(hostCase: HostCase, { memory, onDisks, number }: Past): SimulatedBoot {
    const { facts, disks = [], bootWithFullRootDisk, isXen } = hostCase;
    const ofCluster = clusterArn.replace(/[^/]+$/, facts.clusterName);
    const policy = JSON.parse(
        JSON.stringify(leastPrivilegePolicy(ofCluster, facts.agent ?? {})),
    ) as PolicyDocument;
    const host: HostFacts = {
        ...healthyHost(Buffer.from(encodedUserData(facts), "base64")),
        ...(hostCase.network?.isWithoutCapabilities === true && {
            faults: { capabilityDownloads: "unreachable" },
        }),
        ...(hostCase.network?.isBehindProxy === true && { network: onlyBehindProxy }),
        imageName: images[facts.generation],
        role: { kind: "role", roleName: "host", policies: [policy] },
        activeClusters: [facts.clusterName],
        volumes: disks
            .filter(({ attachedAfterSeconds }) => attachedAfterSeconds !== "never")
            .map(({ volumeId, deviceName }) => ({
                volumeId,
                deviceName,
                content: onDisks.get(volumeId) ?? contents.blank,
            })),
        ...(isXen && { instanceType: "m4.large" }),
        rootDiskIsFull: bootWithFullRootDisk === number,
        memory,
        patience: { volumeOver: true, downloadOver: true },
    };
    const decision = decideBoot(host);
    return {
        registered: decision.kind === "registered" ? decision.clusterName : undefined,
        steps: parseBootLog(decision.log),
        capabilities: decision.kind === "registered" ? capabilitiesIn(decision.attributes) : [],
        installed: decision.kind === "registered" ? decision.installed : [],
        formatted: decision.kind === "waiting" ? [] : decision.formattedVolumes,
    };
}

/** What two boot logs have to agree on: how long something took and how long it was waited for are no part of it. */
export function comparable(steps: readonly BootStep[]): string[] {
    return steps.map(
        ({ step, result, reason }) =>
            `${step} ${result} ${reason.replace(/within \d+ s$/, "within its time").replace(/(could not be downloaded: ).*/, "$1")}`,
    );
}
