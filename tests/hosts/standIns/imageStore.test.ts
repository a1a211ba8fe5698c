import { expect } from "chai";
import { BareHost } from "./bareHost";

/** SUSE-Enceladus/container-img-store-setup 1.0.1, usr/sbin/docker-img-store-setup and its unit. */
describe("the stand-in for docker-img-store-setup", () => {
    const line = "/var/lib/docker-storage.btrfs /var/lib/docker btrfs defaults 0 0";
    let host: BareHost;

    before(async () => {
        host = await BareHost.boot({ generation: 15 });
    });

    after(() => host.close());

    it("makes a thin file of 100 GiB with btrfs on it: qemu-img create … 100g, mkfs.btrfs", async () => {
        const file = "/var/lib/docker-storage.btrfs";
        const [bytes, blocks] = (await host.output(`stat -c '%s %b' ${file}`)).split(" ").map(Number);
        expect(bytes).to.equal(107_374_182_400);
        expect(blocks! * 512).to.be.below(1_000_000_000);
        expect(await host.output(`blkid -p -o value -s TYPE ${file}`)).to.equal("btrfs");
    });

    it("adds its line to /etc/fstab, and mounts /var/lib/docker from the file", async () => {
        expect(await host.output("grep /var/lib/docker /etc/fstab")).to.equal(line);
        const source = "$(findmnt -rno SOURCE -t btrfs /var/lib/docker)";
        expect(await host.output(`losetup -nO BACK-FILE "${source}"`)).to.equal(
            "/var/lib/docker-storage.btrfs",
        );
    });

    for (const type of ["btrfs", "xfs"]) {
        it(`does nothing where /var/lib/docker-storage.${type} is there, be it empty`, async () => {
            const before = await host.output("cat /etc/fstab");
            await host.output(
                `cd /var/lib && mv docker-storage.btrfs aside && : >docker-storage.${type} &&
                /usr/sbin/docker-img-store-setup`,
            );
            expect(await host.output("cd /var/lib && stat -c '%n %s' docker-storage.*")).to.equal(
                `docker-storage.${type} 0`,
            );
            expect(await host.output("cat /etc/fstab")).to.equal(before);
            await host.output(`cd /var/lib && rm docker-storage.${type} && mv aside docker-storage.btrfs`);
        });
    }

    it("is a unit before docker that counts as started at once, as it has no Type=", async () => {
        expect(await host.unitLines("docker-img-store-setup.service")).to.deep.equal([
            "[Unit]",
            "Requires=local-fs.target",
            "After=local-fs.target",
            "Before=docker.service",
            "[Service]",
            "ExecStart=/usr/sbin/docker-img-store-setup",
            "[Install]",
            "WantedBy=multi-user.target",
        ]);
        expect(await host.output("systemctl show -P Type docker-img-store-setup.service")).to.equal("simple");
    });

    it("keeps its store over a second boot without user data", async () => {
        const uuid = "blkid -p -o value -s UUID /var/lib/docker-storage.btrfs";
        const before = await host.output(uuid);
        const again = await host.reboot();
        expect(await again.output(uuid)).to.equal(before);
        expect(await again.output("grep -c /var/lib/docker /etc/fstab")).to.equal("1");
        expect(await again.output("findmnt -rno FSTYPE /var/lib/docker")).to.equal("btrfs");
    });
});
