import { expect } from "chai";
import { drainHosts, reopenHosts } from "../../../automation/hosts/drain";
import { AppError } from "../../../automation/errors/appError";
import type { ReplacementStep } from "../../../automation/hosts/plan";
import type { Host, Task } from "../../../automation/ports/aws";
import { host, instance, registered, service, targetIn, task } from "../../helpers/awsObjects";
import { createFakeAws, type FakeAws, type FakeAwsState } from "../../helpers/fakeAws";
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

const stepOf = (of: Host): ReplacementStep => ({
    ...{ host: of, moving: [web], homeless: [], ending: [] },
    ...{ stoppingFirst: [], uncertain: [], daemons: [], down: [] },
});

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
        ...stepOf(host(1, {}, { agentConnected })),
        homeless: [web].slice(0, homeless).map((task) => ({ task, why: "no room" })),
        ending,
    };
    const target = targetIn(fake, { clock, signal: controller.signal });
    const { progress, notes } = recordProgress();
    const options = { drainTimeoutSeconds: 60, allowInterruption: more.allowInterruption === true };
    const result = await drainHosts(target, [step], options, progress).catch((error: unknown) => error);
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
        await reopenHosts(
            targetIn(fake),
            [1, 2, 3].map((number) => host(number)),
            progress,
        );
        expect(fake.changes).to.deep.equal([`activate ${first}`]);
        expect(notes).to.deep.equal(["host i-1 takes tasks again"]);
    });

    it("is not taken back on a host that is on its way out, or that somebody had drained before", async () => {
        const draining = { status: "DRAINING" };
        const fake = createFakeAws({
            instances: [instance(1, { state: "shutting-down" }), instance(2), instance(3)],
            containerInstances: { alice: [1, 2, 3].map((number) => registered(number, draining)) },
        });
        const hosts = [host(1), host(2, {}, draining), host(3)];
        await reopenHosts(targetIn(fake), hosts, recordProgress().progress);
        expect(fake.changes).to.deep.equal([`activate ${registered(3).arn}`]);
    });

    it("drains several at once, waits for the tasks of all, and names the host that one does not leave", async () => {
        const fake = busy();
        const second = {
            ...web,
            arn: task("t-7", "service:web").arn,
            containerInstanceArn: registered(2).arn,
        };
        fake.state.tasks["alice"] = [web, second];
        const both = [1, 2].map((number) => ({ ...stepOf(host(number)), moving: [web, second] }));
        const clock = createFakeClock((passed) => {
            fake.state.tasks["alice"] = passed >= 20 ? [second] : [web, second];
        });
        const { progress } = recordProgress();
        const options = { drainTimeoutSeconds: 60, allowInterruption: false };
        const result = await drainHosts(targetIn(fake, { clock }), both, options, progress).catch(
            (error: unknown) => error,
        );
        expect(fake.changes).to.deep.equal([`drain ${first},${registered(2).arn}`]);
        expect(result).to.include({ code: "TASKS_NOT_MOVED" });
        expect((result as AppError).message).to.match(/^1 task has not left host i-2 within 1 min;/);
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
