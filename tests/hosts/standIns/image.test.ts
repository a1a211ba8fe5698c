import { expect } from "chai";
import { parse } from "yaml";
import { BareHost } from "./bareHost";

/** SUSE-Enceladus/keg-recipes, data/overlayfiles/cloud-cfg-ec2/etc/cloud/cloud.cfg. */
const modules = {
    cloud_init_modules:
        "migrator bootcmd write-files growpart resizefs set_hostname update_hostname update_etc_hosts ca-certs " +
        "rsyslog users-groups ssh",
    cloud_config_modules:
        "mounts locale set-passwords timezone puppet chef salt-minion mcollective disable-ec2-metadata runcmd byobu",
    cloud_final_modules:
        "package-update-upgrade-install rightscale_userdata scripts-per-once scripts-per-boot scripts-per-instance " +
        "scripts-user ssh-authkey-fingerprints keys-to-console phone-home final-message power-state-change",
};
/** keg-recipes, data/base/pubcloud/_sles/ecs: config.yaml, and 15-sp4/config.yaml for 15 only. */
const services = ["amazon-ecs.service", "docker.service", "guestregister.service", "cloud-init.target"];
const generations = [
    { generation: 15, root: "xfs", network: "cloud-init.service", hasStore: true, lastStage: undefined },
    {
        generation: 16,
        root: "btrfs",
        network: "cloud-init-network.service",
        hasStore: false,
        lastStage: true,
    },
] as const;

for (const { generation, root, network, hasStore, lastStage = false } of generations) {
    describe(`the stand-in for the image of SLES ${generation}`, () => {
        let host: BareHost;
        const order = (unit: string) => host.output(`systemctl show -P After ${unit}`);

        before(async () => {
            host = await BareHost.boot({ generation });
        });

        after(() => host.close());

        it(`has a root disk of 10240 MiB with ${root} (keg-recipes, preferences)`, async () => {
            expect(await host.output("findmnt -rnvo FSTYPE /")).to.equal(root);
            expect(await host.output("blockdev --getsize64 /dev/nvme0n1")).to.equal("10737418240");
        });

        it(`starts the agent, docker and guestregister${hasStore ? ", and sets up a store" : ""}`, async () => {
            for (const unit of services) {
                expect(await host.output(`systemctl is-enabled ${unit} || true`), unit).to.match(
                    /^enabled(-runtime)?$/,
                );
            }
            const store = await host.output(
                "systemctl is-enabled docker-img-store-setup.service 2>/dev/null || true",
            );
            expect(store).to.equal(hasStore ? "enabled" : "");
        });

        it("runs the modules of SUSE's cloud.cfg in their order: bootcmd first, no disk_setup, no fs_setup", async () => {
            const config = parse(await host.output("cat /etc/cloud/cloud.cfg")) as Record<string, string[]>;
            for (const [stage, names] of Object.entries(modules)) {
                expect(config[stage]?.join(" "), stage).to.equal(names);
            }
            expect(config["datasource_list"]).to.deep.equal(["Ec2"]);
            expect(config["system_info"]).to.deep.include({ distro: "sles" });
            const log = await host.output("grep -o 'config-[a-z_-]* with frequency' /var/log/cloud-init.log");
            const ran = log.split("\n").map((line) => line.replace(/config-(\S+) .*/, "$1"));
            const inOrder = Object.values(modules).flatMap((names) => names.split(" "));
            expect(ran).to.have.length.above(10);
            expect(ran).to.deep.equal(inOrder.filter((name) => ran.includes(name)));
        });

        it("starts the agent without waiting for any stage of cloud-init", async () => {
            expect(await order("amazon-ecs.service")).to.not.match(/cloud-/);
            expect(await order("docker.service")).to.not.match(/cloud-/);
        });

        it(`has the network stage of cloud-init in ${network}, before network-online.target only`, async () => {
            expect(await host.output(`systemctl show -P ActiveState ${network}`)).to.equal("active");
            const before = await host.output(`systemctl show -P Before ${network}`);
            expect(before.split(" ")).to.include("network-online.target");
            expect(before).to.not.match(/docker|amazon|multi-user/);
        });

        it(`runs shell user data ${lastStage ? "after" : "in a race with"} multi-user.target`, async () => {
            expect((await order("cloud-final.service")).split(" ").includes("multi-user.target")).to.equal(
                lastStage,
            );
        });

        it("starts dockerd with the options of /etc/sysconfig/docker, which are empty", async () => {
            expect(await host.output("grep -v ^# /etc/sysconfig/docker")).to.equal(
                'DOCKER_OPTS=""\nDOCKER_NETWORK_OPTIONS=""',
            );
            await host.output(
                "sed -i 's/^DOCKER_OPTS=.*/DOCKER_OPTS=\"--label=a=1 --label=b=2\"/' /etc/sysconfig/docker; systemctl restart docker",
            );
            const words = await host.output(
                "tr '\\0' ' ' </proc/$(systemctl show -P MainPID docker)/cmdline",
            );
            expect(words).to.match(/^\/usr\/bin\/dockerd .* --label=a=1 --label=b=2/);
        });

        it("restarts the agent with docker: Requires=docker.service", async () => {
            expect(await host.output("systemctl show -P Requires amazon-ecs.service")).to.match(
                /\bdocker\.service\b/,
            );
        });
    });
}
