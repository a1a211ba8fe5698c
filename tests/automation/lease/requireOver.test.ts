import { expect } from "chai";

import { openUnread } from "../../../automation/environment/target";
import { AppError } from "../../../automation/errors/appError";
import { requireOver, type FoundOver } from "../../../automation/lease/requireOver";
import { fakeContext, type FakeContext } from "../../helpers/fakes";
import { stackId } from "../../helpers/fakeAws";
import { removeFolders } from "../../helpers/project";
import { anHourAgo, arnOf, inTwoHours, leased } from "./leaseCase";

const found: FoundOver = {
    stackId,
    lease: { kind: "lease", owner: "alice", expiresAt: new Date(anHourAgo) },
};

async function ask(before = found, change?: (context: FakeContext) => unknown): Promise<string> {
    const context = fakeContext(leased({ alice: { expiresAt: anHourAgo } }));
    const target = await openUnread(context, { environment: "alice", projectDirectory: undefined });
    await change?.(context);
    return requireOver(target, before).then(
        () => "over",
        (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    );
}

describe("the end of an environment that was found to be over", () => {
    afterEach(removeFolders);

    it("comes where nothing has changed since", async () => {
        expect(await ask()).to.equal("over");
    });

    for (const [what, change] of Object.entries<(context: FakeContext) => unknown>({
        "was extended since it was looked at": ({ aws }) =>
            aws.aws.ecs.tagCluster(arnOf("alice"), { "sles-ecs:expires-at": inTwoHours }),
        "is to be kept": ({ aws }) =>
            aws.aws.ecs.tagCluster(arnOf("alice"), { "sles-ecs:expires-at": "never" }),
        "has a lease that nobody can read any more": ({ aws }) =>
            aws.aws.ecs.untagCluster(arnOf("alice"), ["sles-ecs:expires-at"]),
        "has a cluster that has lost the tags that tell whose it is": ({ aws }) =>
            aws.aws.ecs.untagCluster(arnOf("alice"), [
                "sles-ecs:expires-at",
                "sles-ecs:owner",
                "sles-ecs:stack-id",
            ]),
        "has lost its cluster": ({ aws }) => aws.aws.ecs.removeCluster(arnOf("alice")),
    })) {
        it(`does not come if it ${what}`, async () => {
            expect(await ask(found, change)).to.equal("LEASE_RENEWED");
        });
    }

    it("is nobody's business any more where somebody else has ended it", async () => {
        const context = fakeContext(leased({ alice: { expiresAt: anHourAgo } }));
        const target = await openUnread(context, { environment: "alice", projectDirectory: undefined });
        await target.stack.remove();
        await requireOver(target, found);
    });

    it("does not come for another environment of its name", async () => {
        expect(await ask({ ...found, stackId: "of-its-predecessor" })).to.equal("LEASE_RENEWED");
    });
});
