import { expect } from "chai";

import { createFakeAws, ownTags, owner } from "../../helpers/fakeAws";
import { gather } from "./gatherCase";

const kept = { ...ownTags, "sles-ecs:keep": "true" };
const arn = (name: string) => `arn:aws:ecr:eu-central-1:123456789012:repository/${name}`;

describe("repositories at the end of a destroy", () => {
    it("stay where they are to be kept and hold images, and are told as kept", async () => {
        const fake = createFakeAws({
            repositories: { "alice/web": { images: 3, tags: kept } },
            tagged: [{ arn: arn("alice/web"), tags: kept }],
        });
        const deletedByEngine = [{ type: "aws:ecr/repository:Repository", name: "web", id: "alice/web" }];
        const { evidence } = await gather(fake, { owner, deletedByEngine });
        expect(evidence.kept).to.deep.equal([
            {
                type: "ecr:repository",
                name: "alice/web",
                id: "alice/web",
                reason: "containerRegistry.onDestroy is keep, and it holds 3 images",
            },
        ]);
        expect(evidence.verdict).to.equal("gone");
        expect(evidence.removed.map(({ id }) => id)).not.to.include("alice/web");
        expect(fake.changes).to.deep.equal([]);
    });

    it("go where they are empty, and where they are not to be kept", async () => {
        const fake = createFakeAws({
            repositories: {
                "alice/web": { images: 0, tags: kept },
                "alice/old": { images: 2, tags: ownTags },
            },
            tagged: ["alice/web", "alice/old"].map((name) => ({ arn: arn(name), tags: ownTags })),
        });
        const { evidence } = await gather(fake, { owner });
        expect(fake.changes).to.have.members(["removeRepository alice/web", "removeRepository alice/old"]);
        expect(evidence.verdict).to.equal("gone");
    });

    it("that the engine has let go of, and that are empty, are told as removed once", async () => {
        const fake = createFakeAws({ repositories: { "alice/web": { images: 0, tags: kept } } });
        const deletedByEngine = [{ type: "aws:ecr/repository:Repository", name: "web", id: "alice/web" }];
        const repositories = [{ name: "alice/web", images: 0, keep: false }];
        const { evidence } = await gather(fake, { owner, deletedByEngine, survey: { repositories } });
        expect(evidence.removed.filter(({ id }) => id === "alice/web").map(({ type }) => type)).to.deep.equal(
            ["ecr:repository"],
        );
    });

    it("are found by their names where the tagging API does not know them yet", async () => {
        const fake = createFakeAws({ repositories: { "alice/web": { images: 0, tags: kept } } });
        const repositories = [{ name: "alice/web", images: 0, keep: false }];
        await gather(fake, { owner, survey: { repositories } });
        expect(fake.changes).to.deep.equal(["removeRepository alice/web"]);
    });

    it("of others are left alone, whatever the tagging API says", async () => {
        const others = { ...kept, "sles-ecs:stack-id": "somebody-else" };
        const fake = createFakeAws({
            repositories: { "alice/web": { images: 0, tags: others } },
            tagged: [{ arn: arn("alice/web"), tags: ownTags }],
        });
        const { evidence } = await gather(fake, { owner });
        expect(fake.changes).to.deep.equal([]);
        expect(evidence.left).to.deep.equal([]);
    });

    it("are not asked for where there are none: whoever has none needs no permission", async () => {
        const fake = createFakeAws({});
        await gather(fake, { owner });
        expect(fake.reads.filter((one) => one.startsWith("ecr."))).to.deep.equal([]);
    });
});
