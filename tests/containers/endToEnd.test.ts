import fs from "node:fs/promises";
import path from "node:path";

import { ECR } from "@aws-sdk/client-ecr";
import { IAM } from "@aws-sdk/client-iam";
import { expect } from "chai";

import type { Evidence } from "../../components/model/evidence";
import { startRegistry, type RunningRegistry } from "../../local/cloud/ecr/registryProcess";
import { expectExit, Workplace } from "../engine/harness";
import { makeTaskRole } from "../helpers/taskRole";
import { buildImage, containersOf, docker, image, logIn } from "./containerCloud";
import { provideSample } from "./sampleImage";

const repositoryName = "tour/web";

describe("an environment from its registry to its end, with real containers", () => {
    let place: Workplace;
    let source: RunningRegistry;
    let ecr: ECR;
    let takeSampleAway: () => void;
    /** Names that docker has been given here, of images. */
    const tagged: string[] = [];

    before(async () => {
        await buildImage();
        place = await Workplace.create({ realContainers: true });
        ecr = new ECR(place.access);
        source = await startRegistry(path.join(place.directory, "source"), process.env["PATH"] ?? "");
        takeSampleAway = await provideSample();
    });
    after(async () => {
        ecr.destroy();
        source.stop();
        await place.stop();
        takeSampleAway();
        // The local cloud takes away what it has pulled, which may have the same name.
        tagged
            .filter((name) => docker("images", "-q", name) !== "")
            .forEach((name) => docker("rmi", "-f", name));
    });

    /** Puts an image where `containers copy` reads it. @returns its digest there */
    function publish(name: string): string {
        const reference = `127.0.0.1:${source.port}/${name}`;
        docker("tag", image, reference);
        tagged.push(reference);
        const [, digest = ""] = /digest: (sha256:[0-9a-f]{64})/.exec(docker("push", reference)) ?? [];
        return digest;
    }

    /** Logs in to the environment's registry as a person does, and pulls. @returns the digest that docker has it under */
    async function pullBack(tag: string): Promise<string> {
        const { host, docker: loggedIn } = await logIn(ecr, path.join(place.directory, "docker"));
        const reference = `${host}/${repositoryName}:${tag}`;
        loggedIn("pull", reference);
        tagged.push(reference);
        const digests = docker("inspect", "--format", '{{join .RepoDigests "\\n"}}', reference).split("\n");
        return digests.find((one) => one.startsWith(`${host}/`))?.split("@")[1] ?? "";
    }

    const addressesIn = (out: string): readonly string[] =>
        [...out.matchAll(/answers at (\S+)/g)].map(([, address = ""]) => address);
    const answerOf = async (address: string): Promise<string> => (await fetch(address)).text();

    it("goes the whole way, and leaves nothing", async () => {
        await place.writeSettings("tour", {
            hosts: { count: 2 },
            containerRegistry: { repositories: ["web", "empty"], onDestroy: "delete" },
        });
        const up = await place.expectSlesEcs(0, "up", "tour", "--yes");
        const [url = ""] = /\d{12}\.dkr\.ecr\.us-east-1\.amazonaws\.com\/tour\/web/.exec(up.stdout) ?? [];
        expect(url).to.not.equal("");

        // An image that is not pushed yet is told before anything is made.
        const role = await makeTaskRole(new IAM(place.access));
        const web = [
            ...["--image", `${url}:1.0`, "--name", "web", "--port", "8080", "--count", "2"],
            ...["--exec", "--task-role", role],
        ];
        const early = await place.expectSlesEcs(2, "service", "deploy", "tour", ...web, "--yes");
        expect(early.stderr).to.include("repository tour/web has no image tagged 1.0");

        const digest = publish("bci/web:1.0");
        const copied = await place.slesEcs(
            ["containers", "copy", "tour", `127.0.0.1:${source.port}/bci/web:1.0`],
            { env: { SLES_ECS_CACHE: path.join(place.directory, "cache") } },
        );
        expectExit(copied, 0);
        expect(copied.stdout).to.include(digest);
        expect(await pullBack("1.0")).to.equal(digest);

        // The sample, and a service of the environment's own repository.
        const sample = await place.expectSlesEcs(0, "service", "deploy", "tour", "--sample", "--yes");
        for (const address of addressesIn(sample.stdout)) {
            // What it says depends on who brought the image (sampleImage.ts).
            expect(await answerOf(address)).not.to.equal("");
        }
        expect(addressesIn(sample.stdout)).to.have.length(1);
        const own = await place.expectSlesEcs(0, "service", "deploy", "tour", ...web, "--yes");
        expect(addressesIn(own.stdout)).to.have.length(2);
        for (const address of addressesIn(own.stdout)) {
            expect(await answerOf(address)).to.equal("it works\n");
        }
        expect(containersOf({ directory: cloudDirectory() })).to.have.length(3);

        const many = await place.expectSlesEcs(
            5,
            ...["service", "scale", "tour", "sample", "99", "--timeout", "3s"],
        );
        expect(many.stderr).to.match(/host i-\w+: memory: \d+ MiB are free, 256 MiB are needed/);
        expect(many.stderr).to.match(/as it is, \d+ of its tasks fit on the hosts/);
        await place.expectSlesEcs(0, "service", "scale", "tour", "sample", "1");

        const shown = await place.slesEcs(["service", "exec", "tour", "web"], {
            env: {
                PATH: [await pluginFolder(), process.env["PATH"]].join(path.delimiter),
                PLUGIN_TYPES: "cat /www/index.html; echo $((20 + 22)) of 1; exit\n",
            },
        });
        expectExit(shown, 0);
        expect(shown.stdout).to.include("it works").and.to.include("42 of 1");

        await place.expectSlesEcs(0, "service", "remove", "tour", "sample", "--yes");
        expect(containersOf({ directory: cloudDirectory() })).to.have.length(2);

        const record = path.join(place.directory, "gone.json");
        const destroyed = await place.expectSlesEcs(0, "destroy", "tour", "--yes", "--evidence", record);
        expect(destroyed.stderr).to.match(/tour\/web \(1 image\)/);
        expect(containersOf({ directory: cloudDirectory() })).to.deep.equal([]);
        expect((await ecr.describeRepositories({})).repositories).to.deep.equal([]);
        const { verdict, removed } = JSON.parse(await fs.readFile(record, "utf8")) as Evidence;
        expect(verdict).to.equal("gone");
        const types = removed.map(({ type }) => type);
        expect(types).to.include.members(["ecs:service", "ecs:task-definition", "aws:ecs/cluster:Cluster"]);
        await place.expectSlesEcs(0, "evidence", "check", record);
        const orphans = await place.expectSlesEcs(0, "orphans", "-o", "json");
        expect((JSON.parse(orphans.stdout) as { environments: object[] }).environments).to.deep.equal([]);
    });

    const cloudDirectory = (): string => path.join(place.directory, "local");

    /** A folder with a stand-in of AWS's plugin. */
    async function pluginFolder(): Promise<string> {
        const folder = path.join(place.directory, "plugin");
        await fs.mkdir(folder);
        const program = path.join(__dirname, "playPlugin.ts");
        await fs.writeFile(
            path.join(folder, "session-manager-plugin"),
            `#!/bin/sh\nexec ${process.execPath} --import tsx ${program} "$@"\n`,
            { mode: 0o755 },
        );
        return folder;
    }
});
