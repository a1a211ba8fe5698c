import { expect } from "chai";
import { BareHost } from "./bareHost";

/**
 * EBS user guide, "Amazon EBS volumes and NVMe": the volume id stands in the serial number without its hyphen, the
 * device name of the request in the vendor's bytes of the controller's data; device numbers say nothing.
 */
describe("the stand-ins for EBS volumes on Nitro", () => {
    let host: BareHost;
    const identify = (device: string) => `nvme id-ctrl --raw-binary ${device}`;

    before(async () => {
        const disks = [
            { volumeId: "vol-0fedcba9876543210", deviceName: "/dev/sdg" },
            { volumeId: "vol-0123456789abcdef0", deviceName: "/dev/sdf" },
        ];
        host = await BareHost.boot({ generation: 15 }, {}, disks);
    });

    after(() => host.close());

    it("have the volume id without its hyphen as their serial number", async () => {
        expect(await host.output("cat /sys/block/nvme1n1/device/serial")).to.equal("vol0fedcba9876543210");
        expect(await host.output("cat /sys/block/nvme2n1/device/serial")).to.equal("vol0123456789abcdef0");
    });

    it("are called Amazon Elastic Block Store", async () => {
        expect(await host.output("cat /sys/block/nvme1n1/device/model")).to.equal(
            "Amazon Elastic Block Store",
        );
    });

    it("have the name they were attached under in bytes 3073 to 3104: nvme id-ctrl | cut -c3073-3104", async () => {
        const name = `${identify("/dev/nvme2")} | tr '\\0' . | cut -c3073-3104 | tr ' ' _`;
        expect(await host.output(name)).to.equal("/dev/sdf________________________");
    });

    it("give 4096 bytes of controller data with vendor, serial number and model where NVMe has them", async () => {
        expect(await host.output(`${identify("/dev/nvme1")} | wc -c`)).to.equal("4096");
        expect(await host.output(`${identify("/dev/nvme1")} | head -c 2 | od -An -tx2`)).to.equal(" 1d0f");
        expect(await host.output(`${identify("/dev/nvme1")} | head -c 64 | tail -c 60`)).to.equal(
            "vol0fedcba9876543210Amazon Elastic Block Store",
        );
    });

    it("are linked by id, as 60-persistent-storage.rules of systemd does", async () => {
        expect(
            await host.output(
                "cd /dev/disk/by-id && readlink nvme-Amazon_Elastic_Block_Store_vol0123456789abcdef0",
            ),
        ).to.equal("../../nvme2n1");
    });

    it("are not linked by the name they were attached under, which only Amazon Linux does", async () => {
        expect(await host.output("ls /dev | grep -c -e ^sd -e ^xvd || true")).to.equal("0");
    });

    it("say nothing of a device that is none", async () => {
        expect(await host.exitCode(identify("/dev/nvme9"))).to.not.equal(0);
    });
});
