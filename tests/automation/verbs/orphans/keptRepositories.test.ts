import { expect } from "chai";

import type { FakeAwsState } from "../../../helpers/fakeAws";
import { tagsOf } from "../../../helpers/fakeWorld";
import { removeFolders } from "../../../helpers/project";
import { account, lost, lostId, remove } from "./orphansCase";

describe("orphans and kept repositories", () => {
    afterEach(removeFolders);

    const kept = { images: 3, tags: { ...lost, "sles-ecs:keep": "true" } };
    const withRepositories = (repositories: NonNullable<FakeAwsState["repositories"]>) => ({
        aws: { ...account(), repositories },
    });
    const byName = ["--repository", "lost/web"];

    it("go with their images, by their names only, after a question that says so", async () => {
        const there = withRepositories({ "lost/web": kept, "lost/shop": kept });
        const asked = await remove(byName, there);
        expect(asked.exitCode).to.equal(2);
        expect(asked.context.io.err())
            .to.contain("lost/web (3 images) of organization/sles-ecs/lost, with its images")
            .and.to.contain("sles-ecs orphans --remove --repository lost/web --region us-east-1 --yes");
        expect(asked.context.aws.changes).to.deep.equal([]);
        const { exitCode, context } = await remove([...byName, "--yes"], there);
        expect(exitCode, context.io.err()).to.equal(0);
        expect(context.io.out()).to.equal("deleted kept repository lost/web, with its images\n");
        expect(context.aws.changes).to.deep.equal(["removeRepository lost/web"]);
    });

    it("stay with their environment's id, and together with it are not asked for", async () => {
        const there = withRepositories({ "lost/web": kept });
        const { context } = await remove(["--id", lostId, "--yes"], there);
        expect(context.aws.changes.join()).not.to.contain("Repository");
        const both = await remove([...byName, "--id", lostId, "--yes"], there);
        expect(both.exitCode).to.equal(2);
        expect(both.context.aws.changes).to.deep.equal([]);
    });

    for (const [what, repository, exitCode] of [
        ["there are none", undefined, 3],
        ["they are somebody else's", { images: 3, tags: {} }, 3],
        ["they are not kept", { images: 3, tags: lost }, 3],
        ["a state here knows their environment", { ...kept, tags: { ...kept.tags, ...tagsOf("dev") } }, 2],
        [
            "they are of another project",
            { ...kept, tags: { ...kept.tags, "sles-ecs:stack": "o/other/lost" } },
            2,
        ],
    ] as const) {
        it(`are left alone where ${what}`, async () => {
            const there = withRepositories(repository === undefined ? {} : { "lost/web": repository });
            const refused = await remove([...byName, "--yes"], there);
            expect(refused.exitCode, refused.transcript).to.equal(exitCode);
            expect(refused.context.aws.changes).to.deep.equal([]);
        });
    }

    it("are told apart by their region where several are called so", async () => {
        const there = withRepositories({ "lost/web": kept });
        const refused = await remove([...byName, "--region", "eu-central-1", "--yes"], there);
        expect(refused.exitCode).to.equal(2);
        expect(refused.context.io.err()).to.contain("in us-east-1 and eu-central-1: say by --region");
        expect(refused.context.aws.changes).to.deep.equal([]);
    });
});
