import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { expect } from "chai";
import { bootstrapScript } from "../../components/model/userData/bootstrapScript";
import { Host, lines } from "./bootstrapHost";

const imageStore = { CLUSTER: "dev", GENERATION: "15", STORAGE: "imageStore" };
const volume = { ...imageStore, STORAGE: "volume", VOLUME_ID: "vol-0abc", VOLUME_DEVICE: "/dev/sdf" };
const overlay = { ...imageStore, STORAGE: "driver", DRIVER: "overlay2", DRIVER_OPTIONS: "overlay2.size=10G" };
const wanted = 'ECS_CLUSTER=dev\nECS_INSTANCE_ATTRIBUTES={"a":"b"}\n';
const ok = ["hold ok", "storage ok", "configure ok", "start ok"];
const results = (steps: ReturnType<Host["boot"]>["steps"]) =>
    steps.map(({ step, result }) => `${step} ${result}`);

/** What blkid says of a btrfs file system. */
const btrfsLabelled = (label: string) =>
    `case "$*" in *UUID*) echo 1234-abcd ;; *LABEL*) echo ${label} ;; *TYPE*) echo btrfs ;; esac`;

describe("the bootstrap", () => {
    const hosts: Host[] = [];
    const host = (conf: Readonly<Record<string, string>>, agentLines = wanted): Host => {
        const made = new Host(conf, agentLines);
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
    const withImageStore = () => {
        const made = host(imageStore);
        made.write("/usr/lib/systemd/system/docker-img-store-setup.service", "");
        made.command("losetup", `echo "${made.at("/dev/volume")}: [2049]:131 ($2)"`);
        return made;
    };
    afterEach(() => {
        for (const made of hosts.splice(0)) {
            fs.rmSync(made.root, { recursive: true, force: true });
        }
    });

    for (const generation of [12, 15, 16] as const) {
        it(`of SLES ${generation} is shell without a syntax error`, () => {
            execFileSync("bash", ["-n"], { input: bootstrapScript(generation) });
        });
    }

    it("writes one line a step, in order", () => {
        const { status, steps, stderr } = host(imageStore).boot();
        expect(stderr).to.equal("");
        expect(status).to.equal(0);
        expect(results(steps)).to.deep.equal(ok);
    });

    it("asks for docker and the agent last, without waiting", () => {
        const made = host(imageStore);
        made.boot();
        expect(made.calls().at(-1)).to.equal("systemctl start --no-block docker.service amazon-ecs.service");
    });

    describe("and the agent's configuration", () => {
        it("keeps lines that are not its own and replaces those that are", () => {
            const made = host(imageStore);
            made.write(
                "/etc/ecs/ecs.config",
                "ECS_AGENT_PID_NAMESPACE_HOST=true\nECS_CLUSTER=other\nECS_CLUSTER=third",
            );
            made.boot();
            expect(made.read("/etc/ecs/ecs.config")).to.equal(
                'ECS_AGENT_PID_NAMESPACE_HOST=true\nECS_CLUSTER=dev\nECS_INSTANCE_ATTRIBUTES={"a":"b"}\n',
            );
        });

        it("changes nothing the second time, and leaves a running agent alone", () => {
            const made = host(imageStore);
            made.boot();
            const before = made.read("/etc/ecs/ecs.config");
            made.boot();
            expect(made.read("/etc/ecs/ecs.config")).to.equal(before);
            expect(made.calls().filter((call) => call.includes(" stop "))).to.deep.equal([]);
        });

        it("fails with the reason when a line cannot be written, and does not start the agent", () => {
            const made = host(imageStore);
            made.command("mv", "exit 1");
            const { status, steps } = made.boot();
            expect(status).to.equal(1);
            expect(results(steps)).to.deep.equal(["hold ok", "storage ok", "configure failed"]);
            expect(steps.at(-1)?.reason).to.match(/\/etc\/ecs\/ecs\.config could not be written$/);
            expect(made.calls().filter((call) => call.includes("start"))).to.deep.equal([]);
        });

        it("makes the agent forget another cluster, or it would refuse to start", () => {
            const made = host(imageStore);
            made.write(
                "/var/lib/ecs/data/agent.db",
                "\0arn:aws:ecs:us-east-1:1:container-instance/default/0a1b\0",
            );
            const { steps } = made.boot();
            expect(fs.existsSync(made.at("/var/lib/ecs/data/agent.db"))).to.equal(false);
            expect(steps.find(({ step }) => step === "configure")?.reason).to.equal(
                "was registered in cluster default",
            );
        });

        it("leaves the agent its memory of the right cluster", () => {
            const made = host(imageStore);
            made.write(
                "/var/lib/ecs/data/agent.db",
                "\0arn:aws:ecs:us-east-1:1:container-instance/dev/0a1b\0",
            );
            made.boot();
            expect(fs.existsSync(made.at("/var/lib/ecs/data/agent.db"))).to.equal(true);
        });
    });

    describe("with a docker volume", () => {
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
                expect(steps[1]?.reason).to.contain("not formatted");
                expect(made.calls().filter((call) => /^mkfs|start/.test(call))).to.deep.equal([]);
            });
        }

        it("says which volume is missing when it was not attached", () => {
            const { steps } = host(volume).boot();
            expect(results(steps)).to.deep.equal(["hold ok", "storage failed"]);
            expect(steps[1]?.reason).to.equal(
                "docker volume vol-0abc (/dev/sdf) was not attached within 0 s",
            );
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

        it("takes the image's own store away and keeps it from coming back", () => {
            const { made, store } = withOwnStore();
            made.boot();
            expect(fs.readFileSync(store, "utf8")).to.equal("");
            expect(made.read("/etc/fstab")).to.not.contain(store);
        });

        it("empties the image's own store only once fstab is rid of it, or the next boot would fail", () => {
            const { made, store } = withOwnStore();
            made.command("mv", 'case "$*" in *fstab*) exit 1 ;; *) exec /bin/mv "$@" ;; esac');
            expect(results(made.boot().steps)).to.deep.equal(["hold ok", "storage failed"]);
            expect(fs.readFileSync(store, "utf8")).to.equal("data");
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
                const deviceName = `/dev/..${made.at("/dev/volume")}`;
                made.write("/etc/sles-ecs/bootstrap.conf", lines({ ...volume, VOLUME_DEVICE: deviceName }));
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

    describe("with another storage driver", () => {
        it("changes the storage options in /etc/sysconfig/docker and nothing else in there", () => {
            const made = host(overlay);
            made.write(
                "/etc/sysconfig/docker",
                '# Extra options\nDOCKER_OPTS="--log-level=warn -s btrfs --storage-opt btrfs.min_space=1G --live-restore"\nDOCKER_NETWORK_OPTIONS=""\n',
            );
            const { steps, stderr } = made.boot();
            expect(stderr).to.equal("");
            expect(results(steps)).to.deep.equal(ok);
            expect(made.read("/etc/sysconfig/docker")).to.equal(
                '# Extra options\nDOCKER_NETWORK_OPTIONS=""\nDOCKER_OPTS="--log-level=warn --live-restore --storage-driver=overlay2 --storage-opt=overlay2.size=10G"\n',
            );
        });

        it("fails with the reason where docker would refuse to start", () => {
            const made = host(overlay);
            made.write("/etc/docker/daemon.json", '{ "storage-driver": "btrfs" }');
            const { steps } = made.boot();
            expect(steps.at(-1)).to.include({ step: "storage", result: "failed" });
            expect(steps.at(-1)?.reason).to.contain("daemon.json sets storage-driver");
        });
    });

    it("waits for the image's own store before docker may start", () => {
        const made = withImageStore();
        const store = made.at("/var/lib/docker-storage.btrfs");
        made.command(
            "systemctl",
            `case "$1 $2" in is-active*) exit 3 ;; "start docker-img-store-setup.service") echo data >${store} ;; esac`,
        );
        made.command("blkid", btrfsLabelled(""));
        const { steps } = made.boot();
        expect(results(steps)).to.deep.equal(ok);
        const calls = made.calls();
        expect(calls.indexOf("systemctl start docker-img-store-setup.service")).to.be.lessThan(
            calls.findIndex((call) => call.includes("amazon-ecs.service") && call.includes("start")),
        );
        expect(calls).to.include(`mount ${made.at("/var/lib/docker")}`);
        made.boot();
        expect(made.calls().filter((call) => / stop |^mount /.test(call))).to.deep.equal([]);
    });

    it("lets the image set its store up anew where the power went before it had a file system", () => {
        const made = withImageStore();
        const store = made.at("/var/lib/docker-storage.btrfs");
        made.write("/var/lib/docker-storage.btrfs", "");
        made.command(
            "systemctl",
            `case "$1 $2" in is-active*) exit 3 ;; "start docker-img-store-setup.service") echo data >${store} ;; esac`,
        );
        made.command("blkid", `[ -s ${store} ] || exit 2`);
        expect(results(made.boot().steps)).to.deep.equal(ok);
        expect(made.calls()).to.include("systemctl start docker-img-store-setup.service");
    });

    it("writes the line of fstab that the image's set-up did not get to, and forms no store anew", () => {
        const made = withImageStore();
        const store = made.at("/var/lib/docker-storage.btrfs");
        made.write("/var/lib/docker-storage.btrfs", "data");
        made.command("blkid", btrfsLabelled(""));
        expect(results(made.boot().steps)).to.deep.equal(ok);
        expect(made.read("/etc/fstab")).to.contain(
            `${store} ${made.at("/var/lib/docker")} btrfs defaults 0 0\n`,
        );
        expect(fs.readFileSync(store, "utf8")).to.equal("data");
        expect(made.calls()).to.not.include("systemctl start docker-img-store-setup.service");
    });

    it("does not take another mount for the image's own store, and then says nothing to ECS", () => {
        const made = withImageStore();
        made.write("/mounted", "");
        made.command("findmnt", "echo /dev/other");
        made.write("/etc/ecs/ecs.config", "ECS_CLUSTER=dev\n");
        const { steps } = made.boot();
        expect(results(steps)).to.deep.equal(["hold ok", "storage failed"]);
        expect(steps.at(-1)?.reason).to.match(/did not mount \S+docker-storage\.btrfs within 2 s$/);
        expect(made.calls().filter((call) => call.startsWith("mount "))).to.deep.equal([]);
        expect(made.read("/etc/ecs/ecs.config")).to.equal("ECS_CLUSTER=dev\n");
    });

    it("wants docker on the root file system where the image has no store of its own (SLES 16)", () => {
        for (const [device, storage] of [
            ["/dev/root", "storage ok"],
            ["/dev/other", "storage failed"],
        ] as const) {
            const made = host({ ...imageStore, GENERATION: "16" });
            made.write("/mounted", "");
            made.command("findmnt", `case "$*" in *docker) echo ${device} ;; *) echo /dev/root ;; esac`);
            expect(results(made.boot(16).steps)).to.include(storage);
        }
    });
});
