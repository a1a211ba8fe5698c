import { ECR } from "@aws-sdk/client-ecr";
import { randomBytes } from "node:crypto";
import { expect } from "chai";

import { SourceRegistry } from "../helpers/sourceRegistry";
import { expectExit, Workplace } from "./harness";

describe("container images, on a whole system", () => {
    let place: Workplace;
    let source: SourceRegistry;
    let ecr: ECR;

    before(async () => {
        [place, source] = await Promise.all([Workplace.create(), SourceRegistry.start()]);
        ecr = new ECR(place.access);
        await place.writeSettings("dev", {
            instanceRole: { ssm: true },
            containerRegistry: { repositories: ["bci-base"], onDestroy: "delete", pushFromHosts: true },
        });
        await place.expectSlesEcs(0, "up", "dev", "--yes");
    });
    after(async () => {
        ecr.destroy();
        await Promise.all([place.stop(), source.stop()]);
    });

    const control = (name: string, body?: object) =>
        fetch(`${place.cloud.endpoint}/_local/${name}`, {
            method: body === undefined ? "GET" : "POST",
            body: body && JSON.stringify(body),
        });
    const copy = (tag: string) =>
        place.slesEcs(["containers", "copy", "dev", `${source.address}/bci/bci-base:${tag}`], {
            env: { SLES_ECS_CACHE: `${place.directory}/cache` },
        });
    const repositoryName = "dev/bci-base";
    const tags = async () =>
        ((await ecr.listImages({ repositoryName })).imageIds ?? []).map(({ imageTag }) => imageTag);

    it("are copied as real bytes, and come back under the same digest", async () => {
        const layers = [randomBytes(12 * 2 ** 20), randomBytes(1000)];
        const { digest } = source.add("bci/bci-base:15.7", { layers });
        const copied = await copy("15.7");
        expectExit(copied, 0);
        expect(copied.stdout).to.include(digest);
        const { images } = await ecr.batchGetImage({ repositoryName, imageIds: [{ imageTag: "15.7" }] });
        expect(images?.[0]?.imageId?.imageDigest).to.equal(digest);
        const again = await copy("15.7");
        expectExit(again, 0);
        expect(again.stdout).to.include("there already");
        const list = await place.expectSlesEcs(0, "containers", "list", "dev");
        expect(list.stdout)
            .to.include("sles12-docker-image")
            .and.to.match(/dev\/bci-base +15\.7/);
    });

    it("go on after AWS has failed in the middle of a layer, and after the registry has been killed", async () => {
        source.add("bci/bci-base:a");
        await control("faults", { service: "ecr", action: "UploadLayerPart", times: 1 });
        expectExit(await copy("a"), 0);
        source.add("bci/bci-base:b");
        const { pid } = (await (await control("registry")).json()) as { pid: number };
        process.kill(pid, "SIGKILL");
        expectExit(await copy("b"), 0);
        expect(await tags()).to.have.members(["15.7", "a", "b"]);
    });

    it("are not there where the credentials expire in the middle, and go on with what is", async () => {
        source.add("bci/bci-base:c");
        const expired = {
            errorCode: "ExpiredTokenException",
            status: 400,
            message: "The security token is expired",
        };
        await control("faults", { service: "ecr", action: "CompleteLayerUpload", times: 1, ...expired });
        const failed = await copy("c");
        expectExit(failed, 1);
        expect(failed.stderr).to.match(/expired/i);
        expect(await tags()).not.to.include("c");
        expectExit(await copy("c"), 0);
        expect(await tags()).to.include("c");
    });

    it("of another architecture are refused, and tags do not change hands", async () => {
        source.add("bci/bci-base:arm", { architecture: "arm64" });
        expectExit(await copy("arm"), 2);
        source.add("bci/bci-base:15.7");
        const taken = await copy("15.7");
        expectExit(taken, 2);
        expect(taken.stderr).to.include("IMAGE_TAG_TAKEN");
    });

    it("are installed on every simulated host, which has no docker to push from", async () => {
        const installed = await place.expectSlesEcs(0, "containers", "install", "dev", "sles12-docker-image");
        expect(installed.stdout).to.match(/i-\w+ +installed: sles12-docker-image/);
        const push = await place.slesEcs(["containers", "push", "dev", "sles12-docker-image"]);
        expectExit(push, 1);
        expect(push.stderr).to.include("have no docker");
    });

    it("go with their environment where the settings say so, and the plan says how many", async () => {
        const destroyed = await place.expectSlesEcs(0, "destroy", "dev", "--yes");
        expect(destroyed.stderr).to.include("dev/bci-base (4 images)");
        expect((await ecr.describeRepositories({})).repositories).to.deep.equal([]);
    });
});
