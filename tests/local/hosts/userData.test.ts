import { expect } from "chai";
import { gzipSync } from "node:zlib";
import { readUserData } from "../../../local/hosts/userData/readUserData";
import type { UserDataFacts } from "../../../local/hosts/userData/userDataFacts";
import { bootstrapUserData } from "./facts";

const read = (text: string): UserDataFacts => readUserData(Buffer.from(text));

// What cloud-init runs when, and that the agent is not ordered after it: the facts on SLES ECS hosts, section 3.
describe("reading user data as a host does", () => {
    it("no user data, and user data of nothing but spaces, do nothing", () => {
        expect(read("")).to.deep.equal(read("  \n"));
        expect(read("").kind).to.equal("none");
    });

    it("takes the agent's settings from write_files, in time", () => {
        const facts = read(`#cloud-config
write_files:
- path: /etc/ecs/ecs.config
  append: true
  content: |
    # a comment = nothing
    ECS_CLUSTER=dev
    ECS_INSTANCE_ATTRIBUTES={"a":"b=c"}
`);
        expect(facts.earlyConfig).to.deep.equal({
            ECS_CLUSTER: "dev",
            ECS_INSTANCE_ATTRIBUTES: '{"a":"b=c"}',
        });
        expect(facts.overwritesAgentConfig).to.equal(false);
    });

    it("a file that is written anew drops what bootcmd put there before", () => {
        const facts = read(`#cloud-config
bootcmd:
- echo ECS_LOGLEVEL=debug >> /etc/ecs/ecs.config
write_files:
- path: /etc/ecs/ecs.config
  content: ECS_CLUSTER=dev
`);
        expect(facts.earlyConfig).to.deep.equal({ ECS_CLUSTER: "dev" });
        expect(facts.overwritesAgentConfig).to.equal(true);
    });

    const bootcmds: readonly (readonly [string, string, boolean])[] = [
        ["- echo ECS_CLUSTER=dev >> /etc/ecs/ecs.config", "dev", false],
        ["- [sh, -c, 'echo \"ECS_CLUSTER=dev\" > /etc/ecs/ecs.config']", "dev", true],
        ["- printf 'ECS_CLUSTER=%s' dev >> /etc/somewhere/else", "", false],
        ['- echo ECS_CLUSTER="dev" >> /etc/ecs/ecs.config', "dev", false],
        ["- echo ECS_CLUSTER=$NAME >> /etc/ecs/ecs.config", "$NAME", false],
        ['- echo "ECS_CLUSTER=${NAME}" >> /etc/ecs/ecs.config', "${NAME}", false],
        ['- echo ECS_CLUSTER="$NAME" >> /etc/ecs/ecs.config', "$NAME", false],
        ["- echo ECS_CLUSTER=$(cat /etc/name) >> /etc/ecs/ecs.config", "$(cat /etc/name)", false],
        ["- |\n  cat <<EOF >>/etc/ecs/ecs.config\n  ECS_CLUSTER=dev\n  EOF", "dev", false],
    ];
    for (const [bootcmd, cluster, overwrites] of bootcmds) {
        it(`takes the agent's settings from bootcmd, in time: ${JSON.stringify(bootcmd)}`, () => {
            const facts = read(`#cloud-config\nbootcmd:\n${bootcmd}\n`);
            expect(facts.earlyConfig["ECS_CLUSTER"] ?? "").to.equal(cluster);
            expect(facts.overwritesAgentConfig).to.equal(overwrites);
        });
    }

    it("runcmd and shell scripts come too late", () => {
        const runcmd = read("#cloud-config\nruncmd:\n- echo ECS_CLUSTER=dev >> /etc/ecs/ecs.config\n");
        const shell = read("#!/bin/bash\necho ECS_CLUSTER=dev >> /etc/ecs/ecs.config\n");
        for (const facts of [runcmd, shell]) {
            expect(facts.earlyConfig).to.deep.equal({});
            expect(facts.lateConfig).to.deep.equal({ ECS_CLUSTER: "dev" });
        }
    });

    it("warns of what cloud-init does not understand, and does nothing then", () => {
        for (const text of ["# cloud-config\nruncmd: []\n", "cluster: dev", "{not json"]) {
            const facts = read(text);
            expect(facts.kind, text).to.equal("unknown");
            expect(facts.warnings[0], text).to.include("Unhandled non-multipart");
        }
        expect(read("#cloud-config\nwrite_files: [").warnings[0]).to.include("Failed loading yaml blob");
    });

    it("says that it reads no multi-part user data, where cloud-init would", () => {
        const facts = read('Content-Type: multipart/mixed; boundary="=="\nMIME-Version: 1.0\n\n--==--\n');
        expect(facts.kind).to.equal("unknown");
        expect(facts.warnings[0]).to.include("simulated hosts read no");
    });

    it("unpacks what is compressed, and takes what cannot be unpacked as it is, like cloud-init", () => {
        const text = bootstrapUserData();
        expect(readUserData(gzipSync(text))).to.deep.equal(read(text));
        expect(readUserData(gzipSync(text).subarray(0, 200)).kind).to.equal("unknown");
    });

    it("finds the bootstrap, its values and what it merges", () => {
        const storage = "STORAGE=volume\nVOLUME_ID=vol-1\nVOLUME_DEVICE=/dev/sdf";
        const facts = read(bootstrapUserData({ storage }));
        expect(facts.holdsAgent).to.equal(true);
        expect(facts.bootstrap).to.deep.equal({
            cluster: "dev",
            packages: [],
            capabilities: [],
            storage: { mode: "volume", volumeId: "vol-1", deviceName: "/dev/sdf" },
            agentConfig: { ECS_CLUSTER: "dev", ECS_INSTANCE_ATTRIBUTES: '{"rack":"r7"}' },
        });
    });

    for (const leaveOut of ["script", "unit", "conf", "start", "docker drop-in", "agent drop-in"] as const) {
        it(`a bootstrap without its ${leaveOut} does not count, and is warned of`, () => {
            const facts = read(bootstrapUserData({ leaveOut }));
            expect(facts.bootstrap).to.equal(undefined);
            expect(facts.warnings).to.have.length(1);
        });
    }

    it("a bootstrap that is not executable does not count", () => {
        expect(read(bootstrapUserData({ mode: "0644" })).bootstrap).to.equal(undefined);
    });

    it("sees whether systemd starts the agent again", () => {
        expect(read(bootstrapUserData({ restart: true })).restartsAgent).to.equal(true);
        expect(read(bootstrapUserData({})).restartsAgent).to.equal(false);
    });
});
