import fs from "node:fs";
import { expect } from "chai";
import { Host, hostFacts as facts } from "./bootstrapHost";

const volume = { mode: "volume", volumeId: "vol-1", deviceName: "/dev/sdf" } as const;
const startBootstrap = "systemctl start --no-block --job-mode=ignore-dependencies sles-ecs-bootstrap.service";

describe("what user data does at a boot", () => {
    let host: Host;
    beforeEach(() => {
        host = new Host(facts());
        fs.rmSync(host.at("/etc/sles-ecs"), { recursive: true });
    });
    afterEach(() => {
        fs.rmSync(host.root, { recursive: true, force: true });
    });

    it("takes docker and the agent off the queue first, and starts the bootstrap last, waiting for neither", () => {
        expect(host.install(facts()).status).to.equal(0);
        const calls = host.calls().filter((call) => call.startsWith("systemctl"));
        expect(calls).to.deep.equal([
            "systemctl stop --no-block amazon-ecs.service docker.socket docker.service",
            "systemctl daemon-reload",
            startBootstrap,
        ]);
    });

    it("changes nothing and stops nothing at a later boot, when all is there", () => {
        host.install(facts());
        host.install(facts());
        expect(host.calls()).to.deep.equal([]);
    });

    it("finishes what an interrupted boot began, and leaves the agent to systemd once its drop-in is there", () => {
        host.install(facts());
        fs.rmSync(host.at("/etc/systemd/system/amazon-ecs.service.d/10-sles-ecs.conf"));
        host.write("/usr/local/sbin/sles-ecs-bootstrap", "half");
        host.install(facts());
        expect(host.calls()[0]).to.match(/stop --no-block amazon-ecs/);
        expect(host.calls().at(-1)).to.equal(startBootstrap);
        expect(fs.statSync(host.at("/usr/local/sbin/sles-ecs-bootstrap")).mode & 0o777).to.equal(0o755);
        host.write("/etc/sles-ecs/bootstrap.conf", "old values");
        host.install(facts());
        expect(host.read("/etc/sles-ecs/bootstrap.conf")).to.match(/^CLUSTER=dev\n/);
        expect(host.calls().filter((call) => call.includes(" stop "))).to.deep.equal([]);
    });

    it("names the cluster at once, on a line of its own, and keeps what the image ships", () => {
        host.write("/etc/ecs/ecs.config", "ECS_AGENT_PID_NAMESPACE_HOST=true");
        host.install(facts({ generation: 16 }));
        host.install(facts({ generation: 16 }));
        expect(host.read("/etc/ecs/ecs.config")).to.equal(
            "ECS_AGENT_PID_NAMESPACE_HOST=true\nECS_CLUSTER=dev\n",
        );
    });

    it("has an empty file where the image would set up its own store, and never empties one that is there", () => {
        const store = "/var/lib/docker-storage.btrfs";
        host.install(facts({ storage: volume }));
        expect(host.read(store)).to.equal("");
        expect(host.calls()[0]).to.contain("docker-img-store-setup.service");
        host.write(store, "data");
        host.install(facts({ storage: volume }));
        expect(host.read(store)).to.equal("data");
    });

    it("has cloud-init's own files on the disk before it writes, or the next boot may not come this far", () => {
        host.command("sync", 'exec /bin/sync "$@"');
        host.install(facts());
        expect(
            host
                .calls()
                .slice(0, 2)
                .map((call) => call.trim()),
        ).to.deep.equal([
            "systemctl stop --no-block amazon-ecs.service docker.socket docker.service",
            "sync",
        ]);
    });

    it("leaves the agent's configuration its mode", () => {
        host.write("/etc/ecs/ecs.config", "ECS_ENGINE_AUTH_TYPE=docker\n");
        fs.chmodSync(host.at("/etc/ecs/ecs.config"), 0o600);
        host.install(facts());
        expect(host.read("/etc/ecs/ecs.config")).to.contain("ECS_CLUSTER=dev");
        expect(fs.statSync(host.at("/etc/ecs/ecs.config")).mode & 0o777).to.equal(0o600);
    });

    it("says on the console which file could not be written, and starts nothing", () => {
        host.command("sync", "exit 1");
        const { status, steps } = host.install(facts());
        expect(status).to.equal(1);
        expect(steps).to.have.length(1);
        expect(steps[0]).to.include({ step: "hold", result: "failed" });
        expect(steps[0]?.reason).to.match(/\/etc\/ecs\/ecs\.config could not be written$/);
        expect(host.calls()).to.not.include(startBootstrap);
    });
});
