import { expect } from "chai";

import {
    installPackageCommand,
    listContainerPackagesCommand,
    readContainerPackages,
} from "../../components/model/hostCommands/containerPackages";
import { pushContainerCommand, readPushed } from "../../components/model/hostCommands/pushContainer";
import { bootContainerHost, packageName, registryAddress } from "./containerHost";
import type { CommandedHost } from "./commandedHost";
import "./printTally";
import { Rig } from "./rig";

const minutes = 60_000;
const repository = `${registryAddress}/dev/sles12`;
const push = pushContainerCommand({ packageName, repository, region: "us-east-1" });

/** What the guide's section 5 has people do by hand, as the commands of `containers` do it on a machine that runs. */
describe("the commands for container images, on a host that has booted", function () {
    this.timeout(20 * minutes);
    let rig: Rig;
    let host: CommandedHost;

    before(async () => {
        rig = await Rig.open();
        host = await bootContainerHost(rig);
    });
    after(async () => {
        await (host as CommandedHost | undefined)?.terminate();
        await rig.close();
    });

    const packages = async () => readContainerPackages((await host.run(listContainerPackagesCommand)).said);

    it("push nothing of a package that is not installed", async () => {
        expect(await host.run(push)).to.deep.equal({
            exitCode: 1,
            said: `the package ${packageName} is not installed on this host`,
        });
    });

    it("say so where there is no room for the package, and leave nothing that looks installed", async () => {
        await host.run(`mkdir -p /usr/share/suse-docker-images
            mount -t tmpfs -o size=4k none /usr/share/suse-docker-images`);
        const { exitCode, said } = await host.run(installPackageCommand(packageName));
        await host.run("umount /usr/share/suse-docker-images");
        expect(exitCode).to.equal(1);
        expect(said)
            .to.contain(`zypper could not install ${packageName}`)
            .and.to.contain("No space left on device");
        expect((await packages()).map(({ installed }) => installed)).to.deep.equal([false]);
    });

    it("find the package, install it, and leave it as it is the second time", async () => {
        expect(await packages()).to.deep.equal([
            { name: packageName, summary: "SLES 12 image", installed: false },
        ]);
        const install = installPackageCommand(packageName);
        expect((await host.run(install)).said).to.equal(`installed: ${packageName}-1.1.4-20171002.x86_64`);
        expect((await packages())[0]?.installed).to.equal(true);
        expect((await host.run(install)).said).to.equal(
            `there already: ${packageName}-1.1.4-20171002.x86_64`,
        );
    });

    it("say what zypper says of a package that there is not", async () => {
        const { exitCode, said } = await host.run(installPackageCommand("sles13-docker-image"));
        expect(exitCode).to.equal(1);
        expect(said).to.contain("zypper could not install sles13-docker-image");
    });

    it("load, tag and push its image with docker, and tell the digest under which it can be pulled", async () => {
        const { exitCode, said } = await host.run(push);
        expect(exitCode, said).to.equal(0);
        const pushed = readPushed(said);
        expect(pushed).to.include({ image: "suse/sles12:1.1.4", tag: "1.1.4-20171002", wasThere: false });
        const pulled = await host.run(`docker rmi suse/sles12:1.1.4 ${repository}:1.1.4-20171002 >/dev/null
            echo short-lived | docker login --username AWS --password-stdin ${registryAddress} >/dev/null 2>&1
            docker pull --quiet ${repository}@${pushed?.digest ?? ""}
            docker logout ${registryAddress} >/dev/null; rm -rf /root/.docker`);
        expect(pulled.said).to.contain(pushed?.digest);
    });

    it("push nothing where the tag holds that image already, and refuse the tag to another image", async () => {
        const first = readPushed((await host.run(push)).said);
        expect(first).to.include({ wasThere: true, tag: "1.1.4-20171002" });
        expect(first?.digest).to.match(/^sha256:[0-9a-f]{64}$/);
        const other = await host.run(`set -e
            head -c 1000 /dev/urandom >/srv/other
            tar -c -C /srv other | docker import - ${repository}:other >/dev/null
            echo short-lived | docker login --username AWS --password-stdin ${registryAddress} >/dev/null 2>&1
            docker push --quiet ${repository}:other; docker logout ${registryAddress} >/dev/null; rm -rf /root/.docker`);
        expect(other.exitCode, other.said).to.equal(0);
        const tag = { packageName, repository, region: "us-east-1", tag: "other" };
        expect(await host.run(pushContainerCommand(tag))).to.deep.equal({
            exitCode: 1,
            said: "the tag other already exists in dev/sles12, for another image",
        });
    });

    it("leave no token on the host", async () => {
        await host.run(push);
        const { said } = await host.run(
            "grep -rl --exclude=sles-ecs-command QVdTOnNob3J0 /root /tmp /run 2>/dev/null; ls -A /root/.docker 2>/dev/null; echo end",
        );
        expect(said).to.equal("end");
    });

    it("say so where the role gives no token", async () => {
        await host.run("touch /run/no-rights");
        const { exitCode, said } = await host.run(push);
        await host.run("rm /run/no-rights");
        expect(exitCode).to.equal(1);
        expect(said)
            .to.contain("the host's role gets no token of ECR")
            .and.to.contain("AccessDeniedException");
    });

    it("say so where the registry is gone, and push once it is back", async () => {
        await host.run("systemctl kill --signal KILL stand-in-registry");
        const { exitCode, said } = await host.run(push);
        expect(exitCode).to.equal(1);
        expect(said).to.match(/docker cannot (log in at|push)/);
        await host.run(
            "systemd-run --quiet --unit stand-in-registry-2 docker-registry serve /etc/registry.yml; sleep 1",
        );
        expect((await host.run(push)).exitCode).to.equal(0);
    });

    it("say so where docker is stopped, and where there is none", async () => {
        await host.run("systemctl stop docker.socket docker.service");
        expect((await host.run(push)).said).to.equal(
            "docker does not answer on this host: docker.service is inactive",
        );
        await host.run("mv /usr/bin/docker /usr/bin/docker.away");
        const { said } = await host.run(push);
        await host.run("mv /usr/bin/docker.away /usr/bin/docker");
        expect(said).to.equal("there is no docker on this host");
    });
});
