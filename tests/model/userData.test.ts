import { expect } from "chai";
import fc from "fast-check";
import { parse } from "yaml";
import { slesGenerations } from "../../components/model/images/generation";
import { renderUserData, type HostFacts, type StorageFacts } from "../../components/model/userData";
import { expectGolden } from "../helpers/golden";

interface CloudConfig {
    readonly bootcmd: readonly (readonly string[])[];
    readonly write_files: readonly { path: string; content: string; permissions: string; append?: boolean }[];
    readonly runcmd: readonly (readonly string[])[];
}

const storages = {
    imageStore: { mode: "imageStore" },
    volume: { mode: "volume", volumeId: "vol-0123456789abcdef0", deviceName: "/dev/sdf" },
    groupVolume: { mode: "volume", deviceName: "/dev/sdf" },
    driver: {
        mode: "driver",
        driver: "overlay2",
        options: { "overlay2.size": "10G", "overlay2.override_kernel_check": "true" },
    },
    btrfsDriver: { mode: "driver", driver: "btrfs", options: {} },
} as const satisfies Record<string, StorageFacts>;
const facts = (changes: Partial<HostFacts> = {}): HostFacts => ({
    clusterName: "dev",
    generation: 15,
    storage: storages.imageStore,
    ...changes,
});
const configOf = (changes: Partial<HostFacts> = {}) => parse(renderUserData(facts(changes))) as CloudConfig;
const fileOf = (config: CloudConfig, path: string) => config.write_files.find((file) => file.path === path);
const contentOf = (path: string, changes: Partial<HostFacts> = {}) =>
    fileOf(configOf(changes), path)?.content;

describe("user data", () => {
    for (const generation of slesGenerations) {
        for (const [name, storage] of Object.entries(storages)) {
            it(`of SLES ${generation} with ${name} is as reviewed`, () => {
                expectGolden(
                    `userData/sles${generation}-${name}.yaml`,
                    renderUserData(facts({ generation, storage })),
                );
            });
        }
    }

    it("is a cloud-config, as a shell script would run after the agent has started", () => {
        expect(renderUserData(facts())).to.match(/^#cloud-config\n/);
    });

    it("hands its values over in one file, and never within shell", () => {
        expect(contentOf("/etc/sles-ecs/bootstrap.conf", { storage: storages.volume })).to.equal(
            "CLUSTER=dev\nGENERATION=15\nSTORAGE=volume\nVOLUME_ID=vol-0123456789abcdef0\nVOLUME_DEVICE=/dev/sdf\n",
        );
        expect(contentOf("/etc/sles-ecs/bootstrap.conf", { storage: storages.driver })).to.contain(
            "DRIVER=overlay2\nDRIVER_OPTIONS=overlay2.size=10G overlay2.override_kernel_check=true\n",
        );
        for (const storage of Object.values(storages)) {
            const scripts = (clusterName: string) => {
                const config = configOf({ clusterName, storage });
                return [config.bootcmd, config.runcmd, fileOf(config, "/usr/local/sbin/sles-ecs-bootstrap")];
            };
            expect(scripts("one")).to.deep.equal(scripts("two"));
        }
    });

    it("names the cluster to the agent unquoted, and its attributes on one line", () => {
        expect(contentOf("/etc/sles-ecs/ecs.config", { storage: storages.volume })).to.equal(
            'ECS_CLUSTER=dev\nECS_INSTANCE_ATTRIBUTES={"sles-ecs.docker-storage":"volume","sles-ecs.generation":"15"}\n',
        );
    });

    it("adds to the agent's configuration and never replaces it", () => {
        const file = fileOf(configOf({ generation: 16 }), "/etc/ecs/ecs.config");
        expect(file?.append).to.equal(true);
        expect(file?.content).to.match(/^\nECS_CLUSTER=dev\n/);
    });

    it("says where docker keeps its data only in what the bootstrap writes once the storage stands", () => {
        for (const storage of Object.values(storages)) {
            expect(contentOf("/etc/ecs/ecs.config", { storage })).to.equal(
                '\nECS_CLUSTER=dev\nECS_INSTANCE_ATTRIBUTES={"sles-ecs.generation":"15"}\n',
            );
        }
    });

    it("keeps the line that the agent of SLES 16 cannot do without, and leaves it out elsewhere", () => {
        const line = "ECS_AGENT_PID_NAMESPACE_HOST=true\n";
        expect(contentOf("/etc/sles-ecs/ecs.config", { generation: 16 })).to.contain(line);
        expect(contentOf("/etc/sles-ecs/ecs.config", { generation: 15 })).to.not.contain(line);
    });

    it("takes the agent and docker off the queue before anything else", () => {
        const [first] = configOf().bootcmd;
        expect(first?.join(" ")).to.contain(
            "systemctl stop --no-block amazon-ecs.service docker.socket docker.service",
        );
    });

    it("keeps the image's own store from being set up where it exists and something else is wanted", () => {
        const preempts = (changes: Partial<HostFacts>) =>
            configOf(changes).bootcmd.some((command) => command.join(" ").includes("docker-img-store-setup"));
        expect(preempts({ storage: storages.volume })).to.equal(true);
        expect(preempts({ storage: storages.driver })).to.equal(true);
        expect(preempts({ storage: storages.imageStore })).to.equal(false);
        expect(preempts({ storage: storages.btrfsDriver })).to.equal(false);
        expect(preempts({ storage: storages.volume, generation: 16 })).to.equal(false);
    });

    it("starts the bootstrap without waiting for it, as the agent is ordered after it", () => {
        expect(configOf().runcmd.map((command) => command.join(" "))).to.deep.equal([
            "systemctl daemon-reload",
            "systemctl enable sles-ecs-bootstrap.service",
            "systemctl start --no-block sles-ecs-bootstrap.service",
        ]);
        const script = contentOf("/usr/local/sbin/sles-ecs-bootstrap");
        expect(script).to.match(/systemctl start --no-block docker\.service amazon-ecs\.service/);
        expect(script).to.not.match(/systemctl start (?!--no-block)[^\n]*amazon-ecs/);
    });

    it("puts the bootstrap before docker and the agent at every boot", () => {
        const unit = contentOf("/etc/systemd/system/sles-ecs-bootstrap.service");
        expect(unit).to.match(/^Before=docker\.service amazon-ecs\.service$/m);
        expect(unit).to.match(/^WantedBy=multi-user\.target$/m);
        // Restart= is refused with Type=oneshot by the systemd of SLES 12.
        expect(unit).to.not.match(/^Restart=/m);
        expect(contentOf("/etc/systemd/system/docker.service.d/10-sles-ecs.conf")).to.match(
            /^RequiresMountsFor=\/var\/lib\/docker$/m,
        );
        expect(contentOf("/etc/systemd/system/amazon-ecs.service.d/10-sles-ecs.conf")).to.match(
            /^Requires=sles-ecs-bootstrap\.service$/m,
        );
    });

    it("makes the bootstrap a program and everything else plain files", () => {
        for (const { path, permissions } of configOf().write_files) {
            expect(permissions, path).to.equal(path.includes("/sbin/") ? "0755" : "0644");
        }
    });

    it("fits into 16 KiB even with the longest cluster name", () => {
        for (const generation of slesGenerations) {
            for (const storage of Object.values(storages)) {
                const text = renderUserData(facts({ clusterName: "c".repeat(255), generation, storage }));
                expect(Buffer.byteLength(text)).to.be.at.most(16_384);
            }
        }
    });

    it("is refused with its size when it would not fit", () => {
        const options = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`dm.option${n}`, "value"]));
        const storage = { mode: "driver", driver: "devicemapper", options } as const;
        expect(() => renderUserData(facts({ storage }))).to.throw(
            RangeError,
            /has \d+ bytes, and EC2 takes 16384/,
        );
    });

    it("cannot be given a line break that would make a line of its own", () => {
        expect(() => renderUserData(facts({ clusterName: "dev\nSTORAGE=driver" }))).to.throw(
            RangeError,
            "single line",
        );
    });

    it("survives YAML for any cluster name and device", () => {
        fc.assert(
            fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{1,60}$/), (clusterName) => {
                const [first] = (contentOf("/etc/sles-ecs/bootstrap.conf", { clusterName }) ?? "").split(
                    "\n",
                );
                expect(first).to.equal(`CLUSTER=${clusterName}`);
            }),
            { numRuns: 25 },
        );
    });
});
