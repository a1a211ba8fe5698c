import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { Host, hostFacts, resultsOf } from "./bootstrapHost";

const image = "ecs-service-connect-agent.interface-v1.tar";
const sumOf = (bytes: string | Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** An entry of primary.xml (createrepo_c). */
const entry = (name: string, built: number, href: string, sum: string): string =>
    `<package type="rpm"><name>${name}</name><arch>x86_64</arch><checksum type="sha256" pkgid="YES">${sum}</checksum><time file="1" build="${built}"/><location href="${href}"/></package>`;

describe("the bootstrap and Service Connect", () => {
    let repository: Host;
    const hosts: Host[] = [];
    beforeEach(() => {
        repository = new Host(hostFacts());
        hosts.push(repository);
    });
    afterEach(() => {
        hosts.splice(0).forEach(({ root }) => fs.rmSync(root, { recursive: true, force: true }));
    });

    /** Packages are archives of tar here, which stand-ins for rpm2cpio and cpio unpack. */
    function packageWith(content: string, file = image): Buffer {
        repository.write(`/tree/var/lib/ecs/deps/serviceconnect/${file}`, content);
        const archive = execFileSync("tar", ["-c", "-C", repository.at("/tree"), "."]);
        fs.rmSync(repository.at("/tree"), { recursive: true });
        return archive;
    }

    /** A repository as Amazon Linux lays it out: packages lie elsewhere, and there are older ones and others. */
    function publish(
        packages: readonly { name: string; built: number; bytes: Buffer; sum?: string }[],
    ): void {
        fs.mkdirSync(repository.at("/al/blobstore"), { recursive: true });
        const entries = packages.map(({ name, built, bytes, sum }, index) => {
            fs.writeFileSync(repository.at(`/al/blobstore/${index}.rpm`), bytes);
            return entry(name, built, `../../blobstore/${index}.rpm`, sum ?? sumOf(bytes));
        });
        const list = gzipSync(
            `<?xml version="1.0"?><metadata xmlns="http://linux.duke.edu/metadata/common">${entries.join("")}</metadata>`,
        );
        repository.write("/al/core/guid/repodata/primary.xml.gz", "");
        fs.writeFileSync(repository.at("/al/core/guid/repodata/primary.xml.gz"), list);
        const data = (type: string, href: string, sum: string) =>
            `<data type="${type}"><checksum type="sha256">${sum}</checksum><location href="${href}"/></data>`;
        repository.write(
            "/al/core/guid/repodata/repomd.xml",
            `<?xml version="1.0"?><repomd xmlns="http://linux.duke.edu/metadata/repo">${data("filelists", "repodata/filelists.xml.gz", "0")}${data("primary", "repodata/primary.xml.gz", sumOf(list))}</repomd>`,
        );
        repository.write("/al/mirror.list", `file://${repository.at("/al/core/guid")}/\n`);
    }

    function hostOf(): Host {
        const url = `file://${repository.at("/al/mirror.list")}`;
        const host = new Host(hostFacts({ capabilities: { serviceConnect: { url } } }));
        host.command("rpm2cpio", 'cat "$1"');
        host.command("cpio", "tar -x");
        hosts.push(host);
        return host;
    }

    const pathOf = (host: Host) => host.at(`/var/lib/ecs/deps/serviceconnect/${image}`);

    it("takes the newest package from Amazon Linux's repository, and its image to where the agent looks", () => {
        publish([
            { name: "ecs-service-connect-agent", built: 20, bytes: packageWith("newest") },
            { name: "ecs-service-connect-agent", built: 10, bytes: packageWith("older") },
            { name: "ecs-init", built: 30, bytes: packageWith("other") },
        ]);
        const host = hostOf();
        const { status, steps } = host.boot();
        expect(steps[3]?.reason).to.equal("");
        expect(status).to.equal(0);
        expect(resultsOf(steps)).to.include.members(["capabilities ok", "start ok"]);
        expect(fs.readFileSync(pathOf(host), "utf8")).to.equal("newest");
        expect(fs.readdirSync(host.at("/var/lib/ecs/deps"))).to.deep.equal(["serviceconnect"]);

        host.command("python3", "exit 1");
        expect(resultsOf(host.boot().steps)).to.include("capabilities ok");
    });

    it("takes no package whose sum is another one than the repository says", () => {
        const bytes = packageWith("forged");
        publish([{ name: "ecs-service-connect-agent", built: 20, bytes, sum: "0".repeat(64) }]);
        const host = hostOf();
        const { steps } = host.boot();
        expect(steps[3]?.reason).to.match(
            /^serviceConnect: file:\S+0\.rpm has another SHA-256 sum than 0{64}$/,
        );
        expect(fs.existsSync(pathOf(host))).to.equal(false);
        expect(resultsOf(steps)).to.include("start ok");
    });

    it("says what a repository lacks", () => {
        publish([{ name: "ecs-init", built: 30, bytes: packageWith("other") }]);
        expect(hostOf().boot().steps[3]?.reason).to.match(/holds no ecs-service-connect-agent$/);
        publish([{ name: "ecs-service-connect-agent", built: 1, bytes: packageWith("x", "README") }]);
        expect(hostOf().boot().steps[3]?.reason).to.match(
            /package holds no ecs-service-connect-agent\.interface-v1\.tar$/,
        );
        repository.write("/al/core/guid/repodata/repomd.xml", "<html>no</html>");
        expect(hostOf().boot().steps[3]?.reason).to.match(/is no repository of packages$/);
        fs.rmSync(repository.at("/al/mirror.list"));
        expect(hostOf().boot().steps[3]?.reason).to.match(/mirror\.list could not be downloaded: /);
    });

    it("tells of each capability that lacks, and installs the others", () => {
        publish([{ name: "ecs-service-connect-agent", built: 20, bytes: packageWith("newest") }]);
        const url = `file://${repository.at("/al/mirror.list")}`;
        const executeCommand = { version: "3.3.4624.0", url: `file://${repository.at("/nowhere")}` };
        const host = new Host(hostFacts({ capabilities: { executeCommand, serviceConnect: { url } } }));
        host.command("rpm2cpio", 'cat "$1"');
        host.command("cpio", "tar -x");
        hosts.push(host);
        const { steps } = host.boot();
        expect(steps[3]?.reason).to.match(/^executeCommand: \S+nowhere could not be downloaded: [^;]*$/);
        expect(fs.existsSync(pathOf(host))).to.equal(true);
    });
});
