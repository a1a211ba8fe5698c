import { expect } from "chai";
import { parseBootLog } from "../../../components/model/bootLog";
import { decideBoot } from "../../../local/hosts/decide/decideBoot";
import type { Decision } from "../../../local/hosts/decide/decision";
import type { HostFacts } from "../../../local/hosts/decide/hostFacts";
import { bootTable, early, onVolume, volume } from "./bootTable";
import { bootstrapUserData, healthyHost } from "./facts";
import { hostTable } from "./hostTable";
import { productUserData } from "./productHosts";

function decide(userData: string, change: Partial<HostFacts> = {}): Decision {
    return decideBoot({ ...healthyHost(userData), ...change });
}

/** The outcome in few words: `registered dev`, `waiting volume`, `stopped storage`, with `...` where it tries again. */
function short(decision: Decision): string {
    switch (decision.kind) {
        case "registered":
            return `registered ${decision.clusterName}${decision.connected ? "" : " disconnected"}`;
        case "waiting":
            return `waiting ${decision.for}`;
        case "stopped":
            return `stopped ${decision.step}${decision.retries ? "..." : ""}`;
    }
}

describe("deciding how a host boots", () => {
    for (const [what, userData, change, outcome, log] of [...bootTable, ...hostTable]) {
        it(`${what}: ${outcome}`, () => {
            const decision = decide(userData, change);
            expect(short(decision)).to.equal(outcome);
            expect(`${decision.journal}${decision.log}`).to.match(log);
        });
    }

    for (const value of ["$NAME", "${NAME}", "$(cat /etc/name)", "prefix-$NAME"]) {
        it(`joins no cluster that only the shell of a host could tell, and says so: ${value}`, () => {
            const decision = decide(
                `#cloud-config\nbootcmd:\n- echo ECS_CLUSTER=${value} >> /etc/ecs/ecs.config\n`,
                { activeClusters: ["dev", "default"] },
            );
            expect(short(decision)).to.equal("stopped agent");
            expect(decision.log).to.contain(
                `the cluster is not known from the user data: it says ECS_CLUSTER=${value}`,
            );
        });
    }

    it("registers the attributes of user data and those of every agent", () => {
        const decision = decide(bootstrapUserData());
        expect(decision.kind === "registered" && decision.attributes).to.deep.equal({
            "ecs.ami-id": "ami-0123456789abcdef0",
            "ecs.availability-zone": "us-east-1a",
            "ecs.capability.efs": "",
            "ecs.capability.execution-role-awslogs": "",
            "com.amazonaws.ecs.capability.logging-driver.awslogs": "",
            "ecs.cpu-architecture": "x86_64",
            "ecs.instance-type": "t3.medium",
            "ecs.os-family": "LINUX",
            "ecs.os-type": "linux",
            "ecs.subnet-id": "subnet-1",
            "ecs.vpc-id": "vpc-1",
            rack: "r7",
        });
    });

    describe("of a host that is to offer ECS Exec", () => {
        const exec = "ecs.capability.execute-command";
        const url = "https://amazon-ssm-us-east-1.s3.us-east-1.amazonaws.com/3.3.4624.0/linux_amd64/a.tar.gz";
        const userData = productUserData({
            capabilities: { executeCommand: { version: "3.3.4624.0", url } },
        });
        const offers = (change: Partial<HostFacts> = {}) => {
            const decision = decide(userData, change);
            return {
                steps: parseBootLog(decision.log).map(({ step, result }) => `${step} ${result}`),
                reason: parseBootLog(decision.log)[3]?.reason,
                offers: decision.kind === "registered" ? exec in decision.attributes : undefined,
                installed: decision.kind === "registered" ? decision.installed : undefined,
            };
        };

        it("has its binaries before the agent starts", () => {
            expect(offers()).to.deep.equal({
                steps: ["hold ok", "storage ok", "configure ok", "capabilities ok", "start ok"],
                reason: "",
                offers: true,
                installed: ["executeCommand"],
            });
        });

        it("joins without where nobody answers, and needs nobody once they are there", () => {
            const faults = { capabilityDownloads: "unreachable" } as const;
            const without = offers({ faults });
            expect(without.offers).to.equal(false);
            expect(without.steps).to.include.members(["capabilities failed", "start ok"]);
            expect(without.reason).to.include(`executeCommand: ${url} could not be downloaded`);
            const later = { earlierBoots: 1, installed: ["executeCommand"] };
            expect(offers({ faults, memory: later })).to.include({ offers: true, reason: "" });
        });

        it("offers none by an agent from before 1.50.2", () => {
            expect(offers({ faults: { agentVersion: "1.49.0" } }).offers).to.equal(false);
        });
    });

    it("keeps for itself what the agent is told to, else its own ports", () => {
        const kept = (...agentLines: readonly string[]) => {
            const decision = decide(bootstrapUserData({ agentLines }));
            return decision.kind === "registered" ? decision.reserved : undefined;
        };
        // Defaults: amazon-ecs-agent v1.105.1, README, ECS_RESERVED_PORTS and ECS_RESERVED_MEMORY.
        const ports = ["22/tcp", "2375/tcp", "2376/tcp", "51678/tcp", "51679/tcp"];
        expect(kept()).to.deep.equal({ memoryMiB: 0, ports });
        expect(
            kept("ECS_RESERVED_MEMORY=256", "ECS_RESERVED_PORTS=[22,8080]", "ECS_RESERVED_PORTS_UDP=[53]"),
        ).to.deep.equal({ memoryMiB: 256, ports: ["22/tcp", "8080/tcp", "53/udp"] });
        expect(kept("ECS_RESERVED_MEMORY=65536", "ECS_RESERVED_PORTS=22")).to.deep.equal({
            memoryMiB: 0,
            ports,
        });
    });

    it("remembers a volume that it formatted even when the boot stops later", () => {
        const decision = decide(onVolume, { volumes: [volume("")], role: { kind: "none" } });
        expect(decision.kind === "stopped" && decision.formattedVolumes).to.deep.equal(["vol-1"]);
    });

    it("ends the console with a login prompt, once the boot is over", () => {
        expect(decide(early).log.trimEnd()).to.match(/ip-172-31-0-9 login:$/);
        expect(decide(onVolume).log).not.to.include("login:");
    });

    it("has no double quote inside the reason of a boot log line, whatever a value holds", () => {
        const storage = 'STORAGE=volume\nVOLUME_ID=a"b\nVOLUME_DEVICE=/dev/sdf';
        const { log } = decide(bootstrapUserData({ storage }), {
            patience: { volumeOver: true, downloadOver: true },
        });
        expect(log).to.match(/^sles-ecs-bootstrap: step=storage result=failed seconds=600 reason="[^"]*"$/m);
    });
});
