import type { HostFacts } from "../../../local/hosts/decide/hostFacts";
import { byDevice, noWayOut, volume } from "./bootTable";
import { bootstrapUserData } from "./facts";

const withPackages = bootstrapUserData({ storage: "STORAGE=imageStore\nPACKAGES=htop strace" });
const usable = (service: string, kind: "gateway" | "interface" = "interface") => ({
    service,
    kind,
    usable: true,
});
const onlyEndpoints = {
    network: {
        ...noWayOut.network,
        endpoints: [
            usable("s3", "gateway"),
            ...["ecs", "ecs-agent", "ecs-telemetry"].map((name) => usable(name)),
        ],
    },
};

/** Rows like those of `bootTable`: what hosts meet on their disks and with packages. */
export const hostTable: readonly (readonly [string, string, Partial<HostFacts>, string, RegExp])[] = [
    [
        "a root disk without room for user data",
        bootstrapUserData(),
        { rootDiskIsFull: true },
        "stopped held",
        /No space left on device/,
    ],
    [
        "a root disk that is full once the host is prepared",
        bootstrapUserData(),
        {
            rootDiskIsFull: true,
            memory: { earlierBoots: 1, registeredCluster: "dev", recordedCluster: "dev" },
        },
        "registered dev",
        /step=start result=ok/,
    ],
    [
        "more memory held back than the host has, as the agent says before it turns to ECS",
        bootstrapUserData({ agentLines: ["ECS_RESERVED_MEMORY=3933"] }),
        { role: { kind: "none" } },
        "stopped agent...",
        /level=critical [^\n]*Unable to fetch host resources/,
    ],
    [
        "all memory held back, which leaves a host without any for tasks",
        bootstrapUserData({ agentLines: ["ECS_RESERVED_MEMORY=3932"] }),
        {},
        "registered dev",
        /Remaining memory[^\n]*remainingMemory="?0/,
    ],
    [
        "packages come when the agent has registered",
        withPackages,
        {},
        "registered dev",
        /Registered[^]*step=packages result=ok seconds=\d+ reason="installed htop strace"/,
    ],
    [
        "packages that are there already",
        withPackages,
        { memory: { earlierBoots: 1, registeredCluster: "dev", recordedCluster: "dev" } },
        "registered dev",
        /step=packages result=ok seconds=0 reason=""/,
    ],
    [
        "no way to SUSE's update servers, and endpoints for all of AWS",
        withPackages,
        onlyEndpoints,
        "registered dev",
        /Registered[^]*step=packages result=failed seconds=900 reason="zypper could not install htop strace/,
    ],
    [
        "a group's volume on Nitro",
        byDevice,
        { volumes: [volume("")] },
        "registered dev",
        /formatted \/dev\/nvme1n1/,
    ],
    [
        "a group's volume on Xen",
        byDevice,
        { volumes: [volume("")], instanceType: "m4.large" },
        "registered dev",
        /formatted \/dev\/xvdf/,
    ],
];
