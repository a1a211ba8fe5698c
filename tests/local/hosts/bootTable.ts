import type { HostFacts, VolumeFacts } from "../../../local/hosts/decide/hostFacts";
import { allowing, bootstrapUserData, clusterArn } from "./facts";

export const early = "#cloud-config\nbootcmd:\n- echo ECS_CLUSTER=dev >> /etc/ecs/ecs.config\n";
export const onVolume = bootstrapUserData({
    storage: "STORAGE=volume\nVOLUME_ID=vol-1\nVOLUME_DEVICE=/dev/sdf",
});
export const byDevice = bootstrapUserData({ storage: "STORAGE=volume\nVOLUME_DEVICE=/dev/sdf" });
const overwriting = "#cloud-config\nwrite_files:\n- {path: /etc/ecs/ecs.config, content: ECS_CLUSTER=dev}\n";
const sles12 = "suse-sles-12-sp5-v20210606-ecs-hvm-ssd-x86_64";
const sles16 = { imageName: "suse-sles-16-0-v20260703-ecs-hvm-ssd-x86_64" };
export const noWayOut = {
    network: { hasPublicAddress: true, httpsAllowed: true, aclAllows: true, routes: [], endpoints: [] },
};
export const volume = (signature: string, deviceName = "/dev/sdf", label?: string): VolumeFacts => ({
    volumeId: "vol-1",
    deviceName,
    content: { signature, ...(label !== undefined && { label }) },
});
const giveUp = { patience: { volumeOver: true, downloadOver: true } };
const role = (...policies: ReturnType<typeof allowing>[]) => ({
    role: { kind: "role" as const, roleName: "r", policies },
});

/** What happens, the user data, what is different from a healthy host, the outcome, and words of the boot log. */
export const bootTable: readonly (readonly [string, string, Partial<HostFacts>, string, RegExp])[] = [
    [
        "joins its cluster through the bootstrap",
        bootstrapUserData(),
        {},
        "registered dev",
        /step=start result=ok/,
    ],
    ["joins a cluster that plain cloud-config names in time", early, {}, "registered dev", /cluster="dev"/],
    [
        "joins default where no cluster is configured",
        "",
        { activeClusters: ["default"] },
        "registered default",
        /not configured/,
    ],
    [
        "makes default where it is missing and allowed",
        "",
        { activeClusters: [] },
        "registered default",
        /Registered/,
    ],
    [
        "may not make default",
        "",
        { activeClusters: [], ...role(allowing(["ecs:Register*", "ecs:Poll", "ecs:Discover*"])) },
        "stopped register...",
        /ecs:CreateCluster/,
    ],
    [
        "a shell script comes too late",
        "#!/bin/sh\necho ECS_CLUSTER=dev >> /etc/ecs/ecs.config",
        { activeClusters: ["default", "dev"] },
        "registered default",
        /changed after the agent had started/,
    ],
    [
        "a shell script counts from the second boot on, against the saved cluster",
        "#!/bin/sh\necho ECS_CLUSTER=dev >> /etc/ecs/ecs.config",
        { memory: { earlierBoots: 1, registeredCluster: "default" } },
        "stopped agent",
        /saved cluster 'default' does not match configured cluster 'dev'/,
    ],
    [
        "the bootstrap makes the agent forget another cluster",
        bootstrapUserData(),
        { memory: { earlierBoots: 1, registeredCluster: "old", recordedCluster: "old" } },
        "registered dev",
        /made the agent forget cluster old/,
    ],
    [
        "the bootstrap makes an agent forget that was faster than it",
        bootstrapUserData(),
        { memory: { earlierBoots: 0, registeredCluster: "default" } },
        "registered dev",
        /made the agent forget where it had registered/,
    ],
    [
        "the bootstrap leaves the agent its memory of the right cluster",
        bootstrapUserData(),
        { memory: { earlierBoots: 1, registeredCluster: "dev", recordedCluster: "dev" } },
        "registered dev",
        /step=configure result=ok seconds=0 reason=""/,
    ],
    [
        "the named cluster does not exist",
        early,
        { activeClusters: [] },
        "stopped register...",
        /ClusterNotFoundException/,
    ],
    [
        "no instance profile",
        early,
        { role: { kind: "none" } },
        "stopped credentials...",
        /NoCredentialProviders.*no instance profile/,
    ],
    [
        "an instance profile without a role",
        early,
        { role: { kind: "unusable", why: "instance profile p holds no role" } },
        "stopped credentials...",
        /holds no role/,
    ],
    [
        "the role may not register",
        early,
        role(allowing(["ecs:Poll"])),
        "stopped register...",
        /AccessDeniedException.*ecs:RegisterContainerInstance/,
    ],
    [
        "the role may register in another cluster only",
        early,
        role(allowing(["ecs:*"], clusterArn.replace("dev", "prod"))),
        "stopped register...",
        /AccessDeniedException/,
    ],
    [
        "the role may register and not poll",
        early,
        role(allowing(["ecs:RegisterContainerInstance"])),
        "registered dev disconnected",
        /ecs:Poll/,
    ],
    ["no route to S3, for now", early, noWayOut, "waiting download", /cloud-init/],
    [
        "no route to S3 on SLES 15, whose unit tries again",
        early,
        { ...noWayOut, ...giveUp },
        "stopped download...",
        /i\/o timeout[^]*Failed to start[^]*Scheduled restart/,
    ],
    [
        "no route to S3 on SLES 12, whose unit does not",
        early,
        { ...noWayOut, ...giveUp, imageName: sles12 },
        "stopped download",
        /i\/o timeout[^]*Failed to start.*\n(?!.*Scheduled restart)/,
    ],
    [
        "no route to S3 on SLES 12, with an agent that is started again",
        bootstrapUserData({ restart: true }),
        { ...noWayOut, ...giveUp, imageName: sles12 },
        "stopped download...",
        /Failed to start/,
    ],
    [
        "S3 through an endpoint, and no way to ECS",
        early,
        { network: { ...noWayOut.network, endpoints: [{ service: "s3", usable: true }] } },
        "stopped endpoint...",
        /ecs\.us-east-1\.amazonaws\.com/,
    ],
    [
        "the agent is in the cache already and needs no S3",
        early,
        { ...noWayOut, memory: { earlierBoots: 1, registeredCluster: "dev" } },
        "stopped endpoint...",
        /in the cache/,
    ],
    ["the volume is not there yet", onVolume, {}, "waiting volume", /step=hold result=ok/],
    [
        "the volume never comes",
        onVolume,
        giveUp,
        "stopped storage",
        /step=storage result=failed seconds=600 reason="docker volume vol-1 \(\/dev\/sdf\) was not attached/,
    ],
    [
        "a blank volume is formatted",
        onVolume,
        { volumes: [volume("")] },
        "registered dev",
        /formatted \/dev\/nvme1n1/,
    ],
    [
        "a volume of ours is mounted",
        onVolume,
        { volumes: [volume("btrfs", "/dev/sdf", "sles-ecs-docker")] },
        "registered dev",
        /step=storage result=ok seconds=\d+ reason=""/,
    ],
    [
        "a foreign volume is never formatted",
        onVolume,
        { volumes: [volume("ext4")] },
        "stopped storage",
        /carries ext4, expected btrfs or nothing: not formatted/,
    ],
    [
        "somebody else's btrfs is not used",
        onVolume,
        { volumes: [volume("btrfs", "/dev/sdf", "home")] },
        "stopped storage",
        /btrfs filesystem label \/dev\/nvme1n1 sles-ecs-docker/,
    ],
    [
        "a disk with partitions is never formatted",
        onVolume,
        { volumes: [volume("partition table")] },
        "stopped storage",
        /carries a partition table, expected btrfs or nothing: not formatted/,
    ],
    [
        "the volume counts by its id, whatever its name",
        onVolume,
        { volumes: [volume("", "/dev/sdz")] },
        "registered dev",
        /formatted/,
    ],
    [
        "another volume under its name is not it",
        onVolume,
        { volumes: [{ ...volume(""), volumeId: "vol-2" }] },
        "waiting volume",
        /hold/,
    ],
    [
        "a volume without a known id counts by its name",
        byDevice,
        { volumes: [{ ...volume("", "/dev/xvdf"), volumeId: "vol-9" }] },
        "registered dev",
        /formatted/,
    ],
    [
        "a storage mode that nobody knows",
        bootstrapUserData({ storage: "STORAGE=tape" }),
        {},
        "stopped held",
        /STORAGE is 'tape'/,
    ],
    [
        "a driver needs no volume",
        bootstrapUserData({ storage: "STORAGE=driver\nDOCKER_OPTIONS=--storage-driver=overlay2" }),
        {},
        "registered dev",
        /step=storage result=ok/,
    ],
    [
        "held back and never started",
        bootstrapUserData({ leaveOut: "start" }),
        {},
        "stopped held",
        /nothing starts sles-ecs-bootstrap/,
    ],
    [
        "held back, configured late, and started",
        "#cloud-config\nbootcmd:\n- systemctl stop amazon-ecs\nruncmd:\n- echo ECS_CLUSTER=dev >> /etc/ecs/ecs.config\n- systemctl start --no-block amazon-ecs\n",
        {},
        "registered dev",
        /Registered/,
    ],
    [
        "SLES without ECS",
        early,
        { imageName: "suse-sles-15-sp7-v20260925-hvm-ssd-x86_64" },
        "stopped image",
        /Unit amazon-ecs\.service not found/,
    ],
    [
        "SLES without ECS, with the bootstrap",
        bootstrapUserData(),
        { imageName: "suse-sles-15-sp7-chost-byos-v20260924-hvm-ssd-x86_64" },
        "stopped image",
        /step=start result=failed/,
    ],
    [
        "another distribution",
        early,
        { imageName: "al2023-ami-ecs-hvm-2023.0.20260930-kernel-6.1-x86_64" },
        "stopped image",
        /not found/,
    ],
    [
        "SLES 16 keeps the line it ships",
        early,
        sles16,
        "registered dev",
        /SUSE Linux Enterprise Server 16\.0/,
    ],
    ["SLES 16 without the line it ships", overwriting, sles16, "stopped agent", /avc:  denied/],
    ["SLES 15 ships no line to lose", overwriting, {}, "registered dev", /15 SP7/],
];
