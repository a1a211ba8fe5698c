import { expect } from "chai";
import { drainHost, reopenHost } from "../../../automation/hosts/drain";
import { renewHost } from "../../../automation/hosts/replace";
import { AppError } from "../../../automation/errors/appError";
import type { Task } from "../../../automation/ports/aws";
import { host, instance, registered, service, targetIn, task } from "../../helpers/awsObjects";
import { createFakeAws, ownTags, type FakeAws, type FakeAwsState } from "../../helpers/fakeAws";
import { createFakeClock, recordProgress } from "../../helpers/fakeTime";

const first = registered(1).arn;
const web = task("t-1", "service:web");
const daemon = task("t-2", "service:logs");

interface Options {
    readonly agentConnected?: boolean;
    readonly homeless?: number;
    readonly abort?: boolean;
    readonly allowInterruption?: boolean;
    readonly ending?: readonly Task[];
    readonly onSleep?: (seconds: number, state: FakeAwsState) => void;
}

async function drain(
    fake: FakeAws,
    { onSleep, homeless = 0, abort, agentConnected = true, ending = [], ...more }: Options = {},
) {
    const clock = createFakeClock((seconds) => onSleep?.(seconds, fake.state));
    const controller = new AbortController();
    if (abort) {
        controller.abort();
    }
    const step = {
        host: host(1, {}, { agentConnected }),
        moving: [web],
        homeless: [web].slice(0, homeless).map((task) => ({ task, why: "no room" })),
        ...{ stoppingFirst: [], uncertain: [], daemons: [], down: [] },
        ending,
    };
    const target = targetIn(fake, { clock, signal: controller.signal });
    const { progress, notes } = recordProgress();
    const options = { drainTimeoutSeconds: 60, allowInterruption: more.allowInterruption === true };
    const result = await drainHost(target, step, options, progress).catch((error: unknown) => error);
    return { result, seconds: clock.seconds, notes };
}
const busy = () =>
    createFakeAws({
        services: { alice: [service("web"), service("logs", { schedulingStrategy: "DAEMON" })] },
        containerInstances: { alice: [registered(1), registered(2)] },
        tasks: { alice: [web, daemon] },
    });

describe("draining a host", () => {
    it("waits until the tasks of services are gone, and not for those of daemons", async () => {
        const fake = busy();
        const { result, seconds } = await drain(fake, {
            onSleep: (passed, state) => {
                if (passed >= 20) {
                    state.tasks["alice"] = [{ ...web, containerInstanceArn: registered(2).arn }, daemon];
                }
            },
        });
        expect(result).to.equal(undefined);
        expect(seconds).to.be.within(20, 26);
        expect(fake.changes).to.deep.equal([`drain ${first}`]);
    });

    it("waits for tasks that have come to the host since it was looked at, too", async () => {
        const fake = busy();
        const late = task("t-9", "service:late");
        const { seconds } = await drain(fake, {
            onSleep: (passed, state) => {
                state.tasks["alice"] = passed >= 20 ? [daemon] : [late, daemon];
            },
        });
        expect(seconds).to.be.at.least(20);
    });

    it("stops tasks of no service, which ECS leaves running on a host that it drains", async () => {
        const fake = busy();
        const job = task("t-5", "family:job");
        await drain(fake, { homeless: 1, ending: [job] });
        expect(fake.changes).to.deep.equal([`drain ${first}`, `stopTask ${job.arn}`]);
    });

    it("goes on when AWS does not answer for a while", async () => {
        const fake = busy();
        fake.state.errors["ecs.tasks"] = new AppError("AWS_THROTTLED", { message: "slow down" });
        const { result } = await drain(fake, {
            onSleep: (passed, state) => {
                if (passed >= 5) {
                    delete state.errors["ecs.tasks"];
                    state.tasks["alice"] = [];
                }
            },
        });
        expect(result).to.equal(undefined);
    });

    it("fails where tasks do not go in time, and names them", async () => {
        const fake = busy();
        const { result } = await drain(fake);
        expect(result).to.be.instanceOf(AppError);
        expect(result).to.include({ code: "TASKS_NOT_MOVED" });
        expect((result as AppError).details).to.deep.equal(["task web:3 of service web (t-1): RUNNING"]);
        expect(fake.changes).to.deep.equal([`drain ${first}`]);
    });

    it("goes on without them where tasks may stop, once their time is over, and says which", async () => {
        const { result, seconds, notes } = await drain(busy(), { allowInterruption: true });
        expect(result).to.equal(undefined);
        expect(seconds).to.be.within(60, 66);
        expect(notes).to.deep.equal([
            "task web:3 of service web (t-1): RUNNING after 1 min, and stops with host i-1",
        ]);
    });

    it("waits for the tasks of one service though those of another cannot move", async () => {
        const fake = busy();
        const other = task("t-3", "service:shop");
        fake.state.tasks["alice"] = [other];
        const { result } = await drain(fake, { homeless: 1 });
        expect(result).to.include({ code: "TASKS_NOT_MOVED" });
    });

    it("ends at once where the wait is interrupted", async () => {
        const { result, seconds } = await drain(busy(), { abort: true });
        expect([result instanceof Error, seconds]).to.deep.equal([true, 0]);
    });

    it("is taken back on a host that stands, and on no other", async () => {
        const fake = createFakeAws({
            containerInstances: { alice: [registered(1, { status: "DRAINING" }), registered(2)] },
        });
        const { progress, notes } = recordProgress();
        for (const number of [1, 2, 3]) {
            await reopenHost(targetIn(fake), host(number), progress);
        }
        expect(fake.changes).to.deep.equal([`activate ${first}`]);
        expect(notes).to.deep.equal(["host i-1 takes tasks again"]);
    });

    it("does not wait for tasks that have no room elsewhere", async () => {
        const fake = busy();
        const { result, seconds } = await drain(fake, { homeless: 1 });
        expect([result, seconds]).to.deep.equal([undefined, 0]);
    });

    it("does nothing to a host whose agent is gone", async () => {
        const fake = busy();
        await drain(fake, { agentConnected: false });
        expect(fake.changes).to.deep.equal([]);
    });
});

describe("renewing a host of a group", () => {
    const renew = async (fake: FakeAws, onSleep: (seconds: number) => void) => {
        const clock = createFakeClock(onSleep);
        return renewHost(targetIn(fake, { clock }), "i-1", 60).catch((error: unknown) => error);
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

    it("terminates nothing where the group would not start another", async () => {
        const fake = withHost();
        fake.state.groups = [
            {
                name: "alice-hosts",
                desired: 1,
                min: 1,
                max: 1,
                instanceIds: ["i-1"],
                protectedInstanceIds: [],
                suspendedProcesses: ["AlarmNotification", "Launch"],
                leaving: false,
                tags: ownTags,
            },
        ];
        expect(await renew(fake, () => undefined)).to.include({
            code: "GROUP_SUSPENDED",
            message: "the Auto Scaling group alice-hosts would not replace a host: Launch is suspended",
        });
        expect(fake.changes).to.deep.equal([]);
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
