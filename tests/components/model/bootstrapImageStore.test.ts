import fs from "node:fs";
import { expect } from "chai";
import type { HostFacts } from "../../../components/model/userData";
import { Host, hostFacts, resultsOf as results } from "./bootstrapHost";

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
        made.write("/var/lib/docker/.keep", "");
        made.command(
            "losetup",
            `[ ! -e ${made.at("/mounted")} ] || echo "${made.at("/dev/volume")}: [2049]:131 ($2)"`,
        );
        made.command("mount", `[ -s "\${@: -2:1}" ] && : >${made.at("/mounted")}`);
        return made;
    };
    const setUp = (made: Host, then = "") => {
        const store = made.at("/var/lib/docker-storage.btrfs");
        made.command(
            "systemctl",
            `case "$1 $2" in is-active*) exit 3 ;; "start docker-img-store-setup.service") echo data >${store} ${then};; esac`,
        );
        return store;
    };
    afterEach(() => {
        for (const made of hosts.splice(0)) {
            fs.rmSync(made.root, { recursive: true, force: true });
        }
    });

    it("waits for the image's own store before docker may start", () => {
        const made = withImageStore();
        const store = setUp(made);
        const { steps } = made.boot();
        expect(results(steps)).to.deep.equal(ok);
        const calls = made.calls();
        expect(calls.indexOf("systemctl start docker-img-store-setup.service")).to.be.lessThan(
            calls.findIndex((call) => call.includes("amazon-ecs.service") && call.includes("start")),
        );
        expect(calls).to.include(`mount -o loop ${store} ${made.at("/var/lib/docker")}`);
        made.boot();
        expect(made.calls().filter((call) => / stop |^mount /.test(call))).to.deep.equal([]);
        expect(made.read("/etc/sysconfig/docker")).to.equal('DOCKER_OPTS="--storage-driver=btrfs"\n');
    });

    it("lets the image set its store up anew where the power went before it had a file system", () => {
        const made = withImageStore();
        made.write("/var/lib/docker-storage.btrfs", "whatever it is");
        made.command("mount", `grep -q data "\${@: -2:1}" && : >${made.at("/mounted")}`);
        setUp(made);
        expect(results(made.boot().steps)).to.deep.equal(ok);
        const aside = fs
            .readdirSync(made.at("/var/lib"))
            .filter((name) => /^docker-storage\.btrfs\.\d+$/.test(name));
        expect(aside.map((name) => made.read(`/var/lib/${name}`))).to.deep.equal(["whatever it is"]);
        expect(made.calls()).to.include("systemctl start docker-img-store-setup.service");
    });

    it("writes the line of fstab that the image's set-up did not get to, and forms no store anew", () => {
        const made = withImageStore();
        const store = setUp(made);
        made.write("/var/lib/docker-storage.btrfs", "kept");
        expect(results(made.boot().steps)).to.deep.equal(ok);
        expect(made.read("/etc/fstab")).to.equal(
            `UUID=root / xfs defaults 0 1\n${store} ${made.at("/var/lib/docker")} btrfs defaults,nofail 0 0\n`,
        );
        expect(fs.readFileSync(store, "utf8")).to.equal("kept");
        expect(made.calls()).to.not.include("systemctl start docker-img-store-setup.service");
    });

    it("takes the place of the image's line, which would keep a damaged host from booting, once all is on the disk", () => {
        const made = withImageStore();
        const docker = made.at("/var/lib/docker");
        const store = setUp(
            made,
            `; echo "${made.at("/var/lib/docker-storage.btrfs")} ${docker} btrfs defaults 0 0" >>${made.at("/etc/fstab")}`,
        );
        made.command("sync", "");
        made.boot();
        expect(
            made
                .read("/etc/fstab")
                .split("\n")
                .filter((line) => line.startsWith(store)),
        ).to.deep.equal([`${store} ${docker} btrfs defaults,nofail 0 0`]);
        const calls = made.calls();
        expect(calls.indexOf(`sync ${store}`)).to.be.within(
            0,
            calls.indexOf(`sync ${made.at("/etc/fstab")}.sles-ecs`),
        );
    });

    it("never takes away a file that fstab names, and stops where it cannot be mounted", () => {
        const made = withImageStore();
        const store = setUp(made);
        made.write("/var/lib/docker-storage.btrfs", "data that cannot be mounted");
        made.write("/etc/fstab", `${store}\t${made.at("/var/lib/docker")} btrfs defaults 0 0\n`);
        made.command("mount", "exit 32");
        expect(results(made.boot().steps)).to.deep.equal(["hold ok", "storage failed"]);
        expect(fs.readFileSync(store, "utf8")).to.equal("data that cannot be mounted");
    });

    it("says that there is none where the image lacks the set-up of SLES 12 and 15", () => {
        expect(host(imageStore).boot().steps[1]).to.include({
            step: "storage",
            result: "ok",
            reason: "the image has no docker store of its own: docker's data is on the root disk",
        });
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
