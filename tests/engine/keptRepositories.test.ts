import { ECR } from "@aws-sdk/client-ecr";
import { expect } from "chai";

import { pushImage } from "../helpers/pushImage";
import { expectExit, Workplace } from "./harness";

describe("repositories, on a whole system", () => {
    let place: Workplace;
    let ecr: ECR;

    before(async () => {
        place = await Workplace.create();
        ecr = new ECR(place.access);
    });
    after(async () => {
        ecr.destroy();
        await place.stop();
    });

    const settings = (more: object = {}) => ({
        hosts: { count: 1 },
        containerRegistry: { repositories: ["web", "empty"], ...more },
    });

    async function names(): Promise<readonly string[]> {
        const { repositories = [] } = await ecr.describeRepositories({});
        return repositories.map(({ repositoryName = "" }) => repositoryName).sort();
    }

    async function stackIdOf(repositoryName: string): Promise<string | undefined> {
        const { repositories: [found] = [] } = await ecr.describeRepositories({
            repositoryNames: [repositoryName],
        });
        const { tags = [] } = await ecr.listTagsForResource({ resourceArn: found?.repositoryArn });
        return tags.find(({ Key }) => Key === "sles-ecs:stack-id")?.Value;
    }

    async function digests(repositoryName: string): Promise<readonly (string | undefined)[]> {
        const { imageIds = [] } = await ecr.listImages({ repositoryName });
        return imageIds.map(({ imageDigest }) => imageDigest);
    }

    it("outlive their environment with their images, and are taken up again through both doors", async () => {
        await place.writeSettings("kept", settings());
        const first = await place.expectSlesEcs(0, "up", "kept", "--yes");
        expect(first.stdout).to.include("dkr.ecr.us-east-1.amazonaws.com/kept/web");
        expect(await names()).to.deep.equal(["kept/empty", "kept/web"]);
        const digest = await pushImage(ecr, "kept/web", "1.0");
        const firstId = await stackIdOf("kept/web");
        await place.expectSlesEcs(0, "preview", "kept", "--expect-no-changes");

        const destroyed = await place.expectSlesEcs(0, "destroy", "kept", "--yes");
        expect(destroyed.stderr).to.include("  keeps repository kept/web (1 image)");
        expect(destroyed.stdout).to.match(/^kept: repository kept\/web .*holds 1 image/m);
        expect(destroyed.stdout).to.include(
            "to take kept repositories up again, with their images: sles-ecs up kept\n",
        );
        expect(destroyed.stdout).to.include("aws ecr delete-repository --force --repository-name kept/web");
        expect(await names()).to.deep.equal(["kept/web"]);
        const again = await place.expectSlesEcs(0, "destroy", "kept", "--yes");
        expect(again.stdout).to.match(/^kept: repository kept\/web/m);

        const orphans = await place.expectSlesEcs(0, "orphans");
        expect(orphans.stdout).to.include("kept of organization/sles-ecs/kept: kept/web");

        const up = await place.expectSlesEcs(0, "up", "kept", "--yes");
        expect(up.stderr).to.include("taken up again, with their images: kept/web");
        expect(await digests("kept/web")).to.deep.equal([digest]);
        expect(await stackIdOf("kept/web"))
            .to.be.a("string")
            .and.not.equal(firstId);
        const same = await place.pulumi(["preview", "--stack", "kept", "--expect-no-changes"]);
        expectExit(same, 0);

        expectExit(await place.pulumi(["destroy", "--stack", "kept", "--yes", "--skip-preview"]), 0);
        expect(await digests("kept/web")).to.deep.equal([digest]);
        const pulumi = await place.pulumi(["up", "--stack", "kept", "--yes", "--skip-preview"]);
        expectExit(pulumi, 0);
        expect(await digests("kept/web")).to.deep.equal([digest]);
        await place.expectSlesEcs(0, "preview", "kept", "--expect-no-changes");

        // Whether they go with this life is what its settings say.
        await place.writeSettings("kept", settings({ onDestroy: "delete" }));
        await place.expectSlesEcs(0, "up", "kept", "--yes");
        const deleted = await place.expectSlesEcs(0, "destroy", "kept", "--yes", "--evidence", "gone.json");
        expect(deleted.stderr).to.match(/repositor(y|ies).*kept\/web \(1 image\)/s);
        expect(await names()).to.deep.equal([]);
        const checked = await place.expectSlesEcs(0, "evidence", "check", "gone.json");
        expect(checked.stdout).to.include("gone");
    });

    it("stay where they are taken out of the settings, and come back with them", async () => {
        await place.writeSettings("less", settings());
        await place.expectSlesEcs(0, "up", "less", "--yes");
        const digest = await pushImage(ecr, "less/web", "1.0");
        await place.writeSettings("less", { hosts: { count: 1 } });
        await place.expectSlesEcs(0, "up", "less", "--yes");
        expect(await digests("less/web")).to.deep.equal([digest]);
        await place.writeSettings("less", settings());
        await place.expectSlesEcs(0, "up", "less", "--yes");
        expect(await digests("less/web")).to.deep.equal([digest]);
        await place.expectSlesEcs(0, "preview", "less", "--expect-no-changes");
        await place.writeSettings("less", settings({ onDestroy: "delete" }));
        await place.expectSlesEcs(0, "up", "less", "--yes");
        await place.expectSlesEcs(0, "destroy", "less", "--yes");
        expect((await names()).filter((name) => name.startsWith("less/"))).to.deep.equal([]);
    });

    it("of somebody else are refused before anything is made", async () => {
        await ecr.createRepository({ repositoryName: "other/web" });
        await place.writeSettings("other", settings());
        const refused = await place.slesEcs(["up", "other", "--yes"]);
        expectExit(refused, 2);
        expect(refused.stderr).to.include("REPOSITORY_NAME_TAKEN");
        expect((await names()).filter((name) => name.startsWith("other/"))).to.deep.equal(["other/web"]);
        await ecr.deleteRepository({ repositoryName: "other/web", force: true });
    });
});
