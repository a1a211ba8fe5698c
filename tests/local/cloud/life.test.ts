import { expect } from "chai";
import { spawn } from "node:child_process";
import fs from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { prepareMoto } from "../../../automation/setup";
import {
    localCloudEnvironment,
    localCloudStatus,
    resetLocalCloud,
    startLocalCloud,
    stopLocalCloud,
} from "../../../local";
import type { LocalCloudInfo } from "../../../local";
import { control } from "./control";
import { eventually, quietSetup, temporaryDirectory } from "./testCloud";

describe("the life of a local cloud", () => {
    let directory: string;
    let motoServer: string;

    before(async () => {
        motoServer = await prepareMoto(quietSetup);
    });
    beforeEach(async () => {
        directory = await temporaryDirectory();
    });
    afterEach(async () => {
        await stopLocalCloud(directory);
        await fs.rm(directory, { recursive: true, force: true });
    });

    const start = (more = {}) => startLocalCloud({ directory, port: 0, motoServer, ...more });

    async function motoPid({ endpoint }: LocalCloudInfo): Promise<number> {
        return ((await control(endpoint, "GET", "health")) as { motoPid: number }).motoPid;
    }

    const isAlive = (pid: number): boolean => {
        try {
            process.kill(pid, 0);
            return true;
        } catch {
            return false;
        }
    };

    const gone = (pid: number) =>
        eventually(
            () => Promise.resolve(isAlive(pid)),
            (alive) => !alive,
        );

    it("starts once, whoever asks and how often, and stops once", async () => {
        const lines: string[] = [];
        // Either may be the one that starts it, and only that one has something to tell.
        const onProgress = (line: string) => lines.push(line);
        const [first, second] = await Promise.all([start({ onProgress }), start({ onProgress })]);
        expect(second).to.deep.equal(first);
        expect(await start()).to.deep.equal(first);
        expect(await localCloudStatus(directory)).to.deep.equal(first);
        expect(lines.join("\n")).to.include("moto");
        const moto = await motoPid(first);
        expect(await stopLocalCloud(directory)).to.equal(true);
        expect([isAlive(first.pid), isAlive(moto)]).to.deep.equal([false, false]);
        expect(await localCloudStatus(directory)).to.equal(undefined);
        expect(await stopLocalCloud(directory)).to.equal(false);
    });

    it("after its daemon is killed, moto is gone too, and the next start begins anew", async () => {
        const first = await start();
        const moto = await motoPid(first);
        process.kill(first.pid, "SIGKILL");
        await gone(first.pid);
        await gone(moto);
        expect(await localCloudStatus(directory)).to.equal(undefined);
        const second = await start();
        expect(second.pid).not.to.equal(first.pid);
    });

    it("a file that names a stranger's process is not taken for a cloud", async () => {
        const stranger = {
            directory,
            endpoint: "http://127.0.0.1:9",
            pid: process.pid,
            startedAt: "2026-01-01T00:00:00Z",
        };
        await fs.writeFile(path.join(directory, "cloud.json"), JSON.stringify(stranger));
        expect(await localCloudStatus(directory)).to.equal(undefined);
        expect(await stopLocalCloud(directory)).to.equal(false);
        expect((await start()).pid).not.to.equal(process.pid);
    });

    it("a port that is taken is a clear error and leaves nothing behind", async () => {
        const server = net.createServer();
        const port = await new Promise<number>((resolve) => {
            server.listen(0, "127.0.0.1", () => {
                resolve((server.address() as net.AddressInfo).port);
            });
        });
        try {
            const message = await start({ port }).then(
                () => "started",
                (error: unknown) => String(error),
            );
            expect(message).to.include(`port ${port} is taken`);
            expect(await localCloudStatus(directory)).to.equal(undefined);
        } finally {
            server.close();
        }
    });

    it("a moto_server that does not start is a clear error", async () => {
        const broken = path.join(directory, "moto_server");
        await fs.writeFile(broken, "#!/bin/false\n");
        const message = await start({ motoServer: broken }).then(
            () => "started",
            (error: unknown) => String(error),
        );
        expect(message).to.include("moto did not start").and.to.include("cloud.log");
    });

    it("ends with the process that started it, however that ends", async () => {
        const script = `
            const { startLocalCloud } = require(${JSON.stringify(path.resolve(__dirname, "../../../local"))});
            startLocalCloud(${JSON.stringify({ directory, port: 0, motoServer, exitWithParent: true })})
                .then((info) => { console.log(JSON.stringify(info)); setInterval(() => {}, 1000); });`;
        const tsx = pathToFileURL(require.resolve("tsx")).href;
        const parent = spawn(process.execPath, ["--import", tsx, "-e", script], {
            stdio: ["ignore", "pipe", "inherit"],
        });
        const info = await new Promise<LocalCloudInfo>((resolve) => {
            parent.stdout.once("data", (text: Buffer) => {
                resolve(JSON.parse(text.toString("utf8")) as LocalCloudInfo);
            });
        });
        const moto = await motoPid(info);
        parent.kill("SIGKILL");
        await gone(info.pid);
        await gone(moto);
    });

    it("reset empties a running cloud, and says so when there is none", async () => {
        const message = await resetLocalCloud(directory).then(
            () => "reset",
            (error: unknown) => String(error),
        );
        expect(message).to.include("no local cloud runs");
        await start();
        await resetLocalCloud(directory);
    });

    it("its environment leads to it and to nothing of the person's own", async () => {
        const info = await start();
        const environment = localCloudEnvironment(info);
        expect(environment).to.include({
            AWS_ENDPOINT_URL: info.endpoint,
            AWS_REGION: "us-east-1",
            SLES_ECS_PINT_URL: `${info.endpoint}/_pint`,
            PULUMI_BACKEND_URL: `file://${directory}/state`,
            PULUMI_HOME: `${directory}/pulumi-home`,
            PULUMI_CONFIG_PASSPHRASE: "",
            PULUMI_DEBUG_PROVIDERS: `aws:${info.providerPorts?.aws ?? 0}`,
        });
        expect((await fs.stat(path.join(directory, "state"))).isDirectory()).to.equal(true);
        expect(environment["AWS_CONFIG_FILE"]).to.include(directory);
    });
});
