import path from "node:path";

import { ECR } from "@aws-sdk/client-ecr";
import { expect } from "chai";

import { removeFolders } from "../helpers/project";
import { eventually, type TestCloud } from "../local/cloud/testCloud";
import { Alice } from "../local/services/onCloud";
import {
    buildImage,
    containersOf,
    docker,
    endContainerCloud,
    image,
    logIn,
    startContainerCloud,
} from "../containers/containerCloud";
import { startPodman, type PodmanEngine } from "./podmanEngine";

const web = ["service", "deploy", "alice", "--name", "web", "--yes"];

describe("tasks in containers of podman", () => {
    let podman: PodmanEngine;
    let cloud: TestCloud;
    let alice: Alice;
    /** What to end, the last one first. */
    const ends: (() => Promise<void>)[] = [];

    before(async () => {
        podman = await startPodman();
        ends.push(() => podman.stop());
        await buildImage();
        await buildImage(podman.host);
        cloud = await startContainerCloud(podman.host);
        ends.push(() => endContainerCloud(cloud));
        alice = await Alice.up(cloud, 1);
    });
    after(async () => {
        removeFolders();
        for (const end of ends.reverse()) {
            await end();
        }
    });

    const remove = async (): Promise<void> => {
        const removed = await alice.play("service", "remove", "alice", "web", "--yes");
        expect(removed.exitCode, removed.err).to.equal(0);
    };

    it("a service answers at the address that deploy prints, and is gone when it is removed", async () => {
        const { exitCode, out, err } = await alice.play(...web, "--image", image, "--port", "8080");
        expect(exitCode, err).to.equal(0);
        const [, address = ""] = /answers at (\S+)/.exec(out) ?? [];
        expect(await (await fetch(address)).text()).to.equal("it works\n");
        const logs = await eventually(
            () => alice.play("service", "logs", "alice", "web"),
            (played) => played.out.includes("response:200"),
        );
        expect(logs.exitCode).to.equal(0);
        expect(containersOf(cloud.info, podman.host)).to.have.length(1);
        await remove();
        expect(containersOf(cloud.info, podman.host)).to.deep.equal([]);
    });

    it("the local cloud says whose containers they are", () => {
        const { containers } = cloud.info;
        expect(containers).to.include({ kind: "podman", engine: podman.host });
    });

    it("an image that is not there fails with podman's reason, as ECS words it", async () => {
        const { exitCode, err } = await alice.play(...web, "--image", "localhost:1/nothing:1");
        expect(exitCode, err).to.equal(1);
        expect(err).to.match(
            /CannotPullContainerError: Error response from daemon: .*localhost:1.*connection refused/,
        );
        await remove();
    });

    it("an image of the local cloud's own repositories is pulled, which have no TLS", async () => {
        const ecr = new ECR({
            endpoint: cloud.info.endpoint,
            region: "us-east-1",
            credentials: { accessKeyId: "test", secretAccessKey: "test" },
        });
        const { repository } = await ecr.createRepository({ repositoryName: "team/web" });
        const { host, docker: loggedIn } = await logIn(ecr, path.join(cloud.info.directory, "docker"));
        docker("tag", image, `${host}/team/web:1`);
        loggedIn("push", `${host}/team/web:1`);
        docker("rmi", `${host}/team/web:1`);
        await cloud.ecs.registerTaskDefinition({
            family: "own",
            containerDefinitions: [
                { name: "web", image: `${repository?.repositoryUri ?? ""}:1`, memory: 64 },
            ],
        });
        const { tasks: [task] = [] } = await cloud.ecs.runTask({ cluster: "alice", taskDefinition: "own" });
        const running = await eventually(
            () => cloud.ecs.describeTasks({ cluster: "alice", tasks: [task?.taskArn ?? ""] }),
            ({ tasks }) => tasks?.[0]?.lastStatus === "RUNNING" || tasks?.[0]?.lastStatus === "STOPPED",
        );
        expect(running.tasks?.[0]?.lastStatus, running.tasks?.[0]?.stoppedReason).to.equal("RUNNING");
        ecr.destroy();
        await cloud.ecs.stopTask({ cluster: "alice", task: task?.taskArn ?? "" });
    });

    // The last one, as nothing of the cloud is left for others.
    it("no container is left after the local cloud was killed", async () => {
        await alice.play(...web, "--image", image);
        expect(containersOf(cloud.info, podman.host)).to.not.deep.equal([]);
        process.kill(cloud.info.pid, "SIGKILL");
        await eventually(
            () => Promise.resolve(containersOf(cloud.info, podman.host)),
            (names) => names.length === 0,
        );
    });
});
