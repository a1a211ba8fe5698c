import { expect } from "chai";
import { parseSettings } from "../../../../components/model/settings";

const problemsOf = (raw: object) =>
    parseSettings(raw, "dev")
        .problems.filter(({ path }) => /^dockerStorage|^agent/.test(path))
        .map(({ path, message, severity }) => `${severity} ${path}: ${message}`);
const onDriver = (driver: string, options: object = {}, more: object = {}) =>
    problemsOf({ dockerStorage: { mode: "driver", driver, options }, ...more });
const filter = (name: string) => ({ hostImage: { filter: name } });
const lockOn = (name: string, date: string) => ({
    hostImage: {
        filter: "suse-sles-15-sp*-v*-ecs-hvm-ssd-x86_64",
        lock: { id: "ami-0123456789abcdef0", name, date, region: "us-east-1" },
    },
});

// https://docs.docker.com/engine/deprecated/: devicemapper and logentries went with 25, the option with 24.
describe("settings that the docker of the host image does not have", () => {
    it("are refused: the storage driver devicemapper, with what it was and what there is", () => {
        expect(onDriver("devicemapper")).to.deep.equal([
            "error dockerStorage.driver: docker has no storage driver devicemapper since version 25, and images of SLES 15 have docker 28 or later",
        ]);
        expect(onDriver("devicemapper", {}, filter("suse-sles-16-0-v*-ecs-hvm-ssd-x86_64"))[0]).to.match(
            /images of SLES 16 have docker 28/,
        );
        for (const driver of ["overlay2", "btrfs", "vfs", "fuse-overlayfs"]) {
            expect(onDriver(driver), driver).to.deep.equal([]);
        }
    });

    it("are refused by the image that hosts are locked to, not by what there might be", () => {
        const old = "suse-sles-15-sp5-v20240118-ecs-hvm-ssd-x86_64";
        const late = "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64";
        expect(onDriver("devicemapper", {}, lockOn(old, "20240118"))).to.deep.equal([]);
        expect(onDriver("devicemapper", {}, lockOn(late, "20260922"))).to.have.length(1);
        expect(onDriver("devicemapper", {}, filter(old))).to.deep.equal([]);
        expect(onDriver("devicemapper", {}, filter("suse-sles-12-sp5-v*-ecs-hvm-ssd-x86_64"))).to.deep.equal(
            [],
        );
    });

    it("are refused: options that docker's driver does not know, with which it does not start, all at once", () => {
        expect(onDriver("overlay2", { "overlay2.size": "10G" })).to.deep.equal([]);
        expect(onDriver("btrfs", { "btrfs.min_space": "10G" })).to.deep.equal([]);
        expect(
            onDriver("overlay2", { "dm.basesize": "20G", "overlay2.override_kernel_check": true }),
        ).to.deep.equal([
            "error dockerStorage.options.dm.basesize: no option of docker's storage driver overlay2, with which docker would not start; expected overlay2.size",
            "error dockerStorage.options.overlay2.override_kernel_check: docker has no storage option overlay2.override_kernel_check since version 24, and images of SLES 15 have docker 28 or later",
        ]);
    });

    it("are refused: the agent's log driver logentries; where tasks may ask for it there is a doubt", () => {
        expect(problemsOf({ agent: { logDriver: "logentries" } })).to.deep.equal([
            "error agent.logDriver: docker has no log driver logentries since version 25, and images of SLES 15 have docker 28 or later",
        ]);
        expect(problemsOf({ agent: { availableLoggingDrivers: ["json-file", "logentries"] } })[0]).to.match(
            /^warning agent\.availableLoggingDrivers: docker has no log driver logentries/,
        );
        expect(problemsOf({ agent: { logDriver: "journald" } })).to.deep.equal([]);
    });
});
