import fs from "node:fs";
import { expect } from "chai";
import { btrfsLabelled, Host, hostFacts, resultsOf as results } from "./bootstrapHost";

const onVolume = { mode: "volume", volumeId: "vol-0abc", deviceName: "/dev/sdf" } as const;
const volume = hostFacts({ storage: onVolume });
const imageStore = hostFacts();
const ok = ["hold ok", "storage ok", "configure ok", "start ok"];

describe("the bootstrap and a docker volume", () => {
    const hosts: Host[] = [];
    const host = (facts: typeof imageStore): Host => {
        const made = new Host(facts);
        hosts.push(made);
        return made;
    };
    const attach = (to: Host) => {
        to.write("/dev/volume", "");
        fs.mkdirSync(to.at("/dev/disk/by-id"), { recursive: true });
        fs.symlinkSync(
            to.at("/dev/volume"),
            to.at("/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0abc"),
        );
    };
    afterEach(() => {
        for (const made of hosts.splice(0)) {
            fs.rmSync(made.root, { recursive: true, force: true });
        }
    });

    it("formats a volume without any signature, mounts it by its UUID and tells docker its driver", () => {
        const made = host(volume);
        attach(made);
        const { steps, stderr } = made.boot();
        expect(stderr).to.equal("");
        expect(results(steps)).to.deep.equal(ok);
        expect(made.calls()).to.include(`mkfs.btrfs -q -L sles-ecs-docker ${made.at("/dev/volume")}`);
        const mountPoint = made.at("/var/lib/docker");
        expect(made.read("/etc/fstab")).to.equal(
            `UUID=root / xfs defaults 0 1\nUUID=1234-abcd ${mountPoint} btrfs defaults,nofail 0 0\n`,
        );
        expect(made.read("/etc/sysconfig/docker")).to.equal('DOCKER_OPTS="--storage-driver=btrfs"\n');
    });

    it("makes the file system while docker stops, once, and says so where storage is told of", () => {
        const made = host(volume);
        attach(made);
        const done = made.at("/formatted");
        made.command("mkfs.btrfs", `: >${done}`);
        made.command("blkid", `[ -e ${done} ] || exit 2; ${btrfsLabelled("sles-ecs-docker")}`);
        made.command(
            "systemctl",
            `case "$*" in
            "is-active amazon-ecs.service docker.service") echo deactivating ;;
            is-active*) exit 3 ;;
            "stop amazon-ecs.service docker.socket docker.service")
                for _ in {1..100}; do [ ! -e ${done} ] || break; /bin/sleep 0.1; done
                [ -e ${done} ] && : >${made.at("/stoppedLast")} ;;
            esac`,
        );
        const { steps } = made.boot();
        expect(results(steps)).to.deep.equal(ok);
        expect(fs.existsSync(made.at("/stoppedLast"))).to.equal(true);
        expect(steps.map(({ reason }) => reason)).to.deep.equal([
            "",
            `formatted ${made.at("/dev/volume")}`,
            "",
            "",
        ]);
        expect(made.calls().filter((call) => call.startsWith("mkfs"))).to.have.length(1);
    });

    it("leaves docker's directory and its options as they are until docker has stopped", () => {
        const made = host(volume);
        attach(made);
        made.command("systemctl", "");
        const { steps } = made.boot();
        expect(steps).to.have.length(1);
        expect(steps[0]).to.include({ step: "hold", result: "failed", reason: "docker did not stop" });
        expect(made.calls().filter((call) => /^u?mount /.test(call))).to.deep.equal([]);
        expect(made.read("/etc/fstab")).to.equal("UUID=root / xfs defaults 0 1\n");
        expect(fs.existsSync(made.at("/etc/sysconfig/docker"))).to.equal(false);
    });

    it("keeps the data of a volume that it made itself", () => {
        const made = host(volume);
        attach(made);
        made.command("blkid", btrfsLabelled("sles-ecs-docker"));
        expect(results(made.boot().steps)).to.deep.equal(ok);
        expect(made.calls().filter((call) => call.startsWith("mkfs"))).to.deep.equal([]);
    });

    it("neither formats nor uses somebody else's btrfs, and says how to hand it over", () => {
        const made = host(volume);
        attach(made);
        made.command("blkid", btrfsLabelled("home"));
        const { steps } = made.boot();
        expect(results(steps)).to.deep.equal(["hold ok", "storage failed"]);
        expect(steps[1]?.reason).to.contain(
            `btrfs filesystem label ${made.at("/dev/volume")} sles-ecs-docker`,
        );
        expect(made.calls().filter((call) => /^mkfs|^mount /.test(call))).to.deep.equal([]);
    });

    for (const [what, body] of Object.entries({
        ext4: 'case "$*" in *TYPE*) echo ext4 ;; esac',
        "a partition table": "exit 0",
        "nothing that can be read": "exit 8",
    })) {
        it(`never formats a volume that carries ${what}, and does not start the agent`, () => {
            const made = host(volume);
            attach(made);
            made.command("blkid", body);
            const { status, steps } = made.boot();
            expect(status).to.equal(1);
            expect(results(steps)).to.deep.equal(["hold ok", "storage failed"]);
            expect(steps[0]?.reason).to.equal("");
            expect(steps[1]?.reason).to.contain("not formatted");
            expect(made.calls().filter((call) => /^mkfs|start/.test(call))).to.deep.equal([]);
        });
    }

    it("never formats a volume that cannot be read, although blkid finds nothing on it", () => {
        const made = host(volume);
        attach(made);
        made.command("head", "exit 1");
        const { steps } = made.boot();
        expect(results(steps)).to.deep.equal(["hold ok", "storage failed"]);
        expect(steps[1]?.reason).to.match(/could not be read: not formatted$/);
        expect(made.calls().filter((call) => /^mkfs|start/.test(call))).to.deep.equal([]);
    });

    it("says which volume is missing when it was not attached", () => {
        const { steps } = host(volume).boot();
        expect(results(steps)).to.deep.equal(["hold ok", "storage failed"]);
        expect(steps[1]?.reason).to.equal("docker volume vol-0abc (/dev/sdf) was not attached within 0 s");
    });

    const withOwnStore = () => {
        const made = host(volume);
        attach(made);
        const store = made.at("/var/lib/docker-storage.btrfs");
        made.write("/var/lib/docker-storage.btrfs", "data");
        made.write(
            "/etc/fstab",
            `UUID=root / xfs defaults 0 1\n${store} /var/lib/docker btrfs defaults 0 0\n`,
        );
        return { made, store };
    };

    it("takes the image's own store away for good, with whatever is in it", () => {
        const { made, store } = withOwnStore();
        made.boot();
        expect(fs.readFileSync(store, "utf8")).to.equal("data");
        expect(made.read("/etc/fstab")).to.not.contain(store);
    });

    it("makes a file that keeps the image from setting up its own store", () => {
        const made = host(volume);
        attach(made);
        made.boot();
        expect(made.read("/var/lib/docker-storage.btrfs")).to.equal("");
    });

    it("leaves fstab as it is where another device is mounted already", () => {
        const made = host(volume);
        attach(made);
        made.write("/mounted", "");
        made.command("findmnt", "echo /dev/other");
        expect(results(made.boot().steps)).to.deep.equal(["hold ok", "storage failed"]);
        expect(made.read("/etc/fstab")).to.equal("UUID=root / xfs defaults 0 1\n");
    });

    it("writes no line without a UUID", () => {
        const made = host(volume);
        attach(made);
        made.command(
            "blkid",
            'case "$*" in *UUID*) ;; *LABEL*) echo sles-ecs-docker ;; *TYPE*) echo btrfs ;; esac',
        );
        expect(made.boot().steps[1]?.reason).to.match(/has no UUID to mount it by$/);
        expect(made.read("/etc/fstab")).to.equal("UUID=root / xfs defaults 0 1\n");
    });

    it("tells systemd of fstab also where an earlier run was stopped before it could", () => {
        const made = host(volume);
        attach(made);
        made.boot();
        fs.rmSync(made.at("/mounted"));
        made.boot();
        expect(made.calls()).to.include("systemctl daemon-reload");
    });

    it("has the room of a larger volume after every boot", () => {
        const made = host(volume);
        attach(made);
        const grow = `btrfs filesystem resize max ${made.at("/var/lib/docker")}`;
        made.boot();
        expect(made.calls().indexOf(grow)).to.be.greaterThan(
            made.calls().indexOf(`mount ${made.at("/var/lib/docker")}`),
        );
        made.boot();
        expect(made.calls()).to.include(grow);
        const other = host(imageStore);
        other.boot();
        expect(other.calls().filter((call) => call.startsWith("btrfs"))).to.deep.equal([]);
    });

    it("starts the agent even where the file system cannot grow, and says so", () => {
        const made = host(volume);
        attach(made);
        made.command("btrfs", "exit 1");
        const { steps } = made.boot();
        expect(results(steps)).to.deep.equal(ok);
        expect(steps[1]?.reason).to.match(/^formatted \S+; the file system of \S+ could not grow/);
    });

    it("takes what mounting brought only where it is the volume, and says nothing to docker otherwise", () => {
        const made = host(volume);
        attach(made);
        made.command("blkid", btrfsLabelled("sles-ecs-docker"));
        made.command("findmnt", `[ -e ${made.at("/mounted")} ] && echo ${made.at("/dev/snapshotOfIt")}`);
        const { steps } = made.boot();
        expect(results(steps)).to.deep.equal(["hold ok", "storage failed"]);
        expect(steps[1]?.reason).to.match(/could not be mounted at/);
        expect(made.calls().filter((call) => call.includes("start"))).to.deep.equal([]);
    });

    it("asks each disk for the name it was attached under, whatever the number of its controller", () => {
        const made = host(hostFacts({ storage: { mode: "volume", deviceName: "/dev/sdf" } }));
        for (const disk of ["nvme1n1", "nvme2n1"]) {
            made.write(`/sys/block/${disk}/device/model`, "Amazon Elastic Block Store");
            made.write(`/dev/${disk}`, "");
        }
        const names =
            'case "$*" in *nvme1n1 | *nvme2) echo /dev/sdg ;; *nvme2n1 | *nvme1) echo /dev/sdf ;; esac';
        made.command("nvme", `head -c 3072 /dev/zero; { ${names}; } | tr -d '\\n'; head -c 1000 /dev/zero`);
        made.command("findmnt", `[ -e ${made.at("/mounted")} ] && echo ${made.at("/dev/nvme2n1")}`);
        expect(results(made.boot().steps)).to.deep.equal(ok);
        expect(made.calls().filter((call) => call.startsWith("mkfs"))).to.deep.equal([
            `mkfs.btrfs -q -L sles-ecs-docker ${made.at("/dev/nvme2n1")}`,
        ]);
    });

    it("is content when systemd mounts the volume first, and with no other mount than that", () => {
        for (const [device, storage] of [
            ["/dev/volume", "storage ok"],
            ["/dev/other", "storage failed"],
        ] as const) {
            const made = host(volume);
            attach(made);
            made.command("mount", `: >${made.at("/mounted")}; exit 32`);
            made.command("findmnt", `[ -e ${made.at("/mounted")} ] && echo ${made.at(device)}`);
            expect(results(made.boot().steps)).to.include(storage);
        }
    });

    for (const [model, storage] of [
        ["Amazon EC2 NVMe Instance Storage", "storage ok"],
        ["Amazon Elastic Block Store", "storage failed"],
    ] as const) {
        it(`goes by device names beside an NVMe disk ${model}: ${storage}`, () => {
            const made = host(volume);
            made.write("/dev/volume", "");
            const conf = made.read("/etc/sles-ecs/bootstrap.conf");
            made.write(
                "/etc/sles-ecs/bootstrap.conf",
                conf.replace("/dev/sdf", `/dev/..${made.at("/dev/volume")}`),
            );
            made.write("/sys/block/nvme0n1/device/model", `${model.padEnd(40)}\n`);
            made.write("/sys/block/nvme0n1/device/serial", "vol0other           \n");
            expect(results(made.boot().steps)).to.include(storage);
        });
    }

    it("stops nothing at a later boot, when all is in place", () => {
        const made = host(volume);
        attach(made);
        made.boot();
        expect(results(made.boot().steps)).to.deep.equal(ok);
        expect(made.calls().filter((call) => / stop |^mount |^mkfs/.test(call))).to.deep.equal([]);
    });
});
