import { expect } from "chai";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

import { findPulumi, preparePulumi } from "../../../automation/setup";
import { buildPulumi } from "../../../automation/setup/fromSource/buildPulumi";
import type { PulumiSource } from "../../../automation/setup/pulumiSources";
import { failure } from "./failure";
import { Sandbox } from "./sandbox";

const pulumi246 = 'echo "v3.246.0"';
/** A `go` that "builds" whatever it is told to, as a file at the place behind `-o`. */
const workingGo = `
case "$1" in
    env) echo go1.26.1 ;;
    build)
        while [ "$1" != "-o" ]; do shift; done
        mkdir -p "\${2%/*}"
        echo "built" > "$2" && /bin/chmod +x "$2" ;;
esac`;

const closedNetwork: PulumiSource = {
    title: "downloading the Pulumi CLI",
    version: "3.248.0",
    fetch: () => Promise.reject(new Error("get.pulumi.com cannot be reached: no answer in 5 s")),
};
const goModules: PulumiSource = { title: "building the Pulumi CLI", version: "3.246.0", fetch: buildPulumi };

function download(sandbox: Sandbox): PulumiSource {
    return {
        ...closedNetwork,
        fetch: (_setup, folder) => {
            sandbox.program("downloader", "");
            mkdirSync(path.join(folder, "bin"));
            writeFileSync(path.join(folder, "bin", "pulumi"), "downloaded", { mode: 0o755 });
            return Promise.resolve();
        },
    };
}

describe("Set-up of the Pulumi CLI", () => {
    let sandbox: Sandbox;
    beforeEach(() => {
        sandbox = new Sandbox();
    });
    afterEach(() => {
        sandbox.remove();
    });

    it("takes the one on PATH when it is new enough, and says nothing", async () => {
        const command = sandbox.program("pulumi", pulumi246);
        const cli = await preparePulumi(sandbox.setup(), []);
        expect(cli).to.deep.equal({ command, version: "3.246.0", source: "path" });
        expect(sandbox.reported).to.be.empty;
    });

    it("passes over an old one on PATH", async () => {
        sandbox.program("pulumi", 'echo "v3.99.0"');
        const cli = await preparePulumi(sandbox.setup(), [download(sandbox)]);
        expect(cli).to.include({ version: "3.248.0", source: "cache" });
    });

    it("takes any version when Pulumi's own switch says so", async () => {
        sandbox.program("pulumi", 'echo "v3.99.0"');
        const setup = sandbox.setup({ PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true" });
        expect(await preparePulumi(setup, [])).to.include({ version: "3.99.0", source: "path" });
    });

    it("downloads it once, and finds it in the cache ever after", async () => {
        const ways = [download(sandbox), goModules];
        const first = await preparePulumi(sandbox.setup(), ways);
        expect(first.command).to.equal(path.join(sandbox.cache, "pulumi-3.248.0", "bin", "pulumi"));
        expect(readFileSync(first.command, "utf8")).to.equal("downloaded");
        expect(sandbox.reported.at(-1)).to.match(/^set-up: downloading the Pulumi CLI: done in \d+ s$/);

        sandbox.reported.length = 0;
        const second = await preparePulumi(sandbox.setup(), [closedNetwork, goModules]);
        expect(second).to.deep.equal(first);
        expect(sandbox.reported).to.be.empty;
    });

    it("builds it with its language host from Go modules when the network is closed", async () => {
        sandbox.program("go", workingGo);
        const cli = await preparePulumi(sandbox.setup(), [closedNetwork, goModules]);
        const folder = path.join(sandbox.cache, "pulumi-3.246.0");
        expect(cli).to.deep.equal({
            command: path.join(folder, "bin", "pulumi"),
            version: "3.246.0",
            source: "cache",
        });
        expect(readdirSync(path.join(folder, "bin"))).to.have.members(["pulumi", "pulumi-language-nodejs"]);
        expect(readdirSync(folder)).to.deep.equal(["bin"]);
        expect(sandbox.calls).to.include("go get -tool github.com/pulumi/pulumi/pkg/v3/cmd/pulumi@v3.246.0");
        expect(sandbox.calls).to.include(
            "go get -tool github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs@v3.60.0",
        );
    });

    it("names all three ways and why each failed", async () => {
        const error = await failure(preparePulumi(sandbox.setup(), [closedNetwork, goModules]));
        expect(error.code).to.equal("PULUMI_UNAVAILABLE");
        expect(error.details).to.deep.equal([
            "on PATH: no pulumi found",
            "downloading the Pulumi CLI: get.pulumi.com cannot be reached: no answer in 5 s",
            "building the Pulumi CLI: no go found on PATH",
        ]);
    });

    it("says so when the Go on PATH is too old, and when its build fails", async () => {
        sandbox.program("go", "echo go1.19.2");
        const old = await failure(preparePulumi(sandbox.setup(), [goModules]));
        expect(old.details[1]).to.match(/go is version 1\.19\.2, expected 1\.21 or newer$/);

        sandbox.program(
            "go",
            'if [ "$1" = env ]; then echo go1.26; else echo "module lookup disabled" >&2; exit 1; fi',
        );
        const broken = await failure(preparePulumi(sandbox.setup(), [goModules]));
        expect(broken.details[1]).to.equal("building the Pulumi CLI: go get failed: module lookup disabled");
        expect(existsSync(path.join(sandbox.cache, "pulumi-3.246.0"))).to.be.false;
    });

    it("says why the one on PATH cannot be used", async () => {
        sandbox.program("pulumi", "exit 3");
        const error = await failure(preparePulumi(sandbox.setup(), []));
        expect(error.details[0]).to.match(/^on PATH: .*pulumi ended with exit code 3$/);
    });

    it("clears away what a killed set-up left half done, and starts that step again", async () => {
        const leftover = path.join(sandbox.cache, "pulumi-3.248.0.partial", "bin");
        mkdirSync(leftover, { recursive: true });
        writeFileSync(path.join(leftover, "pulumi"), "half", { mode: 0o755 });
        writeFileSync(path.join(leftover, "rubbish"), "");
        const cli = await preparePulumi(sandbox.setup(), [download(sandbox)]);
        expect(readdirSync(path.dirname(cli.command))).to.deep.equal(["pulumi"]);
        expect(readdirSync(sandbox.cache)).to.deep.equal(["pulumi-3.248.0"]);
    });

    it("ends at once when interrupted, with the program it ran, and leaves nothing half done", async () => {
        sandbox.program("go", 'if [ "$1" = env ]; then echo go1.26; else echo started >&2; sleep 60; fi');
        const started = performance.now();
        const running = preparePulumi(sandbox.setup(), [goModules]);
        setTimeout(() => {
            sandbox.interruption.abort(new Error("interrupted"));
        }, 300);
        const error = await running.catch((reason: unknown) => reason);
        expect(error).to.have.property("message", "interrupted");
        expect(performance.now() - started).to.be.lessThan(10_000);
        expect(readdirSync(sandbox.cache)).to.be.empty;
    });

    it("tells without fetching whether there is one", async () => {
        expect(await findPulumi(sandbox.setup())).to.equal(undefined);
        sandbox.program("pulumi", pulumi246);
        expect(await findPulumi(sandbox.setup())).to.include({ source: "path" });
        expect(existsSync(sandbox.cache) && statSync(sandbox.cache).isDirectory()).to.be.false;
    });
});
