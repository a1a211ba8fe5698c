import net from "node:net";
import path from "node:path";

import { expect } from "chai";

import { prepareMoto } from "../../automation/setup";
import { startLocalCloud, stopLocalCloud, type LocalCloudInfo } from "../../local";
import { removeFolders } from "../helpers/project";
import { eventually, quietSetup, temporaryDirectory, type TestCloud } from "../local/cloud/testCloud";
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

    /** A cloud whose way to the engine can be cut, with the service web. */
    async function cloudBehindDoor() {
        const file = path.join(await temporaryDirectory(), "engine.sock");
        const door = new EngineDoor(file);
        await door.open();
        process.env["DOCKER_HOST"] = `unix://${file}`;
        const made = await startContainerCloud();
        cloud = made;
        const alice = await Alice.up(made, 1);
        expect((await alice.play(...web)).exitCode).to.equal(0);
        return { door, alice, info: made.info };
    }

    /** What `local status` says, and its JSON of containers. */
    async function statusOf(alice: Alice, { directory }: LocalCloudInfo) {
        const words = ["local", "status", "--directory", directory];
        const [text, json] = [await alice.play(...words), await alice.play(...words, "--output", "json")];
        expect([text.exitCode, json.exitCode]).to.deep.equal([0, 0]);
        const { containers } = JSON.parse(json.out) as { containers: Record<string, unknown> };
        return { text: text.out, containers };
    }

    it("when a service is removed has its containers go once it is back", async () => {
        const { door, alice, info } = await cloudBehindDoor();
        await door.close();
        const removed = await alice.play("service", "remove", "alice", "web", "--yes");
        expect(removed.exitCode, removed.err).to.equal(0);
        expect(containersOf(info)).to.have.length(1);
        await door.open();
        await eventually(
            () => Promise.resolve(containersOf(info)),
            (names) => names.length === 0,
        );
        await endContainerCloud({ info } as TestCloud);
        cloud = undefined;
        await door.close();
    });

    it("when the local cloud stops has its containers go once it is back", async () => {
        const { door, info } = await cloudBehindDoor();
        await door.close();
        await stopLocalCloud(info.directory);
        expect(containersOf(info)).to.have.length(1);
        await door.open();
        await eventually(
            () => Promise.resolve(containersOf(info)),
            (names) => names.length === 0,
        );
        await door.close();
    });

    it("in mid-run fails new tasks with that reason, and what runs is found again when it is back", async () => {
        const { door, alice, info } = await cloudBehindDoor();
        const before = containersOf(info);
        await door.close();
        const failed = await alice.play(...web, "--memory", "128");
        expect(failed.exitCode, failed.err).to.equal(1);
        expect(failed.err).to.contain("Cannot connect to the Docker daemon. Is the docker daemon running?");
        const away = await statusOf(alice, info);
        expect(away.text).to.match(
            /tasks are real containers, of [^]*\.\nThe container engine is away: unix:\S+engine\.sock does not answer \(.+\)\. New tasks fail until it is back\.\n$/,
        );
        expect(away.containers).to.include({ kind: "docker", answers: false });
        expect(away.containers["reason"]).to.match(/engine\.sock does not answer/);
        await door.open();
        const back = await statusOf(alice, info);
        expect(back.text).to.not.contain("away");
        expect(back.containers).to.include({ kind: "docker", answers: true });
        const again = await alice.play(...web);
        expect(again.exitCode, again.err).to.equal(0);
        expect(containersOf(info)).to.deep.equal(before);
        const other = await alice.play(...web, "--memory", "64");
        expect(other.exitCode, other.err).to.equal(0);
        await endContainerCloud({ info } as TestCloud);
        cloud = undefined;
        await door.close();
    });
});
