import type { HostFacts, VolumeFacts } from "./hostFacts";

/** Families on the Xen hypervisor. Source: EC2 instance types guide, "Amazon EC2 instance type specifications". */
const xenFamilies = "c1 c3 c4 d2 f1 g3 g3s h1 i2 i3 m1 m2 m3 m4 p2 p3 r3 r4 t1 t2 x1 x1e".split(" ");

/**
 * What the kernel calls a volume: on Nitro an NVMe disk with a number that says nothing, on Xen the name that it is
 * attached under (EBS user guide, "Device names for volumes").
 */
export function deviceNode({ instanceType, volumes }: HostFacts, volume: VolumeFacts): string {
    const [family = "", size] = instanceType.split(".");
    const isXen = xenFamilies.includes(family) && size !== "metal";
    return isXen
        ? volume.deviceName.replace("/dev/sd", "/dev/xvd")
        : `/dev/nvme${volumes.indexOf(volume) + 1}n1`;
}
