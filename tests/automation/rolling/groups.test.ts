import { expect } from "chai";
import { AppError } from "../../../automation/errors/appError";
import { paceOf, releaseHosts, renewHosts, requireReplacing } from "../../../automation/rolling/groups";
import { lowerGroup, raiseGroup } from "../../../automation/rolling/raise";
import { instance, registered, service, targetIn, task } from "../../helpers/awsObjects";
import type { Task } from "../../../automation/ports/aws";
import { createFakeAws, ownTags, type FakeAws } from "../../helpers/fakeAws";
import { createFakeClock, recordProgress } from "../../helpers/fakeTime";

const leavers = (...ids: readonly string[]) => ({ ids, onLeaving: () => undefined });

describe("the pace at which hosts are replaced", () => {
    const group = { mode: "autoScaling" } as const;

    it("is one by one for fixed hosts, however many may go at once", () => {
        expect(paceOf({ mode: "fixed" }, undefined, 3)).to.deep.equal({
            batchSize: 1,
            successorsFirst: false,
        });
    });

    it("is that of the batch, successors first, where the group may have so many hosts more", () => {
        expect(paceOf(group, { desired: 6, max: 9 }, 3)).to.deep.equal({
            batchSize: 3,
            successorsFirst: true,
        });
    });

    it("goes with as many at once as the group may have more, rather than without successors", () => {
        expect(paceOf(group, { desired: 6, max: 8 }, 3)).to.deep.equal({
            batchSize: 2,
            successorsFirst: true,
        });
    });

    it("has no successors first in a group that may not have more hosts, or that nobody could read", () => {
        const without = { batchSize: 3, successorsFirst: false };
        expect(paceOf(group, { desired: 6, max: 6 }, 3)).to.deep.equal(without);
        // As after a scaling by hand: AWS takes a group that has more hosts than its maximum for full.
        expect(paceOf(group, { desired: 7, max: 6 }, 3)).to.deep.equal(without);
        expect(paceOf(group, undefined, 3)).to.deep.equal(without);
    });
});

describe("making a group larger for successors", () => {
    /** What is changed of a group that had 3 of at most 6 hosts when 2 were planned to go at once, and has these now. */
    const raised = async (desired: number, max = 6) => {
        const fake = createFakeAws({
            groups: [
                {
                    ...{ name: "alice-hosts", desired, min: 1, max, tags: ownTags, leaving: false },
                    ...{ instanceIds: [], protectedInstanceIds: [], suspendedProcesses: [] },
                },
            ],
        });
        const { progress } = recordProgress();
        const raise = await raiseGroup(targetIn(fake), { name: "alice-hosts", desired: 3 }, 2, progress);
        return [raise?.count ?? 0, ...fake.changes];
    };

    it("sets nothing but the desired capacity", async () => {
        expect(await raised(3)).to.deep.equal([2, "resize alice-hosts desired=5"]);
    });

    it("counts what the group has grown since", async () => {
        expect(await raised(4)).to.deep.equal([1, "resize alice-hosts desired=5"]);
        expect(await raised(5)).to.deep.equal([0]);
        expect(await raised(6)).to.deep.equal([0]);
    });

    it("takes back nothing that the group has shrunk since, and goes no further than it may", async () => {
        expect(await raised(2)).to.deep.equal([2, "resize alice-hosts desired=4"]);
        expect(await raised(3, 4)).to.deep.equal([1, "resize alice-hosts desired=4"]);
    });
});

describe("taking back what a group was made larger by", () => {
    const raise = { group: "alice-hosts", count: 2, members: ["i-1"] };
    /** i-2 and i-3 are the successors; i-2 runs these tasks. */
    const lower = async (tasks: readonly Task[], gone = 0) => {
        const fake = createFakeAws({
            groups: [
                {
                    ...{ name: "alice-hosts", desired: 3, min: 1, max: 6, tags: ownTags, leaving: false },
                    ...{
                        instanceIds: ["i-1", "i-2", "i-3"],
                        protectedInstanceIds: [],
                        suspendedProcesses: [],
                    },
                },
            ],
            services: { alice: [service("web"), service("logs", { schedulingStrategy: "DAEMON" })] },
            containerInstances: { alice: [registered(1), registered(2)] },
            tasks: { alice: [...tasks] },
        });
        const left = await lowerGroup(targetIn(fake), raise, gone, recordProgress().progress);
        return { left, changes: fake.changes.map((change) => change.replace(/arn.*ci-/, "i-")) };
    };
    const on2 = { containerInstanceArn: registered(2).arn };
    const release = (id: string) => [`detachInstances alice-hosts ${id}`, `remove ${id}`];

    it("lets successors go that run nothing but daemons, and no other host", async () => {
        expect(await lower([task("t-1", "service:logs", on2)])).to.deep.equal({
            left: 0,
            changes: ["drain i-2", ...release("i-2"), ...release("i-3")],
        });
    });

    it("keeps those that run tasks, and says how many hosts larger the group stays", async () => {
        const result = await lower([task("t-1", "service:web", on2)]);
        expect(result).to.deep.equal({ left: 1, changes: release("i-3") });
    });

    it("keeps as many as take the place of hosts that are gone", async () => {
        const result = await lower([task("t-1", "service:web", on2)], 1);
        expect(result).to.deep.equal({ left: 0, changes: release("i-3") });
        expect(await lower([], 2)).to.deep.equal({ left: 0, changes: [] });
    });
});

describe("a group that does not replace hosts", () => {
    // Amazon EC2 Auto Scaling user guide, "Suspend and resume": what each of these processes does.
    for (const process of ["Launch", "Terminate", "ReplaceUnhealthy"]) {
        it(`is refused with its cause while ${process} is suspended`, () => {
            const group = { name: "alice-hosts", suspendedProcesses: ["AlarmNotification", process] };
            expect(() => requireReplacing(group))
                .to.throw(AppError)
                .that.includes({
                    code: "GROUP_SUSPENDED",
                    message: `the Auto Scaling group alice-hosts would not replace a host: ${process} is suspended`,
                    hint: `aws autoscaling resume-processes --auto-scaling-group-name alice-hosts --scaling-processes ${process}`,
                });
        });
    }

    it("is not taken for one while only other processes are suspended", () => {
        requireReplacing({ name: "alice-hosts", suspendedProcesses: ["AlarmNotification", "AZRebalance"] });
    });
});

describe("renewing hosts of a group", () => {
    const renew = async (fake: FakeAws, onSleep: (seconds: number) => void) => {
        const clock = createFakeClock(onSleep);
        return renewHosts(targetIn(fake, { clock }), leavers("i-1"), 60).catch((error: unknown) => error);
    };
    const withHost = () => createFakeAws({ instances: [instance(1, { tags: ownTags })] });

    it("waits until the old one is gone, as it would count as ready until then", async () => {
        const fake = withHost();
        let slept = 0;
        fake.aws.autoScaling.renew = (id) => {
            fake.changes.push(`renew ${id}`);
            return Promise.resolve();
        };
        const result = await renew(fake, (seconds) => {
            slept = seconds;
            if (seconds >= 10) {
                fake.state.instances = [instance(1, { tags: ownTags, state: "terminated" })];
            }
        });
        expect(result).to.equal(undefined);
        expect(slept).to.be.at.least(10);
        expect(fake.changes).to.deep.equal(["renew i-1"]);
    });

    it("says so where it does not go", async () => {
        const fake = withHost();
        fake.aws.autoScaling.renew = () => Promise.resolve();
        const result = await renew(fake, () => undefined);
        expect(result).to.include({
            code: "NOT_READY",
            message: "host i-1 is still running 1 min after its termination",
        });
    });
});

describe("releasing hosts of a group whose successors are there", () => {
    const twoHosts = () =>
        createFakeAws({
            instances: [instance(1, { tags: ownTags }), instance(2, { tags: ownTags })],
            groups: [
                {
                    ...{ name: "alice-hosts", desired: 2, min: 1, max: 2, tags: ownTags, leaving: false },
                    ...{ instanceIds: ["i-1", "i-2"], protectedInstanceIds: [], suspendedProcesses: [] },
                },
            ],
        });

    it("takes them off the group first, so that it brings no others", async () => {
        const fake = twoHosts();
        await releaseHosts(targetIn(fake), "alice-hosts", leavers("i-1", "i-2"), 60);
        expect(fake.changes).to.deep.equal([
            ...["detachInstances alice-hosts i-1", "remove i-1"],
            ...["detachInstances alice-hosts i-2", "remove i-2"],
        ]);
    });

    it("tells of hosts that the group has kept, as it may have no fewer", async () => {
        const fake = twoHosts();
        fake.aws.autoScaling.detachInstances = () => Promise.resolve();
        const kept: string[] = [];
        const onKept = (ids: readonly string[]) => void kept.push(...ids);
        await releaseHosts(targetIn(fake), "alice-hosts", { ...leavers("i-1"), onKept }, 60);
        expect(kept).to.deep.equal(["i-1"]);
    });

    it("tells of none where the group has let all go", async () => {
        const onKept = () => expect.fail("the group has let it go");
        await releaseHosts(targetIn(twoHosts()), "alice-hosts", { ...leavers("i-1"), onKept }, 60);
    });

    it("says which do not go", async () => {
        const fake = twoHosts();
        fake.aws.ec2.remove = () => Promise.resolve();
        const result = await releaseHosts(targetIn(fake), "alice-hosts", leavers("i-1", "i-2"), 60).catch(
            (error: unknown) => error,
        );
        expect(result).to.include({
            code: "NOT_READY",
            message: "host i-1 is still running 1 min after its termination",
        });
        expect((result as AppError).details).to.deep.equal(["host i-2 is still running"]);
    });
});
