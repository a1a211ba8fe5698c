import fs from "node:fs";
import { expect } from "chai";
import { renderUserData } from "../../../components/model/userData";
import { Host, hostFacts, resultsOf } from "./bootstrapHost";

describe("the bootstrap and packages", () => {
    let host: Host;
    beforeEach(() => {
        host = new Host(hostFacts({ packages: ["htop", "amazon-efs-utils"] }));
        host.command("rpm", `for last; do :; done; [ -e ${host.at("/installed")}/$last ]`);
    });
    afterEach(() => {
        fs.rmSync(host.root, { recursive: true, force: true });
    });
    const zypper = (body: string) => {
        const install = `for one; do case $one in -*|install) ;; *) mkdir -p ${host.at("/installed")}/$one ;; esac; done`;
        host.command("zypper", body.replace("INSTALL", install));
    };

    it("installs them beside the agent, which does not wait for them", () => {
        const { steps } = host.boot();
        expect(resultsOf(steps)).to.deep.equal(["hold ok", "storage ok", "configure ok", "start ok"]);
        expect(host.calls().slice(-2)).to.deep.equal([
            "systemctl start --no-block docker.service amazon-ecs.service",
            "systemctl start --no-block sles-ecs-packages.service",
        ]);
    });

    it("asks for what is missing, and for nothing at the next boot", () => {
        host.write("/installed/htop", "");
        zypper("INSTALL");
        expect(host.boot("packages").steps[0]).to.include({
            step: "packages",
            result: "ok",
            reason: "installed amazon-efs-utils",
        });
        expect(host.calls()).to.include("zypper --non-interactive --quiet install -- amazon-efs-utils");
        host.boot("packages");
        expect(host.calls().filter((call) => call.startsWith("zypper"))).to.deep.equal([]);
    });

    // zypper(8): 6 without repositories, 7 while another zypper runs, 104 for a name that no repository has.
    it("tries again while the registration is not through", () => {
        host.packageWaitSeconds = 900;
        const count = host.at("/tries");
        zypper(
            `echo x >>${count}; case $(wc -l <${count}) in 1) exit 6 ;; 2) exit 7 ;; 3) exit 104 ;; esac; INSTALL`,
        );
        const { status, steps } = host.boot("packages");
        expect(status).to.equal(0);
        expect(resultsOf(steps)).to.deep.equal(["packages ok"]);
        // The first round meets 6 and 7, the second 104 for one package and installs the other, the third the rest.
        expect(host.calls().filter((call) => call.startsWith("sleep"))).to.have.length(2);
    });

    it("installs the others where there is no such package as one of them", () => {
        zypper("case $* in *htop) exit 104 ;; esac; INSTALL");
        const { steps } = host.boot("packages");
        expect(steps[0]).to.include({
            result: "failed",
            reason: "zypper could not install htop within 1 s",
        });
        expect(fs.existsSync(host.at("/installed/amazon-efs-utils"))).to.equal(true);
    });

    it("leave the host joined where systemd does not start their unit", () => {
        host.command("systemctl", 'case "$*" in *packages*) exit 1 ;; is-active*) exit 3 ;; esac');
        const { status, steps } = host.boot();
        expect(status).to.equal(0);
        expect(steps.at(-1)).to.include({
            step: "start",
            result: "ok",
            reason: "systemd did not take the order to start sles-ecs-packages.service",
        });
    });

    describe("for builds of SLE containers", () => {
        const units = () => host.calls().filter((call) => call.includes("containerbuild-regionsrv"));
        beforeEach(() => {
            fs.rmSync(host.root, { recursive: true, force: true });
            host = new Host(hostFacts({ capabilities: { containerBuilds: {} } }));
            host.command("rpm", `for last; do :; done; [ -e ${host.at("/installed")}/$last ]`);
        });

        // SUSE/container-suseconnect, README: the image has the service; `systemctl enable` and `start` switch it on.
        it("switches on the service that the image has, and installs nothing", () => {
            host.write("/installed/cloud-regionsrv-client", "");
            expect(host.boot("packages").steps[0]).to.include({ result: "ok", reason: "" });
            expect(units()).to.deep.equal([
                "systemctl enable --now --quiet containerbuild-regionsrv.service",
            ]);
            expect(host.calls().filter((call) => call.startsWith("zypper"))).to.deep.equal([]);
        });

        it("comes after the package where the image lacks it, and not without", () => {
            zypper("exit 104");
            expect(host.boot("packages").steps[0]?.reason).to.equal(
                "zypper could not install cloud-regionsrv-client within 1 s",
            );
            expect(units()).to.deep.equal([]);
            zypper("INSTALL");
            expect(host.boot("packages").steps[0]?.reason).to.equal("installed cloud-regionsrv-client");
            expect(units()).to.have.length(1);
        });

        it("says so where systemd does not know the service", () => {
            host.write("/installed/cloud-regionsrv-client", "");
            host.command("systemctl", 'case "$*" in enable*) exit 1 ;; is-active*) exit 3 ;; esac');
            expect(host.boot("packages").steps[0]).to.include({
                result: "failed",
                reason: "systemd could not start containerbuild-regionsrv.service",
            });
        });

        it("leaves no trace in the user data of other hosts", () => {
            expect(renderUserData(hostFacts({ packages: ["htop"] }))).not.to.include("UNITS");
        });
    });

    it("says in the end which packages there are not, as rpm sees it", () => {
        host.write("/installed/htop", "");
        zypper("exit 0");
        const { status, steps } = host.boot("packages");
        expect(status).to.equal(1);
        expect(steps[0]?.reason).to.equal("zypper could not install amazon-efs-utils within 1 s");
    });
});
