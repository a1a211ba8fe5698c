import { expect } from "chai";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { stopLocalCloud } from "../../../local";
import { makeProject, removeFolders } from "../../helpers/project";

const commandLine = path.join(__dirname, "..", "..", "..", "bin", "sles-ecs.js");

interface Answer {
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

/** `sles-ecs local` as a person has it: processes of their own, and a project that knows nothing else. */
describe("sles-ecs local", () => {
    let project: string;
    let directory: string;
    beforeEach(() => {
        project = makeProject();
        directory = path.join(project, ".sles-ecs", "local");
    });
    afterEach(async () => {
        await stopLocalCloud(directory);
        removeFolders();
    });

    function local(...args: readonly string[]): Answer {
        return localWith({}, ...args);
    }

    function localWith(env: NodeJS.ProcessEnv, ...args: readonly string[]): Answer {
        const child = spawnSync(process.execPath, [commandLine, "local", ...args], {
            cwd: project,
            env: { ...process.env, ...env },
            encoding: "utf8",
        });
        return { code: child.status, stdout: child.stdout, stderr: child.stderr };
    }

    function json(...args: readonly string[]): Record<string, unknown> {
        const { code, stdout, stderr } = local(...args, "--output", "json");
        expect(code, stderr).to.equal(0);
        return JSON.parse(stdout) as Record<string, unknown>;
    }

    it("names the environments that go with it, those of one name with their projects", () => {
        json("start");
        const stacks = path.join(directory, "state", ".pulumi", "stacks", "clusters");
        mkdirSync(stacks, { recursive: true });
        const state = (...types: string[]): string =>
            JSON.stringify({
                checkpoint: { latest: { resources: types.map((type) => ({ type, custom: true })) } },
            });
        writeFileSync(
            path.join(stacks, "alice.json"),
            state("pulumi:pulumi:Stack", "aws:ecs/cluster:Cluster"),
        );
        writeFileSync(path.join(stacks, "gone.json"), state("pulumi:pulumi:Stack"));
        writeFileSync(path.join(stacks, "bob.json"), '{"checkpo');
        writeFileSync(path.join(stacks, "carol.json.gz"), gzipSync(state("aws:iam/role:Role")));
        symlinkSync(path.join(stacks, "nowhere"), path.join(stacks, "dave.json"));
        const web = path.join(stacks, "../web");
        mkdirSync(web);
        writeFileSync(path.join(web, "alice.json"), state("aws:ecs/cluster:Cluster"));
        expect(local("stop").stdout).to.contain(
            "Gone with it: environments bob, carol, clusters/alice, dave, web/alice.",
        );
    });

    it("starts once, says where, and stops", () => {
        const started = json("start");
        expect(started).to.include({ version: 1, directory, alreadyRunning: false });
        expect(started["endpoint"]).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
        expect(json("start")).to.deep.equal({ ...started, alreadyRunning: true });
        expect(local("status").stdout).to.include(started["endpoint"]);
        expect(json("stop")).to.deep.equal({
            version: 1,
            directory,
            stopped: true,
            isKept: false,
            kept: [],
            discarded: [],
        });
        expect(json("stop")).to.deep.equal({
            version: 1,
            directory,
            stopped: false,
            isKept: false,
            kept: [],
            discarded: [],
        });
        expect(() => process.kill(started["pid"] as number, 0)).to.throw("ESRCH");
    });

    it("--containers docker is refused where no docker answers, and nothing runs then", () => {
        const socket = path.join(project, "nobody.sock");
        const { code, stdout, stderr } = localWith(
            { DOCKER_HOST: `unix://${socket}` },
            ...["start", "--containers", "docker"],
        );
        expect([code, stdout]).to.deep.equal([1, ""]);
        expect(stderr).to.include(`the container engine at unix://${socket} does not answer`);
        expect(stderr).to.include("LOCAL_CLOUD_CONTAINERS").and.to.include("sles-ecs local start");
        expect(local("status").code).to.equal(3);
    });

    it("--containers docker is refused where it runs already with simulated tasks", () => {
        expect(json("start")["containers"]).to.include({ kind: "simulated" });
        expect(local("status").stdout).to.include("tasks are simulated");
        const { code, stderr } = local("start", "--containers", "docker");
        expect(code, stderr).to.equal(1);
        expect(stderr)
            .to.include("runs already, and tasks are simulated")
            .and.to.include("sles-ecs local stop");
    });

    it("refuses a folder that cannot be made, and names it: exit code 2", () => {
        expect(local("start", "--directory", "/proc/nowhere/local")).to.deep.equal({
            code: 2,
            stdout: "",
            stderr: [
                "error: the local cloud cannot keep its files in /proc/nowhere/local: /proc/nowhere: it cannot be made: the system makes no folders there (ENOENT)",
                "Next: sles-ecs local start --directory <folder>",
                "(FOLDER_UNUSABLE, exit code 2)\n",
            ].join("\n"),
        });
    });

    it("leaves a .gitignore that is there", () => {
        mkdirSync(directory, { recursive: true });
        writeFileSync(path.join(directory, ".gitignore"), "mine\n");
        local("start");
        expect(readFileSync(path.join(directory, ".gitignore"), "utf8")).to.equal("mine\n");
    });

    it("puts nothing into anybody's commit", () => {
        execFileSync("git", ["init", "--quiet"], { cwd: project });
        local("start");
        const changed = execFileSync("git", ["status", "--porcelain", "--", ".sles-ecs"], { cwd: project });
        expect(existsSync(path.join(directory, "cloud.json"))).to.be.true;
        expect(changed.toString()).to.equal("");
    });

    it("prints an environment that a shell understands, safe from the person's own account", () => {
        const { endpoint } = json("start");
        const { stdout } = local("env");
        const script = `${stdout}printf '%s|%s|%s' "$AWS_ENDPOINT_URL" "\${AWS_PROFILE-unset}" "$PULUMI_CONFIG_PASSPHRASE"`;
        const env = { ...process.env, AWS_PROFILE: "production", PULUMI_CONFIG_PASSPHRASE: "secret" };
        expect(execFileSync("sh", ["-c", script], { env }).toString()).to.equal(`${String(endpoint)}|unset|`);
        const { set, unset } = json("env") as { set: Record<string, string>; unset: string[] };
        expect(set["AWS_ENDPOINT_URL"]).to.equal(endpoint);
        expect(set["PULUMI_BACKEND_URL"]).to.equal(`file://${directory}/state`);
        expect(unset).to.include("AWS_PROFILE");
    });

    it("answers 3 where none runs", () => {
        expect(local("status")).to.deep.equal({
            code: 3,
            stdout: `No local cloud runs from ${directory}.\n`,
            stderr: "",
        });
        for (const command of ["env", "reset"]) {
            const { code, stdout, stderr } = local(command);
            expect({ code, stdout }).to.deep.equal({ code: 3, stdout: "" });
            expect(stderr).to.include("Next: sles-ecs local start").and.include("LOCAL_CLOUD_NOT_RUNNING");
        }
    });

    it("refuses a port that another program has, and another port than it has itself", async () => {
        const other = net.createServer();
        const port = await new Promise<number>((resolve) => {
            other.listen(0, "127.0.0.1", () => {
                resolve((other.address() as net.AddressInfo).port);
            });
        });
        const taken = local("start", "--port", String(port));
        other.close();
        expect(taken.code).to.equal(1);
        expect(taken.stderr)
            .to.include(`port ${port} is taken`)
            .and.include("(LOCAL_CLOUD_PORT, exit code 1)");
        expect(local("status").code).to.equal(3);

        json("start");
        const second = local("start", "--port", String(port));
        expect(second.code).to.equal(1);
        expect(second.stderr).to.include(`expected port ${port}`).and.include("Next: sles-ecs local stop");
    });

    it("forgets environments when it is emptied, with consent, and when it starts anew", () => {
        const stacks = path.join(directory, "state", ".pulumi", "stacks");
        const addStack = (): void => {
            mkdirSync(stacks, { recursive: true });
            writeFileSync(path.join(stacks, "dev.json"), "{}");
        };
        local("start");
        addStack();
        const refused = local("reset");
        expect(refused.code).to.equal(2);
        expect(refused.stderr).to.include("Next: sles-ecs local reset --yes");
        expect(existsSync(stacks)).to.be.true;

        expect(json("reset", "--yes")).to.deep.equal({ version: 1, directory, reset: true });
        expect(existsSync(stacks)).to.be.false;

        addStack();
        local("stop");
        expect(readFileSync(path.join(stacks, "dev.json"), "utf8")).to.equal("{}");
        local("start");
        expect(existsSync(stacks)).to.be.false;
    });

    it("keeps itself where it is told to", () => {
        const elsewhere = path.join(project, "elsewhere");
        expect(json("start", "--directory", "elsewhere")).to.include({ directory: elsewhere });
        expect(local("status").code).to.equal(3);
        expect(json("stop", "--directory", "elsewhere")).to.include({ stopped: true });
    });
});
