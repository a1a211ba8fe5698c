import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { BareHost } from "./bareHost";

const install = (name: string) => `zypper --non-interactive --quiet install -- ${name}`;

/** zypper(8), "Exit codes": 6 no repositories are defined, 7 locked by another zypper, 104 capability not found. */
describe("the stand-ins for zypper, rpm and the registration with SUSE's servers", () => {
    let host: BareHost;

    before(async () => {
        host = await BareHost.boot({ generation: 15 }, { "/etc/stand-in-repository": "htop\nstrace\n" });
    });

    after(() => host.close());

    it("install a package that the repositories have, once the host is registered", async () => {
        expect(await host.exitCode("rpm -q --quiet --whatprovides htop")).to.equal(1);
        expect(await host.exitCode(install("htop"))).to.equal(0);
        expect(await host.exitCode("rpm -q --quiet --whatprovides htop")).to.equal(0);
    });

    it("end with 104 for a package that no repository has, and install none of the others", async () => {
        expect(await host.exitCode(install("strace absent"))).to.equal(104);
        expect(await host.exitCode("rpm -q --quiet --whatprovides strace")).to.equal(1);
    });

    it("know the packages of the images (keg-recipes, packages.yaml of ecs and of ec2)", async () => {
        for (const name of ["amazon-ecs-init", "docker", "docker-buildx", "cloud-init", "nvme-cli"]) {
            expect(await host.exitCode(`rpm -q --quiet --whatprovides ${name}`), name).to.equal(0);
        }
    });

    it("end with 6 until the registration begins its work, and with 7 while it has zypper's lock", async () => {
        await host.output("rm -r /etc/zypp; echo 4 >/etc/stand-in-registration-seconds");
        await host.output("systemctl restart --no-block guestregister.service; sleep 1");
        const codes: number[] = [await host.exitCode(install("strace"))];
        while (codes.at(-1) !== 0 && codes.length < 200) {
            await sleep(100);
            codes.push(await host.exitCode(install("strace")));
        }
        expect(codes.filter((code, index) => code !== codes[index - 1])).to.deep.equal([6, 7, 0]);
    });

    it("wait for the network and for nothing else (cloud-regionsrv-client, guestregister.service)", async () => {
        const lines = await host.unitLines("guestregister.service");
        expect(lines).to.include.members(["After=network-online.target", "Wants=network-online.target"]);
        expect(lines.filter((line) => line.startsWith("Before="))).to.deep.equal([]);
    });
});
