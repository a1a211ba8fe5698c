import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { expectGolden } from "../../../helpers/golden";
import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { anHourAgo, inTwoHours, leased } from "../../lease/leaseCase";

describe("reap", () => {
    afterEach(removeFolders);

    const team = {
        alice: { expiresAt: anHourAgo },
        bob: { expiresAt: inTwoHours, owner: "bob" },
        carol: { expiresAt: "never", owner: "carol" },
        dave: { expiresAt: "soon", owner: "dave" },
        erin: { expiresAt: "2026-11-23T09:59:59Z", owner: "erin" },
    };

    it("destroys what is over and nothing else, after a yes", async () => {
        const { transcript, context, exitCode } = await play(["reap"], leased(team));
        // dave's lease wants somebody to look at it.
        expect(exitCode).to.equal(1);
        expectGolden("cli/reap.txt", transcript);
        const destroyed = context.aws.state.clusters.filter(({ status }) => status === "INACTIVE");
        expect(destroyed.map(({ name }) => name)).to.deep.equal(["alice", "erin"]);
    });

    it("only tells with --dry-run", async () => {
        const { transcript, context } = await play(["reap", "--dry-run"], leased(team));
        expectGolden("cli/reap-dry-run.txt", transcript);
        expect(context.aws.changes).to.deep.equal([]);
        expect(context.calls.filter((call) => call.startsWith("engine destroy"))).to.deep.equal([]);
    });

    it("gives scripts the outcome of each", async () => {
        const { context } = await play(["reap", "--yes", "-o", "json"], leased(team));
        expectGolden("cli/reap.json", context.io.out());
    });

    it("asks before it destroys: a no is exit code 6, nobody to ask is 2", async () => {
        const declined = await play(["reap"], { ...leased(team), answers: [false] });
        expect(declined.exitCode).to.equal(6);
        expect(declined.context.aws.changes).to.deep.equal([]);
        const alone = await play(["reap"], { ...leased(team), answers: undefined });
        expect(alone.exitCode).to.equal(2);
        expect(alone.context.aws.changes).to.deep.equal([]);
    });

    it("goes by the state where there is no cluster: a first update that was killed has an end too", async () => {
        const alice = { expiresAt: inTwoHours, lease: { expiresAt: anHourAgo } };
        const { context } = await play(["reap", "--yes", "-o", "json"], leased({ alice }, { clusters: [] }));
        const { environments } = JSON.parse(context.io.out()) as { environments: object[] };
        expect(environments[0]).to.include({ outcome: "destroyed" });
    });

    it("takes a neighbour's cluster of that name for none of its business", async () => {
        const alice = {
            expiresAt: anHourAgo,
            tags: { "sles-ecs:stack-id": "a-neighbour" },
            lease: { expiresAt: inTwoHours },
        };
        const { context } = await play(["reap", "--yes", "-o", "json"], leased({ alice }));
        const { environments } = JSON.parse(context.io.out()) as { environments: object[] };
        expect(environments[0]).to.include({ outcome: "lives" });
        expect(context.aws.changes).to.deep.equal([]);
    });

    it("leaves to others what they work on: exit code 0", async () => {
        const options = leased({ alice: team.alice });
        const errors = { requireWorkable: new AppError("LOCKED", { message: "locked by pid 1 on host" }) };
        const { context, exitCode } = await play(["reap", "--yes", "-o", "json"], {
            ...options,
            stacks: { alice: { ...options.stacks?.["alice"], errors } },
        });
        expect(exitCode).to.equal(0);
        const { environments } = JSON.parse(context.io.out()) as { environments: object[] };
        expect(environments[0]).to.include({ outcome: "busy" });
        expect(context.aws.changes).to.deep.equal([]);
    });

    it("goes on with the others where one cannot be looked at: exit code 1", async () => {
        const options = leased({ alice: team.alice, broken: team.alice });
        const errors = { open: new AppError("STATE_CORRUPT", { message: "the state file is cut" }) };
        const { transcript, exitCode } = await play(["reap", "--yes"], {
            ...options,
            stacks: { ...options.stacks, broken: { errors } },
        });
        expect(exitCode).to.equal(1);
        expectGolden("cli/reap-broken.txt", transcript);
    });

    it("says so where nothing has a lease", async () => {
        const { context, exitCode } = await play(["reap"], leased({}));
        expect(exitCode).to.equal(0);
        expect(context.io.out()).to.equal("no environment has a lease\n");
    });
});
