import { expect } from "chai";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { prepareMoto } from "../../../automation/setup";
import { failure } from "./failure";
import { Sandbox } from "./sandbox";

/** Makes `<folder>/bin/python`, a shell script whose only skill is to "install" moto_server beside itself. */
function writeEnvironment(folder: string, pipBody = ""): string {
    return `mkdir -p "${folder}/bin"
cat > "${folder}/bin/python" <<'PIP'
#!/bin/sh
${pipBody}
echo server > "\${0%/*}/moto_server"
PIP
/bin/chmod +x "${folder}/bin/python"`;
}

/**
 * A Python 3.11 of shell script.
 * @param missing Modules that this machine's Python lacks.
 */
function fakePython(missing: readonly string[] = [], pipBody = ""): string {
    return `
case "$*" in
    "-c "*) echo 3.11 ;;
    ${missing.map((module) => `"-m ${module}"*) echo "No module named ${module}" >&2; exit 1 ;;`).join("\n    ")}
    "-m venv --without-pip "*) mkdir -p "$4/bin" ;;
    "-m venv "*) ${writeEnvironment("$3", pipBody)} ;;
    "-m pip --version") echo "pip 23.0" ;;
    "-m pip --python "*) echo server > "\${4%/*}/moto_server" ;;
esac`;
}

describe("Set-up of moto", () => {
    let sandbox: Sandbox;
    let folder: string;
    beforeEach(() => {
        sandbox = new Sandbox();
        folder = path.join(sandbox.cache, "moto-5.2.5");
    });
    afterEach(() => {
        sandbox.remove();
    });

    it("installs it into a virtual environment once, and finds it there ever after", async () => {
        sandbox.program("python3", fakePython());
        const server = await prepareMoto(sandbox.setup());
        expect(server).to.equal(path.join(folder, "bin", "moto_server"));
        expect(existsSync(server)).to.be.true;
        expect(sandbox.reported).to.have.length(2);
        const calls = sandbox.calls.length;
        expect(await prepareMoto(sandbox.setup())).to.equal(server);
        expect(sandbox.calls).to.have.length(calls);
    });

    it("makes the environment anew when a killed set-up left half of one", async () => {
        sandbox.program("python3", fakePython());
        mkdirSync(path.join(folder, "bin"), { recursive: true });
        writeFileSync(path.join(folder, "bin", "moto_server"), "half");
        writeFileSync(path.join(folder, "rubbish"), "");
        const server = await prepareMoto(sandbox.setup());
        expect(existsSync(server)).to.be.true;
        expect(readdirSync(folder)).to.have.members(["bin", "complete"]);
    });

    it("uses the pip of the system where ensurepip was parted from Python", async () => {
        sandbox.program(
            "python3",
            `case "$*" in "-m venv --without-pip "*) ;; "-m venv "*) exit 1 ;; esac${fakePython()}`,
        );
        const server = await prepareMoto(sandbox.setup());
        expect(existsSync(server)).to.be.true;
        expect(sandbox.calls.at(-1)).to.equal(
            `python3 -m pip --python ${folder}/bin/python install --disable-pip-version-check --no-input moto[server]==5.2.5`,
        );
    });

    it("uses virtualenv where Python has neither venv nor pip", async () => {
        sandbox.program("python3", fakePython(["venv", "pip"]));
        sandbox.program("virtualenv", writeEnvironment("$3"));
        expect(existsSync(await prepareMoto(sandbox.setup()))).to.be.true;
    });

    it("says what to install when no virtual environment can be made", async () => {
        sandbox.program("python3", fakePython(["venv", "pip"]));
        const error = await failure(prepareMoto(sandbox.setup()));
        expect(error.code).to.equal("PYTHON_VENV_MISSING");
        expect(error.hint).to.equal("apt-get install python3-venv");
        expect(error.details).to.have.length(3);
        expect(error.details[0]).to.match(/python3 ended with exit code 1: No module named venv$/);
        expect(error.details[2]).to.equal("no virtualenv found on PATH");
    });

    it("shows the last lines of a pip that failed, and starts anew the next time", async () => {
        sandbox.program(
            "python3",
            fakePython([], 'echo "ERROR: No matching distribution found" >&2; exit 1'),
        );
        const error = await failure(prepareMoto(sandbox.setup()));
        expect(error.code).to.equal("MOTO_INSTALL_FAILED");
        expect(error.details).to.deep.equal(["ERROR: No matching distribution found"]);
        sandbox.program("python3", fakePython());
        expect(existsSync(await prepareMoto(sandbox.setup()))).to.be.true;
    });

    it("passes over a Python that is too old", async () => {
        sandbox.program("python3", "echo 3.6");
        sandbox.program("python3.11", fakePython());
        await prepareMoto(sandbox.setup());
        expect(sandbox.calls.filter((call) => call.includes("venv"))).to.deep.equal([
            `python3.11 -m venv ${folder}`,
        ]);
    });

    it("names every Python that will not do", async () => {
        const old = sandbox.program("python3", "echo 3.6");
        const broken = sandbox.program("python", "exit 1");
        const error = await failure(prepareMoto(sandbox.setup()));
        expect(error.code).to.equal("PYTHON_MISSING");
        expect(error.message).to.include("Python 3.9 or newer");
        expect(error.details).to.deep.equal([`${old} is version 3.6`, `${broken} is not usable`]);
    });

    it("says which cache directory cannot be written", async () => {
        const file = path.join(sandbox.directory, "file");
        writeFileSync(file, "");
        const error = await failure(prepareMoto(sandbox.setup({ SLES_ECS_CACHE: path.join(file, "cache") })));
        expect(error.code).to.equal("CACHE_UNUSABLE");
        expect(error.message).to.include(path.join(file, "cache"));
    });

    it("is done once when two set-ups start at the same time", async () => {
        sandbox.program("python3", fakePython([], "sleep 0.5"));
        const servers = await Promise.all([prepareMoto(sandbox.setup()), prepareMoto(sandbox.setup())]);
        expect(servers[0]).to.equal(servers[1]);
        expect(sandbox.calls.filter((call) => call.includes("-m venv"))).to.have.length(1);
        expect(sandbox.reported.filter((line) => line.includes("waiting for the one"))).to.have.length(1);
        expect(readdirSync(sandbox.cache)).to.deep.equal(["moto-5.2.5"]);
    });
});
