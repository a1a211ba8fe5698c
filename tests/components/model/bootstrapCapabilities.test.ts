import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { Host, hostFacts, resultsOf } from "./bootstrapHost";

const binaries = ["amazon-ssm-agent", "ssm-agent-worker", "ssm-session-worker"];
const allSteps = ["hold ok", "storage ok", "configure ok", "capabilities ok", "start ok"];

describe("the bootstrap and ECS Exec", () => {
    const hosts: Host[] = [];
    afterEach(() => {
        hosts.splice(0).forEach(({ root }) => fs.rmSync(root, { recursive: true, force: true }));
    });

    /** A host whose bucket is a directory of its own, with an archive of these files. */
    function hostWith(files: readonly string[] | undefined, sha256?: (archive: Buffer) => string): Host {
        const bucket = new Host(hostFacts());
        hosts.push(bucket);
        const archive = bucket.at("/bucket/binaries.tar.gz");
        fs.mkdirSync(bucket.at("/bucket"));
        if (files !== undefined) {
            files.forEach((file) => bucket.write(`/files/${file}`, `${file}\n`));
            execFileSync("tar", ["-czf", archive, "-C", bucket.at("/files"), "."]);
        }
        const url = `file://${archive}`;
        const sum = sha256?.(fs.readFileSync(archive));
        const host = new Host(
            hostFacts({
                capabilities: {
                    executeCommand: { version: "3.3.4624.0", url, ...(sum !== undefined && { sha256: sum }) },
                },
            }),
        );
        hosts.push(host);
        host.write("/etc/ssl/ca-bundle.pem", "SUSE's certificates\n");
        return host;
    }

    const below = (host: Host, name: string) => host.at(path.join("/var/lib/ecs/deps/execute-command", name));

    it("puts the binaries and the certificates where the agent looks for them, before it starts the agent", () => {
        const host = hostWith(binaries);
        const { status, steps } = host.boot();
        expect(status).to.equal(0);
        expect(resultsOf(steps)).to.deep.equal(allSteps);
        for (const name of binaries) {
            const file = below(host, `bin/3.3.4624.0/${name}`);
            expect(fs.readFileSync(file, "utf8")).to.equal(`${name}\n`);
            expect(fs.statSync(file).mode & 0o777).to.equal(0o755);
        }
        expect(fs.readdirSync(below(host, "bin/3.3.4624.0"))).to.have.members(binaries);
        expect(fs.readFileSync(below(host, "certs/tls-ca-bundle.pem"), "utf8")).to.equal(
            "SUSE's certificates\n",
        );
        expect(fs.readdirSync(below(host, ""))).to.have.members(["bin", "certs", "config"]);
    });

    it("downloads nothing at the next boot, and takes the certificates of that day", () => {
        const host = hostWith(binaries);
        host.boot();
        host.command("python3", "exit 1");
        host.write("/etc/ssl/ca-bundle.pem", "newer certificates\n");
        expect(resultsOf(host.boot().steps)).to.deep.equal(allSteps);
        expect(fs.readFileSync(below(host, "certs/tls-ca-bundle.pem"), "utf8")).to.equal(
            "newer certificates\n",
        );
    });

    it("lets the host join without where the bucket does not answer, says why, and tries again at the next boot", () => {
        const host = hostWith(undefined);
        const { status, steps } = host.boot();
        expect(status).to.equal(0);
        expect(resultsOf(steps)).to.deep.equal([
            "hold ok",
            "storage ok",
            "configure ok",
            "capabilities failed",
            "start ok",
        ]);
        expect(steps[3]?.reason).to.match(
            /^executeCommand: file:\S+binaries\.tar\.gz could not be downloaded: urllib\.error\.URLError: .*No such file/,
        );
        expect(host.calls().filter((call) => call.startsWith("sleep"))).to.have.length(2);
        expect(host.calls().at(-1)).to.equal("systemctl start --no-block docker.service amazon-ecs.service");
        expect(fs.existsSync(below(host, "bin/3.3.4624.0"))).to.equal(false);

        const bucket = hosts[0]!;
        binaries.forEach((file) => bucket.write(`/files/${file}`, `${file}\n`));
        execFileSync("tar", ["-czf", bucket.at("/bucket/binaries.tar.gz"), "-C", bucket.at("/files"), "."]);
        expect(resultsOf(host.boot().steps)).to.deep.equal(allSteps);
        expect(fs.readdirSync(below(host, "bin/3.3.4624.0"))).to.have.members(binaries);
    });

    it("takes no archive that lacks a binary", () => {
        const host = hostWith(binaries.slice(0, 2));
        const { steps } = host.boot();
        expect(steps[3]?.reason).to.match(/holds no ssm-session-worker$/);
        expect(fs.readdirSync(below(host, "bin"))).to.deep.equal([]);
    });

    it("compares the sum that settings name", () => {
        const right = hostWith(binaries, (archive) => createHash("sha256").update(archive).digest("hex"));
        expect(resultsOf(right.boot().steps)).to.deep.equal(allSteps);
        const wrong = hostWith(binaries, () => "0".repeat(64));
        expect(wrong.boot().steps[3]).to.include({ step: "capabilities", result: "failed" });
        expect(fs.readdirSync(below(wrong, "bin"))).to.deep.equal([]);
    });

    it("has no such step on a host that offers nothing beside", () => {
        const host = new Host(hostFacts());
        hosts.push(host);
        expect(resultsOf(host.boot().steps)).to.deep.equal([
            "hold ok",
            "storage ok",
            "configure ok",
            "start ok",
        ]);
    });
});
