import { expect } from "chai";

import { openUnread, type OpenTarget } from "../../../automation/environment/target";
import { AppError } from "../../../automation/errors/appError";
import { Ending } from "../../../automation/lease/ending";
import { moveLease, requireLease } from "../../../automation/lease/moveLease";
import type { Tags } from "../../../components/model/tags";
import { fakeContext, type FakeContext } from "../../helpers/fakes";
import { stackId } from "../../helpers/fakeAws";
import { recordProgress } from "../../helpers/fakeTime";
import { removeFolders } from "../../helpers/project";
import { anHourAgo, arnOf, inTwoHours, leased } from "./leaseCase";

const found = {
    stackId,
    lease: { kind: "lease", owner: "alice", expiresAt: new Date(anHourAgo) },
} as const;
const later = { expiresAt: new Date(inTwoHours), graceSeconds: 3600 };

async function open(
    expiresAt = anHourAgo,
    tags: Readonly<Record<string, string>> = {},
): Promise<{ context: FakeContext; target: OpenTarget }> {
    const context = fakeContext(leased({ alice: { expiresAt, tags } }));
    return {
        context,
        target: await openUnread(context, { environment: "alice", projectDirectory: undefined }),
    };
}

const tagsIn = ({ aws }: FakeContext) => aws.state.clusters[0]?.tags ?? {};

async function codeOf(work: Promise<unknown>): Promise<string> {
    return work.then(
        () => "done",
        (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    );
}

describe("the end of an environment that is over", () => {
    afterEach(removeFolders);

    it("is marked before anything of it goes, for as long as its emptying may take, and then its deletion", async () => {
        const { context, target } = await open();
        const ending = new Ending(found, 600);
        await ending.begin(target);
        expect(tagsIn(context)["sles-ecs:ending"]).to.match(/^2026-11-23T10:15:00Z [0-9a-f]{8}$/);
        await ending.hold(target);
        expect(tagsIn(context)["sles-ecs:ending"]).to.match(/^2026-11-23T11:00:00Z [0-9a-f]{8}$/);
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
        it(`does not come if it ${what}, and leaves no mark`, async () => {
            const { context, target } = await open();
            await change(context);
            expect(await codeOf(new Ending(found, 600).begin(target))).to.equal("LEASE_RENEWED");
            expect(tagsIn(context)).to.not.have.property("sles-ecs:ending");
        });
    }

    it("does not come for another environment of its name", async () => {
        const { target } = await open();
        const before = { ...found, stackId: "of-its-predecessor" };
        expect(await codeOf(new Ending(before, 600).begin(target))).to.equal("LEASE_RENEWED");
    });

    it("is left to who is at it already, and taken up from who was killed", async () => {
        const busy = await open(anHourAgo, { "sles-ecs:ending": "2026-11-23T10:10:00Z 0a1b2c3d" });
        expect(await codeOf(new Ending(found, 600).begin(busy.target))).to.equal("LEASE_ENDED");
        const dead = await open(anHourAgo, { "sles-ecs:ending": "2026-11-23T09:59:00Z 0a1b2c3d" });
        expect(await codeOf(new Ending(found, 600).begin(dead.target))).to.equal("done");
    });

    it("stops before the engine where its mark is gone or another's, and leaves that one alone", async () => {
        for (const tags of [{}, { "sles-ecs:ending": "2026-11-23T12:00:00Z ffffffff" }] as Tags[]) {
            const { context, target } = await open();
            const ending = new Ending(found, 600);
            await ending.begin(target);
            await context.aws.aws.ecs.untagCluster(arnOf("alice"), ["sles-ecs:ending"]);
            await context.aws.aws.ecs.tagCluster(arnOf("alice"), tags);
            expect(await codeOf(ending.hold(target))).to.equal("LEASE_RENEWED");
            await ending.giveUp(target);
            expect(tagsIn(context)["sles-ecs:ending"]).to.equal(tags["sles-ecs:ending"]);
        }
    });

    it("takes its mark away when it does not come to its end", async () => {
        const { context, target } = await open();
        const ending = new Ending(found, 600);
        await ending.begin(target);
        await ending.giveUp(target);
        expect(tagsIn(context)).to.not.have.property("sles-ecs:ending");
    });

    // The two meet at any of each other's calls: exactly one of them gets what it wants, and the tags agree with it.
    for (let call = 1; call <= 12; call += 1) {
        it(`or its extension: exactly one of them, when they meet at call ${call}`, async () => {
            const { context, target } = await open();
            const lease = await requireLease(target);
            const ending = new Ending(found, 600);
            let calls = 0;
            let extended: Promise<string> | undefined;
            const extend = () => codeOf(moveLease(target, lease, later, recordProgress().progress));
            context.aws.onCall = () => {
                calls += 1;
                if (calls === call) {
                    context.aws.onCall = undefined;
                    extended = extend();
                }
            };
            const destroyed = await codeOf(ending.begin(target));
            extended ??= extend();
            const tags = async () => ({
                extension: await extended,
                end: tagsIn(context)["sles-ecs:expires-at"],
            });
            expect({ destroyed, ...(await tags()) }).to.be.deep.oneOf([
                { destroyed: "done", extension: "LEASE_ENDED", end: anHourAgo },
                { destroyed: "LEASE_RENEWED", extension: "done", end: inTwoHours },
            ]);
        });
    }
});
