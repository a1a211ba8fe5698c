import fs from "node:fs";
import { expect } from "chai";
import type { HostFacts } from "../../components/model/userData";
import { btrfsLabelled, Host, hostFacts, resultsOf as results } from "./bootstrapHost";

const imageStore = hostFacts();
const ok = ["hold ok", "storage ok", "configure ok", "start ok"];

describe("the bootstrap and the docker store of the image", () => {
    const hosts: Host[] = [];
    const host = (facts: HostFacts): Host => {
        const made = new Host(facts);
        hosts.push(made);
        return made;
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
        expect(made.read("/etc/sysconfig/docker")).to.equal('DOCKER_OPTS="--storage-driver=btrfs"\n');
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
            const made = host(hostFacts({ generation: 16 }));
            made.write("/mounted", "");
            made.command("findmnt", `case "$*" in *docker) echo ${device} ;; *) echo /dev/root ;; esac`);
            expect(results(made.boot().steps)).to.include(storage);
        }
    });
});
