import type { StorageWish } from "../userData/userDataFacts";
import type { BootLog } from "./bootLog";
import type { StoppedDecision, WaitingDecision } from "./decision";
import { formatted } from "./hostFacts";
import type { HostFacts, VolumeFacts } from "./hostFacts";

/** How long a real bootstrap waits for its volume; what a simulated one says it has waited. */
const volumeWaitSeconds = 600;

/** Puts docker's storage in place the way the bootstrap does, or says why it cannot. */
export function prepareStorage(
    wish: StorageWish,
    facts: HostFacts,
    log: BootLog,
): { readonly outcome?: StoppedDecision | WaitingDecision; readonly formattedVolumes: readonly string[] } {
    if (wish.mode === "volume") {
        return prepareVolume(wish, facts, log);
    }
    log.step("storage", "ok", 0);
    return { formattedVolumes: [] };
}

function prepareVolume(
    wish: StorageWish,
    facts: HostFacts,
    log: BootLog,
): { readonly outcome?: StoppedDecision | WaitingDecision; readonly formattedVolumes: readonly string[] } {
    const volume = facts.volumes.find((one) => isWanted(one, wish));
    if (volume === undefined) {
        const what = `docker volume ${wish.volumeId ?? ""} (${wish.deviceName ?? ""})`;
        return facts.patience.volumeOver
            ? stop(log, volumeWaitSeconds, `${what} was not attached within ${volumeWaitSeconds} s`)
            : { outcome: { kind: "waiting", for: "volume" }, formattedVolumes: [] };
    }
    const device = deviceNode(facts, volume);
    const { signature, label } = volume.content;
    if (signature === "") {
        log.step("storage", "ok", 1, `formatted ${device}`);
        return { formattedVolumes: [volume.volumeId] };
    }
    if (signature !== formatted.signature) {
        const what = signature === "partition table" ? "a partition table" : signature;
        return stop(log, 0, `${device} carries ${what}, expected btrfs or nothing: not formatted`);
    }
    if (label !== formatted.label) {
        const hint = `btrfs filesystem label ${device} ${formatted.label ?? ""}`;
        return stop(log, 0, `${device} carries btrfs of another label: not used; for its data: ${hint}`);
    }
    log.step("storage", "ok", 0);
    return { formattedVolumes: [] };
}

/** By id where there is one, whatever the device name; else by the name it was attached under. */
function isWanted(volume: VolumeFacts, { volumeId, deviceName = "" }: StorageWish): boolean {
    return volumeId === undefined
        ? volume.deviceName.replace("/dev/xvd", "/dev/sd") === deviceName
        : volume.volumeId === volumeId;
}

function stop(
    log: BootLog,
    seconds: number,
    reason: string,
): { readonly outcome: StoppedDecision; readonly formattedVolumes: readonly string[] } {
    log.step("storage", "failed", seconds, reason);
    log.system("systemd[1]: Assertion failed for Amazon Elastic Container Service - container agent.");
    return {
        outcome: { kind: "stopped", step: "storage", reason, retries: false, formattedVolumes: [] },
        formattedVolumes: [],
    };
}

/** Families on the Xen hypervisor. Source: EC2 instance types guide, "Amazon EC2 instance type specifications". */
const xenFamilies = "c1 c3 c4 d2 f1 g3 g3s h1 i2 i3 m1 m2 m3 m4 p2 p3 r3 r4 t1 t2 x1 x1e".split(" ");

/**
 * What the kernel calls a volume: on Nitro an NVMe disk with a number that says nothing, on Xen the name that it is
 * attached under (EBS user guide, "Device names for volumes").
 */
function deviceNode({ instanceType, volumes }: HostFacts, volume: VolumeFacts): string {
    const [family = "", size] = instanceType.split(".");
    const isXen = xenFamilies.includes(family) && size !== "metal";
    return isXen
        ? volume.deviceName.replace("/dev/sd", "/dev/xvd")
        : `/dev/nvme${volumes.indexOf(volume) + 1}n1`;
}
