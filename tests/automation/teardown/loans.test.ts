import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { AppError } from "../../../automation/errors/appError";
import type { NamedGroup } from "../../../automation/ports/scalingServices";
import type { Evidence } from "../../../components/model/evidence";
import { tagKeys } from "../../../components/model/tags";
import type { FakeAwsState } from "../../helpers/fakeAws";
import { stackIdOf } from "../../helpers/fakeWorld";
import { makeFolder, makeProject, removeFolders } from "../../helpers/project";
import { play, type Played } from "../../helpers/transcript";
import { occupied, stack } from "./destroyCase";

const loan = { [tagKeys.attachedTo]: stackIdOf("dev") };
const workers: NamedGroup = {
    name: "workers",
    arn: "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:1:autoScalingGroupName/workers",
    ...{ min: 1, max: 4, desired: 2, instanceIds: [], protectedInstanceIds: [], suspendedProcesses: [] },
    ...{ leaving: false, tags: { team: "batch", ...loan }, startsFrom: { id: "lt-9", version: "1" } },
};
const provider = {
    ...{ name: "workers", arn: "arn:aws:ecs:us-east-1:123456789012:capacity-provider/workers" },
    ...{ group: "workers", isManaged: false, tags: loan },
};
const group = { type: "autoscaling:group", name: "workers", id: "workers" };
const kept = { id: "vol-1", sizeGiB: 100, isFree: true, tags: { [tagKeys.keep]: "true" } };

describe("evidence of what was lent", () => {
    afterEach(removeFolders);

    interface Destroyed extends Played {
        readonly record: Evidence;
    }

    /** Destroys dev, to which others have lent the group workers. */
    async function destroyed(aws: Partial<FakeAwsState> = {}): Promise<Destroyed> {
        const project = makeProject();
        const played = await play(["destroy", "dev", "--yes", "--evidence", "dev.json"], {
            directory: project,
            stacks: { dev: stack },
            aws: { ...occupied(), namedGroups: [workers], groupProviders: [provider], ...aws },
        });
        const record = JSON.parse(readFileSync(path.join(project, "dev.json"), "utf8")) as Evidence;
        return { ...played, record };
    }

    async function check(record: Evidence, aws: Partial<FakeAwsState>): Promise<Played> {
        const directory = makeFolder();
        writeFileSync(path.join(directory, "dev.json"), JSON.stringify(record));
        return play(["evidence", "check", "dev.json"], {
            directory,
            aws: { region: "us-east-1", volumes: [kept], ...aws },
        });
    }

    it("names the group among the loans, its giving back as a step, and its capacity provider as removed", async () => {
        const { record, context } = await destroyed();
        expect(record.verdict, context.io.err()).to.equal("gone");
        expect(record.loans).to.deep.equal([group]);
        expect(record.givenBack).to.deep.equal([group]);
        expect(
            record.steps
                .filter(({ id }) => id === "workers")
                .map(({ what, outcome }) => `${what}: ${outcome}`),
        ).to.deep.equal(["give back: done"]);
        const ids = (items: Evidence["before"]) => items.map(({ id }) => id);
        expect(ids(record.before)).to.include(provider.arn).and.not.include("workers");
        expect(ids(record.removed)).to.include(provider.arn).and.not.include("workers");
        expect(context.io.out()).to.include("given back: autoscaling:group workers (workers)");
    });

    it("says nothing of loans where there were none", async () => {
        const { record } = await destroyed({ namedGroups: [], groupProviders: [] });
        expect(record).to.not.have.any.keys("loans", "givenBack");
    });

    it("is not proven where AWS lets the group keep its tag, which is to go and not the group: exit code 7", async () => {
        const denied = new AppError("AWS_ACCESS_DENIED", { message: "not allowed to untag" });
        const { exitCode, record, context } = await destroyed({
            errors: { "autoScaling.untagGroup": denied },
        });
        expect(exitCode).to.equal(7);
        expect(record.verdict).to.equal("left");
        expect(record.givenBack).to.deep.equal([]);
        expect(record.left).to.deep.equal([
            {
                ...group,
                reason: "of others, and not given back: it is to lose the tag sles-ecs:attached-to, and to stay",
            },
        ]);
        expect(context.io.err())
            .to.include(
                "aws autoscaling delete-tags --tags ResourceId=workers,ResourceType=auto-scaling-group,Key=sles-ecs:attached-to, then: sles-ecs destroy dev",
            )
            .and.not.include("delete it in AWS");
    });

    it("tells what is lent of a destroy that ended before", async () => {
        const failing = new AppError("AWS_FAILED", { message: "ECS is away" });
        const { record } = await destroyed({ errors: { "ecs.deleteService": failing } });
        expect(record.verdict).to.equal("unfinished");
        expect(record.loans).to.deep.equal([group]);
        expect(record.left.find(({ id }) => id === "workers")?.reason).to.equal(
            "of others: the destroy ended before it was known to be given back",
        );
    });

    it("is asked again: a group that lives on is no contradiction, one that carries the tag is", async () => {
        const { record } = await destroyed();
        const back = await check(record, { namedGroups: [{ ...workers, tags: { team: "batch" } }] });
        expect(back.exitCode, back.context.io.err()).to.equal(0);
        expect(back.context.io.out()).to.include("still given back: autoscaling:group workers (workers)");

        const lent = await check(record, { namedGroups: [workers] });
        expect(lent.exitCode).to.equal(7);
        expect(lent.context.io.err())
            .to.include("there: autoscaling:group workers (workers): of others, and not given back")
            .and.include(
                "Next: aws autoscaling delete-tags --tags ResourceId=workers,ResourceType=auto-scaling-group,Key=sles-ecs:attached-to\n",
            );

        const elsewhere = await check(record, {
            namedGroups: [{ ...workers, tags: { [tagKeys.attachedTo]: "bob-id" } }],
        });
        expect(elsewhere.exitCode, elsewhere.context.io.err()).to.equal(0);
    });

    it("is asked again also of a loan that the record does not know, and of its capacity provider", async () => {
        const { record } = await destroyed({ namedGroups: [], groupProviders: [] });
        const later = await check(record, { namedGroups: [workers], groupProviders: [provider] });
        expect(later.exitCode).to.equal(7);
        expect(later.context.io.err())
            .to.include("there: autoscaling:group workers (workers)")
            .and.include(`there: ecs:capacity-provider workers (${provider.arn})`);
    });

    it("says that loans could not be looked for", async () => {
        const { record } = await destroyed();
        const errors = {
            "ecs.groupProviders": new AppError("AWS_ACCESS_DENIED", {
                message: "not allowed to call ecs:DescribeCapacityProviders",
            }),
        };
        const { exitCode, context } = await check(record, { errors });
        expect(exitCode).to.equal(7);
        expect(context.io.err()).to.include("could not look for what is lent to it: not allowed");
    });
});
