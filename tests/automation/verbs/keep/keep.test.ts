import { expect } from "chai";

import { expectGolden } from "../../../helpers/golden";
import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { anHourAgo, inTwoHours, leased } from "../../lease/leaseCase";

describe("keep", () => {
    afterEach(removeFolders);

    it("takes the end off, and switches the schedules off", async () => {
        const { transcript, context } = await play(
            ["keep", "alice"],
            leased({ alice: { expiresAt: inTwoHours } }),
        );
        expectGolden("cli/keep.txt", transcript);
        expect(context.aws.state.schedules["sles-ecs-alice"]?.state).to.equal("DISABLED");
        expect(context.aws.state.clusters[0]?.tags).to.include({ "sles-ecs:expires-at": "never" });
    });

    it("may come late, as long as nobody has begun to destroy it", async () => {
        const { exitCode, context } = await play(
            ["keep", "alice", "-o", "json"],
            leased({ alice: { expiresAt: anHourAgo } }),
        );
        expect(exitCode).to.equal(0);
        expect(JSON.parse(context.io.out())).to.deep.equal({
            version: 1,
            environment: "alice",
            owner: "alice",
        });
    });

    it("is refused where there is a longest time: exit code 2", async () => {
        const alice = { expiresAt: inTwoHours, lease: { longestTtlSeconds: 604_800 } };
        const { transcript, exitCode, context } = await play(["keep", "alice"], leased({ alice }));
        expect(exitCode).to.equal(2);
        expectGolden("cli/keep-too-long.txt", transcript);
        expect(context.aws.changes).to.deep.equal([]);
    });
});
