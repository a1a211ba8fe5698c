import { expect } from "chai";

import { createProgress } from "../../../automation/output/progress";
import type { Deployment, ServiceProgress, ServiceTask } from "../../../automation/ports/deploymentServices";
import { waitUntilSteady, type SteadyWait } from "../../../automation/services/untilSteady";
import type { AppError } from "../../../automation/errors/appError";
import { command, renderLine } from "../../../components/model/commandLine";
import { targetIn } from "../../helpers/awsObjects";
import { createFakeAws } from "../../helpers/fakeAws";
import { createFakeClock } from "../../helpers/fakeTime";
import { recordIo } from "../../helpers/io";

const deployment = (id: string, changes: Partial<Deployment> = {}): Deployment => ({
    ...{ id, status: "PRIMARY", rolloutState: "COMPLETED", reason: "", failedTasks: 0 },
    ...{ taskDefinition: `web:${id}`, desired: 1, running: 1, pending: 0 },
    ...changes,
});
const starting = { rolloutState: "IN_PROGRESS", running: 0, pending: 1 };

/** Waits for deployments that ECS tells one reading after the other, the last one for ever. */
async function wait(
    readings: readonly (readonly Deployment[])[],
    of: Partial<SteadyWait>,
    tasks: readonly ServiceTask[] = [],
): Promise<number> {
    let asked = 0;
    const { aws } = createFakeAws();
    const serviceProgress = (): Promise<ServiceProgress> => {
        const deployments = readings[Math.min(asked++, readings.length - 1)] ?? [];
        return Promise.resolve({
            ...{ deployments, events: [], exec: false },
            ...{ minimumHealthyPercent: 100, maximumPercent: 200 },
        });
    };
    const ecs = { ...aws.ecs, serviceProgress, tasksOfService: () => Promise.resolve(tasks) };
    const clock = createFakeClock();
    await waitUntilSteady(
        targetIn({ aws: { ...aws, ecs } }, { clock }),
        { service: "web", count: 1, timeoutSeconds: 60, wasRead: false, again: command("up"), ...of },
        createProgress(recordIo(), clock),
    );
    return asked;
}

const codeOf = async (waiting: Promise<number>): Promise<string> =>
    waiting.then(
        () => "steady",
        (error: unknown) => (error as { readonly code: string }).code,
    );

describe("waiting for a deployment", () => {
    for (const [stopCode, next] of [
        ["TaskFailedToStart", "once that is mended, sles-ecs up"],
        ["EssentialContainerExited", "sles-ecs service logs alice web"],
    ] as const) {
        it(`that fails with ${stopCode} goes on with ${next}`, async () => {
            const failed = [deployment("1", { rolloutState: "FAILED", running: 0 })];
            const task: ServiceTask = {
                ...{ arn: "arn:aws:ecs:us-east-1:123456789012:task/dev/0123", lastStatus: "STOPPED" },
                ...{ taskDefinition: "web:1", desiredStatus: "STOPPED", startedBy: "1" },
                ...{ stopCode, stoppedReason: "why", containers: [] },
            };
            const error = (await wait([failed], { deploymentId: "1" }, [task]).catch(
                (caught: unknown) => caught,
            )) as AppError;
            expect(error.code).to.equal("SERVICE_FAILED");
            expect(renderLine(error.hint ?? "")).to.equal(next);
        });
    }

    it("takes what ECS read before the change neither for a failure nor for the end", async () => {
        const old = [deployment("1")];
        const both = [deployment("2", starting), deployment("1", { status: "ACTIVE" })];
        const asked = await wait([old, old, both, [deployment("2")]], { deploymentId: "2" });
        expect(asked).to.equal(4);
    });

    it("is told when another one has taken the place of what was waited for", async () => {
        const both = [deployment("2", starting), deployment("1", { status: "ACTIVE" })];
        expect(await codeOf(wait([both, both, [deployment("1")]], { deploymentId: "2" }))).to.equal(
            "SERVICE_FAILED",
        );
        const wasRead = { deploymentId: "2", wasRead: true };
        expect(await codeOf(wait([[deployment("1")]], wasRead))).to.equal("SERVICE_FAILED");
    });

    it("is told of a failure, also where no id is known, and judges nothing replaced then", async () => {
        const failed = [deployment("2", { ...starting, rolloutState: "FAILED" })];
        expect(await codeOf(wait([failed], {}))).to.equal("SERVICE_FAILED");
        const next = [[deployment("1", starting)], [deployment("1", starting)], [deployment("2")]];
        expect(await codeOf(wait(next, {}))).to.equal("steady");
    });
});
