import { expect } from "chai";
import fc from "fast-check";
import { parse } from "yaml";
import { slesGenerations } from "../../../components/model/images/hostImageName";
import { renderUserData, type HostFacts, type StorageFacts } from "../../../components/model/userData";
import { hostProxy } from "../../../components/model/proxy/hostProxy";
import { expectGolden } from "../../helpers/golden";

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

/** The one command of the user data: its shell, the words after it, and the files among them. */
function installOf(changes: Partial<HostFacts> = {}) {
    const document = parse(renderUserData(facts(changes))) as { readonly bootcmd: readonly string[][] };
    expect(Object.keys(document)).to.deep.equal(["bootcmd"]);
    expect(document.bootcmd).to.have.length(1);
    const [shell, flag, script = "", name, cluster, ...words] = document.bootcmd[0] ?? [];
    const files = new Map<string, { readonly mode: string; readonly text: string }>();
    for (let n = 0; n < words.length; n += 3) {
        files.set(words[n] ?? "", { mode: words[n + 1] ?? "", text: `${words[n + 2] ?? ""}\n` });
    }
    return { command: [shell, flag, name], script, cluster, files };
}
const contentOf = (path: string, changes: Partial<HostFacts> = {}) =>
    installOf(changes).files.get(path)?.text ?? "";

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

    it("with packages and settings of the agent is as reviewed", () => {
        const agent = { reservedMemoryMiB: 256, enableSpotInstanceDraining: true };
        const packages = ["htop", "amazon-efs-utils"];
        expectGolden("userData/sles15-packages.yaml", renderUserData(facts({ packages, agent })));
    });

    const proxy = hostProxy(
        { address: "proxy.example:3128", noProxy: [".intranet.example"] },
        { mode: "create" },
        "eu-central-1",
    );
    for (const generation of slesGenerations) {
        it(`of SLES ${generation} with a proxy is as reviewed`, () => {
            const packages = ["htop"];
            expectGolden(
                `userData/sles${generation}-proxy.yaml`,
                renderUserData(facts({ generation, packages, proxy })),
            );
        });
    }

    it("tells everything that goes out of the proxy, each in its own place", () => {
        // What AWS's and SUSE's pages ask to be left out, S3 by the network's own endpoint, and what the settings name.
        const past = [
            "localhost,127.0.0.1,169.254.169.254,fd00:ec2::254,169.254.170.2",
            "s3.eu-central-1.amazonaws.com,.intranet.example",
        ].join(",");
        const lines = [
            'Environment="HTTP_PROXY=http://proxy.example:3128"',
            'Environment="HTTPS_PROXY=http://proxy.example:3128"',
            `Environment="NO_PROXY=${past}"`,
        ].join("\n");
        const units = "/etc/systemd/system";
        for (const file of [
            `${units}/docker.service.d/10-sles-ecs.conf`,
            `${units}/amazon-ecs.service.d/10-sles-ecs.conf`,
            `${units}/amazon-ssm-agent.service.d/10-sles-ecs.conf`,
            `${units}/sles-ecs-packages.service`,
        ]) {
            expect(contentOf(file, { proxy, packages: ["htop"] }), file).to.include(`[Service]\n${lines}\n`);
        }
        expect(contentOf("/etc/sysconfig/proxy", { proxy })).to.equal(
            [
                'PROXY_ENABLED="yes"',
                'HTTP_PROXY="http://proxy.example:3128"',
                'HTTPS_PROXY="http://proxy.example:3128"',
                `NO_PROXY="${past}"\n`,
            ].join("\n"),
        );
        const agent = contentOf("/etc/sles-ecs/ecs.config", { proxy });
        expect(agent).to.match(/^HTTP_PROXY=proxy\.example:3128$/m);
        expect(agent).to.match(
            /^NO_PROXY=169\.254\.169\.254,169\.254\.170\.2,\/var\/run\/docker\.sock,localhost,/m,
        );
    });

    it("says nothing of proxies without one", () => {
        expect(renderUserData(facts({ packages: ["htop"] }))).not.to.match(/proxy/i);
    });

    it("is a cloud-config, as a shell script would run after the agent has started", () => {
        expect(renderUserData(facts())).to.match(/^#cloud-config\n/);
    });

    it("is one command of bootcmd, the only module that runs at every boot", () => {
        expect(installOf().command).to.deep.equal(["bash", "-c", "sles-ecs-install"]);
    });

    it("hands its values over in one file, and never within shell", () => {
        expect(contentOf("/etc/sles-ecs/bootstrap.conf", { storage: storages.volume })).to.equal(
            "CLUSTER=dev\nGENERATION=15\nSTORAGE=volume\nVOLUME_ID=vol-0123456789abcdef0\nVOLUME_DEVICE=/dev/sdf\nDOCKER_OPTIONS=--storage-driver=btrfs\n",
        );
        expect(contentOf("/etc/sles-ecs/bootstrap.conf", { storage: storages.driver })).to.contain(
            "DOCKER_OPTIONS=--storage-driver=overlay2 --storage-opt=overlay2.size=10G --storage-opt=overlay2.override_kernel_check=true\n",
        );
        // The guide's section 6: docker's btrfs driver on the image's own store; SLES 16 has none.
        expect(contentOf("/etc/sles-ecs/bootstrap.conf")).to.contain(
            "DOCKER_OPTIONS=--storage-driver=btrfs\n",
        );
        expect(contentOf("/etc/sles-ecs/bootstrap.conf", { generation: 16 })).to.contain("DOCKER_OPTIONS=\n");
        for (const storage of Object.values(storages)) {
            const scripts = (clusterName: string) => [
                installOf({ clusterName, storage }).script,
                contentOf("/usr/local/sbin/sles-ecs-bootstrap", { clusterName, storage }),
            ];
            expect(scripts("one")).to.deep.equal(scripts("two"));
        }
    });

    it("differs between clusters in the three places that name the cluster, and nowhere else", () => {
        for (const storage of Object.values(storages)) {
            const lines = (clusterName: string) =>
                renderUserData(facts({ clusterName, storage })).split("\n");
            const other = lines("default");
            const changed = lines("dev").filter((line, n) => line !== other[n]);
            expect(changed.map((line) => line.trim())).to.deep.equal([
                "- ECS_CLUSTER=dev",
                "CLUSTER=dev",
                "ECS_CLUSTER=dev",
            ]);
        }
    });

    it("names the cluster to the agent unquoted, and its attributes on one line", () => {
        expect(contentOf("/etc/sles-ecs/ecs.config", { storage: storages.volume })).to.equal(
            'ECS_CLUSTER=dev\nECS_INSTANCE_ATTRIBUTES={"sles-ecs.docker-storage":"volume","sles-ecs.generation":"15"}\n',
        );
    });

    it("gives the cluster's name first, and says where docker keeps its data only once the storage stands", () => {
        for (const storage of Object.values(storages)) {
            expect(installOf({ storage }).cluster).to.equal("ECS_CLUSTER=dev");
        }
        expect(installOf().script).to.not.contain("ECS_INSTANCE_ATTRIBUTES");
    });

    it("keeps the line that the agent of SLES 16 cannot do without, and leaves it out elsewhere", () => {
        const line = "ECS_AGENT_PID_NAMESPACE_HOST=true\n";
        expect(contentOf("/etc/sles-ecs/ecs.config", { generation: 16 })).to.contain(line);
        expect(contentOf("/etc/sles-ecs/ecs.config", { generation: 15 })).to.not.contain(line);
    });

    it("keeps the image's own store from being set up where it exists and something else is wanted", () => {
        const preempts = (changes: Partial<HostFacts>) => {
            const { script } = installOf(changes);
            const both = [script.includes("docker-img-store-setup"), script.includes("docker-storage.btrfs")];
            expect(both[0]).to.equal(both[1]);
            return both[0];
        };
        expect(preempts({ storage: storages.volume })).to.equal(true);
        expect(preempts({ storage: storages.driver })).to.equal(true);
        expect(preempts({ storage: storages.imageStore })).to.equal(false);
        expect(preempts({ storage: storages.btrfsDriver })).to.equal(false);
        expect(preempts({ storage: storages.volume, generation: 16 })).to.equal(false);
    });

    it("has no here-document, as bash writes it to a disk that may be full", () => {
        for (const storage of Object.values(storages)) {
            const changes = { storage, packages: ["htop"] };
            expect(installOf(changes).script).to.not.contain("<<");
            expect(contentOf("/usr/local/sbin/sles-ecs-bootstrap", changes)).to.not.contain("<<");
        }
    });

    it("has docker ask for the agent, whose own start is given up where docker fails at first", () => {
        expect(contentOf("/etc/systemd/system/docker.service.d/10-sles-ecs.conf")).to.match(
            /^ExecStartPost=-\/usr\/bin\/systemctl start --no-block amazon-ecs\.service$/m,
        );
    });

    it("gives the agent's starter its settings as an environment as well, as AWS's own unit does", () => {
        expect(contentOf("/etc/systemd/system/amazon-ecs.service.d/10-sles-ecs.conf")).to.match(
            /^EnvironmentFile=-\/etc\/ecs\/ecs\.config$/m,
        );
    });

    it("never waits for a unit that is ordered after the bootstrap", () => {
        const script = contentOf("/usr/local/sbin/sles-ecs-bootstrap");
        expect(script).to.match(/systemctl start --no-block docker\.service amazon-ecs\.service/);
        expect(script).to.not.match(/systemctl start (?!--no-block)[^\n]*amazon-ecs/);
        expect(installOf().script).to.not.match(/systemctl (start|stop) (?!--no-block)/);
    });

    it("has docker and the agent want the bootstrap, come after it, and start only where it was through", () => {
        for (const unit of ["docker", "amazon-ecs"]) {
            const dropIn = contentOf(`/etc/systemd/system/${unit}.service.d/10-sles-ecs.conf`);
            expect(dropIn).to.match(/^Wants=sles-ecs-bootstrap\.service$/m);
            expect(dropIn).to.match(/^After=sles-ecs-bootstrap\.service$/m);
            expect(dropIn).to.match(/^AssertPathExists=\/run\/sles-ecs\/ready$/m);
            // A restart of the bootstrap must not stop them.
            expect(dropIn).to.not.match(/^Requires=/m);
        }
        expect(contentOf("/etc/systemd/system/docker.service.d/10-sles-ecs.conf")).to.match(
            /^RequiresMountsFor=\/var\/lib\/docker$/m,
        );
        // Restart= is refused with Type=oneshot by the systemd of SLES 12.
        expect(contentOf("/etc/systemd/system/sles-ecs-bootstrap.service")).to.not.match(/^Restart=/m);
    });

    it("brings what installs packages only where some are wanted", () => {
        const unit = "/etc/systemd/system/sles-ecs-packages.service";
        const script = "/usr/local/sbin/sles-ecs-bootstrap";
        expect(installOf().files.has(unit)).to.equal(false);
        expect(contentOf(script)).to.not.contain("zypper");
        const packages = ["htop", "amazon-efs-utils"];
        expect(contentOf(unit, { packages })).to.match(/^ExecStart=.*bootstrap packages$/m);
        expect(contentOf(script, { packages })).to.contain("zypper");
        expect(contentOf("/etc/sles-ecs/bootstrap.conf", { packages })).to.contain(
            "PACKAGES=htop amazon-efs-utils\n",
        );
    });

    it("makes the bootstrap a program and everything else plain files, the agent's drop-in last", () => {
        const { files } = installOf({ packages: ["htop"] });
        for (const [path, { mode }] of files) {
            expect(mode, path).to.equal(path.includes("/sbin/") ? "0755" : "0644");
        }
        expect([...files.keys()].at(-1)).to.equal(
            "/etc/systemd/system/amazon-ecs.service.d/10-sles-ecs.conf",
        );
    });

    it("fits into 16 KiB even with the longest cluster name", () => {
        for (const generation of slesGenerations) {
            for (const storage of Object.values(storages)) {
                const text = renderUserData(facts({ clusterName: "c".repeat(255), generation, storage }));
                expect(Buffer.byteLength(text)).to.be.at.most(16_384);
            }
        }
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
                const [first] = contentOf("/etc/sles-ecs/bootstrap.conf", { clusterName }).split("\n");
                expect(first).to.equal(`CLUSTER=${clusterName}`);
            }),
            { numRuns: 25 },
        );
    });
});
