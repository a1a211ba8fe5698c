import { expect } from "chai";

import type { OpenTarget } from "../../../automation/environment/target";
import { openUnread } from "../../../automation/environment/target";
import { AppError } from "../../../automation/errors/appError";
import { beginEnding, moveLease, requireLease } from "../../../automation/lease/moveLease";
import { fakeContext, type FakeContext } from "../../helpers/fakes";
import { stackId } from "../../helpers/fakeAws";
import { recordProgress } from "../../helpers/fakeTime";
import { removeFolders } from "../../helpers/project";
import { anHourAgo, arnOf, inTwoHours, leased } from "./leaseCase";

const now = new Date("2026-11-23T10:00:00Z");
const found = { stackId, expiresAt: new Date(anHourAgo) };
const later = { expiresAt: new Date(inTwoHours), graceSeconds: 3600 };

async function open(expiresAt: string): Promise<{ context: FakeContext; target: OpenTarget }> {
    const context = fakeContext(leased({ alice: { expiresAt } }));
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

describe("an environment that is over", () => {
    afterEach(removeFolders);

    it("is marked before anything of it goes", async () => {
        const { context, target } = await open(anHourAgo);
        expect(await codeOf(beginEnding(target, found, now))).to.equal("done");
        expect(tagsIn(context)).to.include({ "sles-ecs:ending": "2026-11-23T10:00:00Z" });
    });

    for (const [what, change] of Object.entries<(context: FakeContext) => unknown>({
        "was extended since it was looked at": ({ aws }) =>
            aws.aws.ecs.tagCluster(arnOf("alice"), { "sles-ecs:expires-at": inTwoHours }),
        "is to be kept": ({ aws }) =>
            aws.aws.ecs.tagCluster(arnOf("alice"), { "sles-ecs:expires-at": "never" }),
        "has a lease that nobody can read any more": ({ aws }) =>
            aws.aws.ecs.untagCluster(arnOf("alice"), ["sles-ecs:expires-at"]),
    })) {
        it(`stays if it ${what}, and keeps no mark`, async () => {
            const { context, target } = await open(anHourAgo);
            await change(context);
            expect(await codeOf(beginEnding(target, found, now))).to.equal("LEASE_RENEWED");
            expect(tagsIn(context)).to.not.have.property("sles-ecs:ending");
        });
    }

    it("stays if another one of its name has been made meanwhile", async () => {
        const { context, target } = await open(anHourAgo);
        const before = { ...found, stackId: "of-its-predecessor" };
        expect(await codeOf(beginEnding(target, before, now))).to.equal("LEASE_RENEWED");
        expect(tagsIn(context)).to.not.have.property("sles-ecs:ending");
    });

    // The two meet at any of each other's calls: never do both believe that they have won.
    for (let call = 1; call <= 8; call += 1) {
        it(`is either destroyed or extended, when somebody extends it at call ${call} of the reaper's`, async () => {
            const { context, target } = await open(anHourAgo);
            const lease = await requireLease(target);
            let calls = 0;
            let extended: Promise<string> | undefined;
            context.aws.onCall = () => {
                calls += 1;
                if (calls === call) {
                    context.aws.onCall = undefined;
                    extended = codeOf(moveLease(target, lease, later, recordProgress().progress));
                }
            };
            const destroyed = await codeOf(beginEnding(target, found, now));
            extended ??= codeOf(moveLease(target, lease, later, recordProgress().progress));
            const outcomes = [destroyed, await extended];
            expect(outcomes).to.not.deep.equal(["done", "done"]);
        });
    }
});
