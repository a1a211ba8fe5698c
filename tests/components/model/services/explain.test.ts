import { expect } from "chai";

import {
    explainPlacement,
    roomFor,
    type PlacementHost,
    type TaskNeeds,
} from "../../../../components/model/services/explainPlacement";
import { balancerStart, serviceNames } from "../../../../components/model/services/serviceNames";
import { explainStop } from "../../../../components/model/services/stopReasons";

const needs = (changes: Partial<TaskNeeds> = {}): TaskNeeds => ({
    ...{ cpuUnits: 256, memoryMiB: 512, hostPorts: [], attributes: [] },
    ...changes,
});

const host = (name: string, changes: Partial<PlacementHost> = {}): PlacementHost => ({
    ...{ name, status: "ACTIVE", agentConnected: true, free: { cpuUnits: 1024, memoryMiB: 1024 } },
    ...{ takenPorts: [], attributes: {} },
    ...changes,
});

describe("why no host takes a task", () => {
    it("names what each host lacks, with its numbers", () => {
        const lines = explainPlacement(
            needs({ hostPorts: ["80/tcp"], attributes: ["ecs.capability.efs"], cpuUnits: 2048 }),
            [
                host("i-1", { takenPorts: ["80/tcp"] }),
                host("i-2", {
                    free: { cpuUnits: 4096, memoryMiB: 100 },
                    attributes: { "ecs.capability.efs": "" },
                }),
                host("i-3", { status: "DRAINING" }),
                host("i-4", { agentConnected: false }),
            ],
        );
        expect(lines).to.deep.equal([
            "host i-1: cpu: 1024 units are free, 2048 are needed, port: 80/tcp is taken, attribute: ecs.capability.efs is not there",
            "host i-2: memory: 100 MiB are free, 512 MiB are needed",
            "host i-3: is DRAINING, and takes no new tasks",
            "host i-4: its agent is not connected",
        ]);
    });

    // ECS developer guide, efs-volumes: both need amazon-efs-utils on the host; ECS asks for efsAuth then.
    it("says of encrypted EFS volumes that SUSE has not what they need", () => {
        const [line = ""] = explainPlacement(needs({ attributes: ["ecs.capability.efsAuth"] }), [
            host("i-1"),
        ]);
        expect(line).to.match(
            /^host i-1: attribute: ecs\.capability\.efsAuth \(EFS with transitEncryption or IAM/,
        );
        expect(line).to.contain("SUSE has neither amazon-ecs-volume-plugin nor amazon-efs-utils");
    });

    it("says nothing where one host would take it, and that there is none", () => {
        expect(explainPlacement(needs(), [host("i-1"), host("i-2", { status: "DRAINING" })])).to.deep.equal(
            [],
        );
        expect(explainPlacement(needs(), [])).to.deep.equal(["no host is registered in the cluster"]);
    });

    it("counts how many more fit: by CPU, by memory, and one a host where it takes a port of the host", () => {
        const hosts = [host("i-1"), host("i-2", { free: { cpuUnits: 4096, memoryMiB: 2048 } })];
        // 1024 MiB hold two of 512, 2048 four.
        expect(roomFor(needs(), hosts)).to.equal(6);
        expect(roomFor(needs({ hostPorts: ["80/tcp"] }), hosts)).to.equal(2);
        expect(roomFor(needs({ cpuUnits: 5000 }), hosts)).to.equal(0);
    });
});

describe("why a task has stopped", () => {
    const cases: readonly (readonly [string, number | undefined, string])[] = [
        [
            'CannotPullContainerError: Get "https://123401403000.dkr.ecr.us-east-1.amazonaws.com/v2/": dial tcp: i/o timeout',
            undefined,
            "the registry does not answer the hosts",
        ],
        [
            "CannotPullContainerError: unexpected status from HEAD request to https://ghcr.io/v2/a/manifests/1: 403 Forbidden",
            undefined,
            "the registry does not let the hosts pull the image, or it is not there",
        ],
        [
            "Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/chatroom/1)",
            undefined,
            "its health check failed",
        ],
        [
            "CannotPullContainerError: Cannot connect to the Docker daemon. Is the docker daemon running? (connect ENOENT /var/run/docker.sock)",
            undefined,
            "docker does not answer",
        ],
        [
            "OutOfMemoryError: Container killed due to memory usage",
            137,
            "the container took more than its memory",
        ],
        [
            "CannotPullContainerError: Error response from daemon: manifest for a:1 not found: manifest unknown",
            undefined,
            "the image is not there",
        ],
        [
            "CannotPullContainerError: pull access denied for a, repository does not exist or may require 'docker login'",
            undefined,
            "the image is not there",
        ],
        [
            "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/amd64'",
            undefined,
            "the image is for another architecture than the hosts",
        ],
        [
            "CannotPullContainerError: Get https://registry.suse.com/v2/: dial tcp: lookup registry.suse.com: no such host",
            undefined,
            "the registry does not answer the hosts",
        ],
        [
            "CannotStartContainerError: Error response from daemon: driver failed: Bind for 0.0.0.0:80 failed: port is already allocated",
            undefined,
            "a port of the host is taken",
        ],
        [
            "CannotPullContainerError: write /var/lib/docker/tmp/x: no space left on device",
            undefined,
            "the host's disk is full",
        ],
        [
            "Essential container in task exited",
            137,
            "it was killed, as one is that takes more than its memory",
        ],
        ["Essential container in task exited", 127, "there is no such command in the image"],
        [
            "Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:x)",
            undefined,
            "its health check failed",
        ],
    ];
    for (const [stoppedReason, exitCode, meaning] of cases) {
        it(`tells what ECS means by "${stoppedReason.slice(0, 60)}"${exitCode === undefined ? "" : ` with ${exitCode}`}`, () => {
            const told = explainStop({ stoppedReason, containers: [{ exitCode }] });
            expect(told).to.satisfy((text: string) => text.startsWith(`${meaning} (`));
            expect(told).to.contain(stoppedReason);
        });
    }

    it("shows ECS's own words where it does not know better", () => {
        const stopped = { stoppedReason: "Something new", containers: [{ exitCode: 3, reason: "and more" }] };
        expect(explainStop(stopped)).to.equal("exit code 3: Something new; and more");
        expect(explainStop({ containers: [] })).to.equal("ECS gives no reason");
    });
});

describe("names of the parts of a service", () => {
    const id = "a11ce000-0000-4000-8000-000000000000";

    // 32 letters, numbers and hyphens, none at an end (API reference of Elastic Load Balancing, CreateLoadBalancer).
    it("are such as load balancers take, and differ where services do", () => {
        const services = [
            "web",
            "web_",
            "w_e_b",
            "a-name-of-14-ch",
            "a-name-of-15-chr",
            "a-name-of-15-chs",
            "x".repeat(200),
        ];
        const names = services.map((service) => serviceNames(id, "alice", service).balancer);
        expect(new Set(names).size).to.equal(services.length);
        for (const name of names) {
            expect(name).to.match(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/);
            expect(name.startsWith(balancerStart(id))).to.equal(true);
        }
        expect(names[0]).to.equal("sles-ecs-a11ce000-web");
    });
});
