import fs from "node:fs";
import path from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { parseSettings } from "../../../components/model/settings";
import { wantedAgentConfig } from "../../../components/model/userData/configFiles";
import { anyAgentSettings } from "../../components/model/agent/anySettings";
import { readEnvironmentFile } from "../../components/model/agent/environmentFile";
import { facts } from "../cases/parts";
import { BareHost } from "./bareHost";

const init = "/usr/sbin/amazon-ecs-init";

/** What every agent registers that has nothing on its host to offer more by (amazon-ecs-agent, agent/app/agent_capability.go). */
const always = { "ecs.capability.efs": "" };

describe("the stand-in for the ECS agent", () => {
    let host: BareHost;
    const registrations = () =>
        host.host.network.events
            .filter(({ event }) => event === "RegisterContainerInstance")
            .map(({ cluster, attributes }) => ({ cluster, attributes }));
    const downloads = () => host.host.network.events.filter(({ event }) => event === "download").length;
    /** Starts an agent for a moment; 124 is timeout's code for a command that would have gone on. */
    const start = (seconds = 5) => host.exitCode(`timeout ${seconds} ${init} start`);
    const configure = (text: string) => host.output(`cat >/etc/ecs/ecs.config <<'END'\n${text}\nEND`);

    before(async () => {
        host = await BareHost.boot({ generation: 15 });
        await host.output("systemctl stop amazon-ecs.service");
    });

    beforeEach(() => host.output("rm -rf /var/lib/ecs/data /var/lib/ecs/ecs.config; : >/etc/ecs/ecs.config"));

    after(() => host.close());

    it("is the unit that SUSE builds for SLES 15: it tries again, loads its configuration, has no order towards cloud-init", async () => {
        expect(await host.unitLines("amazon-ecs.service")).to.deep.equal([
            "[Unit]",
            "After=docker.service",
            "After=network-online.target",
            "Requires=docker.service",
            "Requires=network-online.target",
            "[Service]",
            "Type=simple",
            "Restart=on-failure",
            "RestartSec=10s",
            "RestartPreventExitStatus=5",
            "EnvironmentFile=-/var/lib/ecs/ecs.config",
            "EnvironmentFile=-/etc/ecs/ecs.config",
            "ExecStartPre=/usr/sbin/amazon-ecs-init pre-start",
            "ExecStart=/usr/sbin/amazon-ecs-init start",
            "ExecStop=/usr/sbin/amazon-ecs-init pre-stop",
            "ExecStopPost=/usr/sbin/amazon-ecs-init post-stop",
            "ExecReload=/usr/sbin/amazon-ecs-init reload-cache",
            "[Install]",
            "WantedBy=multi-user.target",
        ]);
        expect(await host.output("systemctl is-enabled amazon-ecs.service")).to.equal("enabled");
    });

    for (const [unit, target] of [
        ["packaged", "network.target"],
        ["sles12", "network-online.target"],
    ] as const) {
        it(`is another unit in the form ${unit}: ${target}, no Restart=, no EnvironmentFile=`, () => {
            const lines = fs
                .readFileSync(path.join(__dirname, "..", "machine", "agentUnits", `${unit}.service`), "utf8")
                .split("\n");
            expect(
                lines.filter((line) => /^(After|Requires|Restart|Environment|ExecStop=)/.test(line)),
            ).to.deep.equal([
                "After=docker.service",
                `After=${target}`,
                "Requires=docker.service",
                `Requires=${target}`,
                "ExecStop=/usr/sbin/amazon-ecs-init stop",
            ]);
        });
    }

    it("registers in the cluster default where none is named (agent/config)", () => {
        expect(registrations()[0]).to.deep.equal({ cluster: "default", attributes: always });
    });

    it("has downloaded itself before its first start, and noted it as cached (ecs-init/cache)", async () => {
        expect(downloads()).to.equal(2);
        expect(await host.output("cat /var/cache/ecs/state")).to.equal("1");
        expect(await host.exitCode(`${init} pre-start`)).to.equal(0);
        expect(downloads()).to.equal(2);
    });

    it("downloads again where its archive is empty, whatever the state says (AgentCacheStatus)", async () => {
        await host.output(": >/var/cache/ecs/ecs-agent.tar");
        const before = downloads();
        expect(await host.exitCode(`${init} pre-start`)).to.equal(0);
        expect(downloads()).to.equal(before + 2);
    });

    it("reads /etc/ecs/ecs.config at each start: first = splits, quotes stay, other lines are passed over", async () => {
        await configure(
            `# ECS_CLUSTER\nECS_CLUSTER="dev"\nno line\nECS_INSTANCE_ATTRIBUTES={"a":"b=c"}\n ECS_X = y `,
        );
        await start();
        expect(registrations().at(-1)).to.deep.equal({
            cluster: '"dev"',
            attributes: { a: "b=c", ...always },
        });
    });

    it("takes /var/lib/ecs/ecs.config too, and /etc/ecs/ecs.config over it (LoadEnvVars)", async () => {
        await host.output("mkdir -p /var/lib/ecs; echo ECS_CLUSTER=low >/var/lib/ecs/ecs.config");
        await start();
        expect(registrations().at(-1)?.cluster).to.equal("low");
        await configure("ECS_CLUSTER=high");
        await start();
        expect(registrations().at(-1)?.cluster).to.equal("high");
    });

    it("ends with 5 and asks for nothing where its cluster is another than the saved one", async () => {
        await configure("ECS_CLUSTER=default");
        expect(await start()).to.equal(124);
        const before = registrations().length;
        await configure("ECS_CLUSTER=other");
        expect(await start()).to.equal(5);
        expect(registrations()).to.have.length(before);
    });

    it("forgets its cluster with /var/lib/ecs/data/agent.db", async () => {
        await configure("ECS_CLUSTER=default");
        await start();
        await host.output("rm /var/lib/ecs/data/agent.db");
        await configure("ECS_CLUSTER=other");
        expect(await start()).to.equal(124);
        expect(registrations().at(-1)?.cluster).to.equal("other");
    });

    it("is started again and again by amazon-ecs-init where it was refused (StartSupervised)", async () => {
        await configure("ECS_CLUSTER=forbidden");
        const before = registrations().length;
        expect(await start(8)).to.equal(124);
        expect(registrations().length - before).to.be.at.least(3);
    });

    it("ends with 255, the code -1 of ecs-init, where it cannot be downloaded", async () => {
        const noBucket = `sed 's/10.0.0.10:8081/10.0.0.10:1/' ${init} >/tmp/init; chmod +x /tmp/init`;
        await host.output(`${noBucket}; : >/var/cache/ecs/ecs-agent.tar`);
        expect(await host.exitCode("/tmp/init pre-start")).to.equal(255);
    });

    const restarts = async () => Number(await host.output("systemctl show -P NRestarts amazon-ecs.service"));
    const unitState = (state: string) =>
        host.output(
            `for _ in $(seq 100); do [ "$(systemctl show -P ActiveState amazon-ecs.service)" != ${state} ] || break; sleep 0.3; done
            systemctl show -P ActiveState amazon-ecs.service`,
        );

    it("is tried again by systemd until it can be downloaded", async () => {
        await host.output(`cp ${init} /tmp/whole; sed -i 's/10.0.0.10:8081/10.0.0.10:1/' ${init}`);
        await host.output(
            ": >/var/cache/ecs/ecs-agent.tar; systemctl start --no-block amazon-ecs.service; sleep 12",
        );
        expect(await restarts()).to.be.at.least(1);
        await host.output(`cp /tmp/whole ${init}`);
        expect(await unitState("active")).to.equal("active");
    });

    it("is not tried again by systemd where its cluster is another than the saved one", async () => {
        await host.output("systemctl stop amazon-ecs.service");
        await configure("ECS_CLUSTER=default");
        await start();
        await configure("ECS_CLUSTER=other");
        await host.output("systemctl start amazon-ecs.service || true");
        expect(await unitState("failed")).to.equal("failed");
        expect(await host.output("systemctl show -P ExecMainStatus amazon-ecs.service")).to.equal("5");
        await host.output("sleep 11");
        expect(await unitState("failed")).to.equal("failed");
        expect(await restarts()).to.equal(0);
    });

    it("has the lines of /etc/ecs/ecs.config in its environment, as systemd reads them", async () => {
        const configs = fc
            .sample(anyAgentSettings, { numRuns: 20, seed: 20 })
            .map((given) => parseSettings({ agent: given }, "dev").settings!.agent)
            .concat({ tags: { team: "räte" } })
            .map((settings) => wantedAgentConfig({ ...facts(), agent: settings }));
        const foreign = `A="b \\" c" 'd'\n e = f g \nH=i\\\nJ=k\n#L=m\nN=o\np\nQ="r"s"t"\n`;
        for (const config of [...configs, foreign]) {
            fs.writeFileSync(host.machine.path("/var/tmp/environment"), config);
            const shown = await host.output(
                "systemd-run --quiet --wait --pipe -p EnvironmentFile=/var/tmp/environment env -0 | tr '\\n\\0' '\\0\\n'",
            );
            for (const [key, value] of readEnvironmentFile(config)) {
                expect(shown.split("\n"), config).to.include(`${key}=${value}`);
            }
        }
    });
});

describe("the stand-in for the ECS agent of SLES 16", () => {
    let host: BareHost;

    before(async () => {
        host = await BareHost.boot({ generation: 16 });
    });

    after(() => host.close());

    it("comes with the line of keg-recipes, ecs-init-config-pid-namespace.sh, and registers", async () => {
        expect(await host.output("cat /etc/ecs/ecs.config")).to.equal("ECS_AGENT_PID_NAMESPACE_HOST=true");
        expect(host.host.network.events.at(-1)?.accepted).to.equal(true);
    });

    it("never registers without that line, under SELinux", async () => {
        await host.output("systemctl stop amazon-ecs.service; : >/etc/ecs/ecs.config");
        const before = host.host.network.events.length;
        expect(await host.exitCode(`timeout 4 ${init} start`)).to.equal(124);
        expect(host.host.network.events).to.have.length(before);
    });
});
