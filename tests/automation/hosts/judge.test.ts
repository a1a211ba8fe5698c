import { expect } from "chai";

import { judgeHost } from "../../../automation/hosts/judge";
import type { Host } from "../../../automation/ports/aws";
import { host, instance } from "../../helpers/awsObjects";

const wanted = {
    clusterName: "alice",
    dockerStorage: { mode: "volume", sizeGiB: 30, type: "gp3", keepOnDestroy: false, hosts: [1] },
} as const;
const storage = (value: string) => ({ attributes: { "sles-ecs.docker-storage": value } });

describe("judgeHost", () => {
    it("takes no host of a group for ready that registered before the group had its capacity provider", () => {
        const ofGroup = { clusterName: "alice", capacityProvider: "alice-hosts" };
        expect(judgeHost(host(1), ofGroup)).to.deep.include({
            ready: false,
            reached:
                "its agent is connected, but registered before its group had capacity provider alice-hosts",
        });
        expect(judgeHost(host(1, {}, { capacityProvider: "alice-hosts" }), ofGroup).ready).to.equal(true);
        expect(judgeHost(host(1), { clusterName: "alice" }).ready).to.equal(true);
    });

    it("takes a host for ready only with the attributes of the capabilities that are wanted", () => {
        const capabilities = { executeCommand: { ssmAgentVersion: "3.3.4624.0" }, efs: {} };
        const offering = (...names: readonly string[]) =>
            host(1, {}, { attributes: Object.fromEntries(names.map((name) => [name, ""])) });
        expect(judgeHost(offering("ecs.capability.efs"), { clusterName: "alice", capabilities })).to.include({
            ready: false,
            reached:
                "its agent is connected, but lacks ecs.capability.execute-command (capabilities.executeCommand)",
        });
        const all = offering("ecs.capability.efs", "ecs.capability.execute-command");
        expect(judgeHost(all, { clusterName: "alice", capabilities }).ready).to.equal(true);
        expect(judgeHost(offering(), { clusterName: "alice", capabilities: {} }).ready).to.equal(true);
    });

    // As the component tags fixed hosts.
    const hostOne = { tags: { "sles-ecs:host": "1" } };
    const table: readonly (readonly [string, Host, string])[] = [
        ["a connected agent on the wanted storage", host(1, hostOne, storage("volume")), "ready"],
        ["a starting instance", instance(1, { state: "pending" }), "EC2 is still starting the instance"],
        [
            "a stopped instance, with EC2's reason",
            host(1, { state: "stopped", stateReason: "Server.SpotInstanceShutdown" }, storage("volume")),
            "the instance is stopped: Server.SpotInstanceShutdown",
        ],
        ["a host without an agent", instance(1), "the instance runs, no ECS agent has registered yet"],
        [
            "a host that has no instance profile",
            instance(1, { hasInstanceProfile: false }),
            "the instance has no instance profile, so its agent may not register",
        ],
        [
            "an agent in another cluster",
            host(1, hostOne, { clusterName: "default", ...storage("volume") }),
            "its agent registered in cluster default instead of alice",
        ],
        [
            "an agent that lost its connection",
            host(1, hostOne, { agentConnected: false, ...storage("volume") }),
            "its agent has registered, but is not connected",
        ],
        [
            "a draining container instance",
            host(1, hostOne, { status: "DRAINING", ...storage("volume") }),
            "its agent is connected, but the container instance is DRAINING instead of ACTIVE",
        ],
        [
            "docker on the image's store instead of the volume",
            host(1, hostOne, storage("imageStore")),
            "docker keeps its data in the store of the image (imageStore) instead of its own volume (volume)",
        ],
        [
            "the image's store of a host that is to have no volume",
            host(2, { tags: { "sles-ecs:host": "2" } }, storage("imageStore")),
            "ready",
        ],
        [
            "a host that does not say where docker keeps its data",
            host(1, hostOne, { attributes: {} }),
            "its agent is connected, but nothing says where docker keeps its data (no attribute sles-ecs.docker-storage), expected its own volume (volume)",
        ],
    ];
    for (const [what, given, reached] of table) {
        it(`tells of ${what}`, () => {
            expect(judgeHost(given, wanted)).to.deep.include({ ready: reached === "ready", reached });
        });
    }
});
