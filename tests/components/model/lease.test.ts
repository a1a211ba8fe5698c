import { expect } from "chai";
import fc from "fast-check";
import {
    callerName,
    instant,
    leaseTags,
    readInstant,
    readLease,
    scheduleState,
} from "../../../components/model/lease";

const evening = new Date("2026-11-29T20:00:00Z");

describe("a lease", () => {
    it("stands in two tags, to the second and in UTC", () => {
        expect(leaseTags({ owner: "alice", expiresAt: evening })).to.deep.equal({
            "sles-ecs:owner": "alice",
            "sles-ecs:expires-at": "2026-11-29T20:00:00Z",
        });
        expect(leaseTags({ owner: "alice" })).to.deep.equal({
            "sles-ecs:owner": "alice",
            "sles-ecs:expires-at": "never",
        });
    });

    it("is read back from them", () => {
        const dates = fc.date({
            min: new Date(0),
            max: new Date("9999-12-31T23:59:59Z"),
            noInvalidDate: true,
        });
        fc.assert(
            fc.property(fc.string({ minLength: 1 }), fc.option(dates, { nil: undefined }), (owner, date) => {
                const expiresAt = date && new Date(Math.floor(date.getTime() / 1000) * 1000);
                expect(readLease(leaseTags({ owner, expiresAt }))).to.deep.equal({ owner, expiresAt });
            }),
        );
    });

    it("is none without either tag", () => {
        expect(readLease({ team: "web" })).to.equal("none");
    });

    // What a person may leave behind in the console: no reason to destroy anything.
    for (const [what, tags] of Object.entries<Record<string, string>>({
        "without its end": { "sles-ecs:owner": "alice" },
        "without its owner": { "sles-ecs:expires-at": "2026-11-29T20:00:00Z" },
        "that ends tomorrow": { "sles-ecs:owner": "alice", "sles-ecs:expires-at": "tomorrow" },
        "in another form": { "sles-ecs:owner": "alice", "sles-ecs:expires-at": "2026-11-29 20:00" },
        "in another zone": { "sles-ecs:owner": "alice", "sles-ecs:expires-at": "2026-11-29T20:00:00+02:00" },
        "on the 30th of February": {
            "sles-ecs:owner": "alice",
            "sles-ecs:expires-at": "2026-02-30T20:00:00Z",
        },
        "with an empty end": { "sles-ecs:owner": "alice", "sles-ecs:expires-at": "" },
    })) {
        it(`${what} is unreadable`, () => {
            expect(readLease(tags)).to.equal("unreadable");
        });
    }

    it("knows its instants to the second", () => {
        expect(instant(new Date("2026-11-29T20:00:00.999Z"))).to.equal("2026-11-29T20:00:00Z");
        expect(readInstant("2026-11-29T20:00:00Z")).to.deep.equal(evening);
        expect(readInstant("2026-11-29T20:00:00.000Z")).to.equal(undefined);
    });
});

describe("the schedule of a lease", () => {
    // https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html: at(yyyy-mm-ddThh:mm:ss)
    it("comes once, after the grace", () => {
        expect(scheduleState(evening, 3600)).to.deep.equal({
            expression: "at(2026-11-29T21:00:00)",
            state: "ENABLED",
        });
    });

    it("is off while the lease has no end", () => {
        expect(scheduleState(undefined, 3600).state).to.equal("DISABLED");
    });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
describe("the name of a caller", () => {
    for (const [arn, name] of [
        ["arn:aws:iam::123456789012:user/alice", "alice"],
        ["arn:aws:iam::123456789012:user/staff/web/alice", "alice"],
        ["arn:aws:sts::123456789012:assumed-role/Developer/alice@example.com", "alice@example.com"],
        ["arn:aws-cn:sts::123456789012:federated-user/alice", "alice"],
        ["arn:aws:iam::123456789012:root", "root"],
        ["arn:aws:sts::123456789012:assumed-role/Developer/alice,bob", "alice_bob"],
    ] as const) {
        it(`${arn} is ${name}`, () => {
            expect(callerName(arn)).to.equal(name);
        });
    }
});
