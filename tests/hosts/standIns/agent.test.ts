import { expect } from "chai";
import { BareHost } from "./bareHost";

const init = "/usr/sbin/amazon-ecs-init";

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

    it("is the unit of amazon-ecs-agent, packaging/suse: no order towards cloud-init, no Restart=", async () => {
        expect(await host.unitLines("amazon-ecs.service")).to.deep.equal([
            "[Unit]",
            "After=docker.service",
            "After=network.target",
            "Requires=docker.service",
            "Requires=network.target",
            "[Service]",
            "Type=simple",
            "ExecStartPre=/usr/sbin/amazon-ecs-init pre-start",
            "ExecStart=/usr/sbin/amazon-ecs-init start",
            "ExecStop=/usr/sbin/amazon-ecs-init stop",
            "ExecStopPost=/usr/sbin/amazon-ecs-init post-stop",
            "ExecReload=/usr/sbin/amazon-ecs-init reload-cache",
            "[Install]",
            "WantedBy=multi-user.target",
        ]);
        expect(await host.output("systemctl is-enabled amazon-ecs.service")).to.equal("enabled");
    });

    it("registers in the cluster default where none is named (agent/config)", () => {
        expect(registrations()[0]).to.deep.equal({ cluster: "default", attributes: {} });
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
        expect(registrations().at(-1)).to.deep.equal({ cluster: '"dev"', attributes: { a: "b=c" } });
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
