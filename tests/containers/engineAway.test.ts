import net from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { expect } from "chai";

import { stopLocalCloud, type LocalCloudInfo } from "../../local";
import { removeFolders } from "../helpers/project";
import { eventually, temporaryDirectory, type TestCloud } from "../local/cloud/testCloud";
import { Alice } from "../local/services/onCloud";
import {
    buildImage,
    containersOf,
    endContainerCloud,
    image,
    startCloudOn,
    startContainerCloud,
} from "./containerCloud";

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
        const { server } = this;
        if (server !== undefined) {
            this.server = undefined;
            const closed = new Promise((resolve) => server.close(resolve));
            this.connections.forEach((socket) => socket.destroy());
            await closed;
        }
    }
}

describe("a container engine that is away", () => {
    let cloud: TestCloud | undefined;
    let door: EngineDoor | undefined;

    before(buildImage);
    afterEach(async () => {
        removeFolders();
        if (cloud !== undefined) {
            await endContainerCloud(cloud);
        }
        await door?.close();
        cloud = door = undefined;
    });

    it("at the start is told with where it was looked for, and no cloud runs", async () => {
        const directory = await temporaryDirectory();
        const host = `unix://${path.join(directory, "nobody.sock")}`;
        const error: unknown = await startCloudOn(directory, host).catch((caught: unknown) => caught);
        expect(error).to.be.instanceOf(Error);
        const { name, message } = error as Error;
        expect(name).to.equal("NoEngineError");
        expect(message).to.match(/^the container engine at unix:.*nobody\.sock does not answer: /);
    });

    /** A cloud whose way to the engine can be cut, with the service web. */
    async function cloudBehindDoor() {
        const file = path.join(await temporaryDirectory(), "engine.sock");
        const opened = new EngineDoor(file);
        await opened.open();
        door = opened;
        const made = await startContainerCloud(`unix://${file}`);
        cloud = made;
        const alice = await Alice.up(made, 1);
        expect((await alice.play(...web)).exitCode).to.equal(0);
        return { way: opened, alice, info: made.info };
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
        const { way, alice, info } = await cloudBehindDoor();
        await way.close();
        const removed = await alice.play("service", "remove", "alice", "web", "--yes");
        expect(removed.exitCode, removed.err).to.equal(0);
        expect(containersOf(info)).to.have.length(1);
        await way.open();
        await eventually(
            () => Promise.resolve(containersOf(info)),
            (names) => names.length === 0,
        );
    });

    it("when the local cloud stops has its containers go once it is back", async () => {
        const { way, info } = await cloudBehindDoor();
        await way.close();
        await stopLocalCloud(info.directory);
        expect(containersOf(info)).to.have.length(1);
        await way.open();
        await eventually(
            () => Promise.resolve(containersOf(info)),
            (names) => names.length === 0,
        );
    });

    it("when the local cloud stops leaves alone what the next one of its directory runs", async () => {
        const { way, info } = await cloudBehindDoor();
        await way.close();
        await stopLocalCloud(info.directory);
        // The next one has another way to the same engine, and begins by removing what is left.
        const next = await startContainerCloud(undefined, info.directory);
        cloud = next;
        const alice = await Alice.up(next, 1);
        expect((await alice.play(...web)).exitCode).to.equal(0);
        const running = containersOf(info);
        expect(running).to.have.length(1);
        await way.open();
        // Longer than the first one's watcher takes to look again.
        await pause(3_000);
        expect(containersOf(info)).to.deep.equal(running);
    });

    it("in mid-run fails new tasks with that reason, and what runs is found again when it is back", async () => {
        const { way, alice, info } = await cloudBehindDoor();
        const before = containersOf(info);
        await way.close();
        const failed = await alice.play(...web, "--memory", "128");
        expect(failed.exitCode, failed.err).to.equal(1);
        expect(failed.err).to.contain("Cannot connect to the Docker daemon. Is the docker daemon running?");
        const away = await statusOf(alice, info);
        expect(away.text).to.match(
            /tasks are real containers, of [^]*\.\nThe container engine is away: unix:\S+engine\.sock does not answer \(.+\)\. New tasks fail until it is back\.\n$/,
        );
        expect(away.containers).to.include({ kind: "docker", answers: false });
        expect(away.containers["reason"]).to.match(/engine\.sock does not answer/);
        await way.open();
        const back = await statusOf(alice, info);
        expect(back.text).to.not.contain("away");
        expect(back.containers).to.include({ kind: "docker", answers: true });
        const again = await alice.play(...web);
        expect(again.exitCode, again.err).to.equal(0);
        expect(containersOf(info)).to.deep.equal(before);
        const other = await alice.play(...web, "--memory", "64");
        expect(other.exitCode, other.err).to.equal(0);
    });
});
