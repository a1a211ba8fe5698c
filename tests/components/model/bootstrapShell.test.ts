import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { expect } from "chai";
import type { HostFacts } from "../../../components/model/userData";
import { bootstrapScript } from "../../../components/model/userData/bootstrapScript";
import { Host, hostFacts, resultsOf as results } from "./bootstrapHost";

const imageStore = hostFacts();
const onVolume = { mode: "volume", volumeId: "vol-0abc", deviceName: "/dev/sdf" } as const;
const driver = { mode: "driver", driver: "overlay2", options: { "overlay2.size": "10G" } } as const;
const overlay = hostFacts({ storage: driver });
const wanted = 'ECS_CLUSTER=dev\nECS_INSTANCE_ATTRIBUTES={"a":"b"}\n';
const ok = ["hold ok", "storage ok", "configure ok", "start ok"];
describe("the bootstrap", () => {
    const hosts: Host[] = [];
    const host = (facts: HostFacts): Host => {
        const made = new Host(facts, wanted);
        hosts.push(made);
        return made;
    };
    afterEach(() => {
        for (const made of hosts.splice(0)) {
            fs.rmSync(made.root, { recursive: true, force: true });
        }
    });

    for (const generation of [12, 15, 16] as const) {
        for (const storage of [imageStore.storage, onVolume, driver]) {
            it(`of SLES ${generation} with ${storage.mode} is shell without a syntax error`, () => {
                const facts = hostFacts({ generation, storage, packages: ["htop"] });
                execFileSync("bash", ["-n"], { input: bootstrapScript(facts) });
            });
        }
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

    it("waits at a boot for what may be on its way down, and has systemd forget how often docker was started", () => {
        const made = host(imageStore);
        made.boot();
        const stop = "systemctl stop amazon-ecs.service docker.socket docker.service";
        const forget = "systemctl reset-failed docker.service docker.socket amazon-ecs.service";
        expect(made.calls()).to.include(stop);
        expect(made.calls().slice(-2)[0]).to.equal(forget);
        made.boot();
        expect(made.calls()).to.not.include(stop);
        fs.rmSync(made.at("/run/sles-ecs/ready"));
        made.boot();
        expect(made.calls()).to.include(stop);
    });

    it("leaves at rest what is at rest, or what requires docker would be taken off systemd's queue as well", () => {
        const made = host(imageStore);
        for (const state of ["inactive", "failed", "unknown"]) {
            made.command(
                "systemctl",
                `case "$*" in "is-active amazon-ecs.service docker.service") echo ${state}; echo ${state} ;; is-active*) exit 3 ;; esac`,
            );
            made.boot();
            fs.rmSync(made.at("/run/sles-ecs/ready"));
            expect(made.calls().filter((call) => call.includes(" stop "))).to.deep.equal([
                ...(state === "inactive" ? ["systemctl stop amazon-ecs.service"] : []),
            ]);
        }
    });

    describe("and the agent's configuration", () => {
        it("keeps lines that are not its own and replaces those that are", () => {
            const made = host(imageStore);
            made.write(
                "/etc/ecs/ecs.config",
                "ECS_AGENT_PID_NAMESPACE_HOST=true\nECS_CLUSTER=dev\n \tECS_CLUSTER=other\nECS_CLUSTER=third",
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

        const agentData = "/var/lib/ecs/data/agent.db";
        const record = "/var/lib/sles-ecs/cluster";

        it("makes the agent forget where it had registered before the bootstrap ran, or it would refuse to start", () => {
            const made = host(imageStore);
            made.write(agentData, "default");
            const { steps } = made.boot();
            expect(fs.existsSync(made.at(agentData))).to.equal(false);
            expect(made.read(record)).to.equal("dev\n");
            expect(steps.find(({ step }) => step === "configure")?.reason).to.equal(
                "made the agent forget where it had registered",
            );
        });

        it("makes the agent of a host that was in another cluster forget it", () => {
            const made = host(imageStore);
            made.write(agentData, "");
            made.write(record, "other\n");
            const { steps } = made.boot();
            expect(fs.existsSync(made.at(agentData))).to.equal(false);
            expect(steps.find(({ step }) => step === "configure")?.reason).to.equal(
                "made the agent forget cluster other",
            );
        });

        it("stops an agent of another cluster before it looks for its data, and fails where it does not stop", () => {
            const made = host(imageStore);
            made.boot();
            made.write(record, "other\n");
            made.command(
                "systemctl",
                `case "$*" in "stop amazon-ecs.service") mkdir -p ${made.at("/var/lib/ecs/data")}; : >${made.at(agentData)} ;; is-active*) exit 3 ;; esac`,
            );
            made.boot();
            expect(fs.existsSync(made.at(agentData))).to.equal(false);
            const busy = host(imageStore);
            busy.boot();
            busy.write(record, "other\n");
            busy.command("systemctl", 'case "$*" in "is-active --quiet docker.service") exit 3 ;; esac');
            const { steps } = busy.boot();
            expect(steps.at(-1)).to.include({
                step: "configure",
                result: "failed",
                reason: "the ECS agent did not stop",
            });
            expect(busy.read(record)).to.equal("other\n");
        });

        it("never empties a file that it cannot read", () => {
            const made = host(imageStore);
            made.write("/etc/ecs/ecs.config", "ECS_CLUSTER=other\n");
            made.command("awk", "exit 2");
            const { steps } = made.boot();
            expect(steps.at(-1)?.reason).to.match(/could not be read$/);
            expect(made.read("/etc/ecs/ecs.config")).to.equal("ECS_CLUSTER=other\n");
        });

        it("leaves the agent its memory of the right cluster", () => {
            const made = host(imageStore);
            made.boot();
            made.write(agentData, "dev, and default in a page that is free");
            made.boot();
            expect(fs.existsSync(made.at(agentData))).to.equal(true);
        });

        it("starts an agent anew that runs with other lines", () => {
            const made = host(imageStore);
            made.boot();
            made.write("/etc/sles-ecs/ecs.config", `${wanted}ECS_LOGLEVEL=debug\n`);
            const later = new Date(Date.now() + 5000);
            made.command("mv", `/bin/mv "$@"; touch -d ${later.toISOString()} "\${@: -1}"`);
            made.boot();
            expect(made.calls()).to.include("systemctl stop amazon-ecs.service");
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

        for (const set of ['"storage-driver": "btrfs"', '"storage-opts": []']) {
            it(`fails with the reason where docker would refuse to start: ${set} in daemon.json`, () => {
                const made = host(overlay);
                made.write("/etc/docker/daemon.json", `{ ${set} }`);
                const { steps } = made.boot();
                expect(steps.at(-1)).to.include({ step: "storage", result: "failed" });
                expect(steps.at(-1)?.reason).to.contain("daemon.json sets storage options as well");
            });
        }

        it("leaves options alone that it cannot take apart, and says what to add", () => {
            const made = host(overlay);
            const line = "DOCKER_OPTS='--label=\"a b\"'\n";
            made.write("/etc/sysconfig/docker", line);
            const { steps } = made.boot();
            expect(steps.at(-1)).to.include({ step: "storage", result: "failed" });
            expect(steps.at(-1)?.reason).to.match(
                /holds quotes or backslashes: not changed; add --storage-driver=overlay2 --storage-opt=overlay2.size=10G by hand$/,
            );
            expect(made.read("/etc/sysconfig/docker")).to.equal(line);
        });

        it("takes options as they stand, whatever files there are of such names", () => {
            const made = host(overlay);
            made.write("/etc/sysconfig/docker", 'DOCKER_OPTS="--label=/* *"\n');
            made.boot();
            expect(made.read("/etc/sysconfig/docker")).to.match(
                /^DOCKER_OPTS="--label=\/\* \* --storage-driver/,
            );
        });
    });
});
