import net from "node:net";
import path from "node:path";

import { expect } from "chai";

import { prepareMoto } from "../../automation/setup";
import { startLocalCloud } from "../../local";
import { removeFolders } from "../helpers/project";
import { quietSetup, temporaryDirectory, type TestCloud } from "../local/cloud/testCloud";
import { Alice } from "../local/services/onCloud";
import { buildImage, containersOf, endContainerCloud, image, startContainerCloud } from "./containerCloud";

const web = ["service", "deploy", "alice", "--image", image, "--name", "web", "--yes"];

/** A way to the engine of this machine that can be cut. */
class EngineDoor {
    private server: net.Server | undefined;
    private readonly connections = new Set<net.Socket>();

    constructor(private readonly file: string) {}

    async open(): Promise<void> {
        this.server = net.createServer((client) => {
            const engine = net.connect("/var/run/docker.sock");
            for (const socket of [client, engine]) {
                this.connections.add(socket);
                socket.on("error", () => undefined).on("close", () => this.connections.delete(socket));
            }
            client.pipe(engine).pipe(client);
        });
        await new Promise<void>((resolve) => this.server?.listen(this.file, resolve));
    }

    async close(): Promise<void> {
        const closed = new Promise((resolve) => this.server?.close(resolve));
        this.connections.forEach((socket) => socket.destroy());
        await closed;
    }
}

describe("a container engine that is away", () => {
    let cloud: TestCloud | undefined;
    const host = process.env["DOCKER_HOST"];

    before(buildImage);
    afterEach(async () => {
        removeFolders();
        if (cloud !== undefined) {
            await endContainerCloud(cloud);
        }
        if (host === undefined) {
            delete process.env["DOCKER_HOST"];
        } else {
            process.env["DOCKER_HOST"] = host;
        }
    });

    it("at the start is told with where it was looked for, and no cloud runs", async () => {
        const directory = await temporaryDirectory();
        process.env["DOCKER_HOST"] = `unix://${path.join(directory, "nobody.sock")}`;
        const motoServer = await prepareMoto(quietSetup);
        const error: unknown = await startLocalCloud({
            directory,
            port: 0,
            motoServer,
            realContainers: true,
        }).catch((caught: unknown) => caught);
        expect(error).to.be.instanceOf(Error);
        const { name, message } = error as Error;
        expect(name).to.equal("NoEngineError");
        expect(message).to.match(/^the container engine at unix:.*nobody\.sock does not answer: /);
    });

    it("in mid-run fails new tasks with that reason, and what runs is found again when it is back", async () => {
        const file = path.join(await temporaryDirectory(), "engine.sock");
        const door = new EngineDoor(file);
        await door.open();
        process.env["DOCKER_HOST"] = `unix://${file}`;
        cloud = await startContainerCloud();
        const alice = await Alice.up(cloud, 1);
        expect((await alice.play(...web)).exitCode).to.equal(0);
        const before = containersOf(cloud.info);
        await door.close();
        const failed = await alice.play(...web, "--memory", "128");
        expect(failed.exitCode, failed.err).to.equal(1);
        expect(failed.err).to.contain("Cannot connect to the Docker daemon. Is the docker daemon running?");
        await door.open();
        const again = await alice.play(...web);
        expect(again.exitCode, again.err).to.equal(0);
        expect(containersOf(cloud.info)).to.deep.equal(before);
        const other = await alice.play(...web, "--memory", "64");
        expect(other.exitCode, other.err).to.equal(0);
        await endContainerCloud(cloud);
        cloud = undefined;
        await door.close();
    });
});
