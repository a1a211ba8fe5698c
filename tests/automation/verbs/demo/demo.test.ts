import { expect } from "chai";
import { existsSync } from "node:fs";

import { PhaseClock, playDemo } from "../../../../automation/verbs/demo/demo";
import type { LocalCloud } from "../../../../automation/verbs/local/cloud";
import { showDemo } from "../../../../automation/verbs/demo/view";
import { AppError } from "../../../../automation/errors/appError";
import type { Setup } from "../../../../automation/setup";
import { renderLine } from "../../../../components/model/commandLine";
import { recordIo } from "../../../helpers/io";

const setup: Setup = { env: {}, signal: new AbortController().signal, report: () => undefined };
const request = {
    setup,
    prepareTools: () =>
        Promise.resolve({
            pulumi: { command: "/nowhere/pulumi", version: "3.246.0", source: "path" as const },
            motoServer: "/nowhere/moto_server",
        }),
};

/** A local cloud that nobody answers at. */
function deadCloud(calls: string[], startError?: Error): LocalCloud {
    return {
        startLocalCloud: ({ directory }) => {
            calls.push(`start ${directory}`);
            const info = {
                directory,
                endpoint: "http://127.0.0.1:9",
                pid: 1,
                startedAt: "2026-11-23T10:00:00Z",
            };
            return startError === undefined ? Promise.resolve(info) : Promise.reject(startError);
        },
        stopLocalCloud: (directory) => {
            calls.push(`stop ${directory}`);
            return Promise.resolve(true);
        },
        localCloudStatus: () => Promise.resolve(undefined),
        isLocalCloudKept: () => Promise.resolve(false),
        stateFolder: ({ directory }) => `${directory}/state`,
        resetLocalCloud: () => Promise.resolve(),
        localCloudEnvironment: ({ endpoint }) => ({
            AWS_ENDPOINT_URL: endpoint,
            AWS_REGION: "us-east-1",
            AWS_ACCESS_KEY_ID: "local",
            AWS_SECRET_ACCESS_KEY: "local",
        }),
    };
}

describe("The demo", () => {
    for (const [name, startError] of [
        ["its local cloud does not start", new Error("moto did not start")],
        ["its local cloud does not answer", undefined],
    ] as const) {
        it(`stops its local cloud and removes its folder when ${name}`, async () => {
            const calls: string[] = [];
            const world = { io: recordIo(), env: {}, signal: setup.signal };
            const error: unknown = await playDemo(request, deadCloud(calls, startError), world).catch(
                (reason: unknown) => reason,
            );
            expect(error).to.be.instanceOf(Error);
            const directory = calls[0]?.replace(/^start /, "") ?? "";
            expect(calls).to.deep.equal([`start ${directory}`, `stop ${directory}`]);
            expect(existsSync(directory)).to.be.false;
        });
    }

    it("names why its local cloud does not start", async () => {
        const world = { io: recordIo(), env: {}, signal: setup.signal };
        const error: unknown = await playDemo(
            request,
            deadCloud([], new Error("moto did not start")),
            world,
        ).catch((reason: unknown) => reason);
        expect(error)
            .to.be.instanceOf(AppError)
            .and.include({ code: "LOCAL_CLOUD_FAILED", message: "moto did not start" });
    });

    it("closes with what is left, what each phase took, and what to try next", () => {
        const result = {
            phases: [
                { name: "set-up", seconds: 33.4 },
                { name: "up", seconds: 9.04 },
            ],
            seconds: 9.04,
            before: { clusters: 0, roles: 1 },
            after: { clusters: 0, roles: 1 },
        };
        expect(showDemo(result, "table", { show: renderLine, io: recordIo() })).to.equal(
            [
                "IN THE ACCOUNT  BEFORE  AFTER",
                "clusters             0      0",
                "roles                1      1",
                "",
                "PHASE               TOOK",
                "set-up              33 s",
                "up                  9.0 s",
                "all but the set-up  9.0 s",
                "",
                "Next:",
                "  sles-ecs init          in your own folder: settings of a first environment",
                "  sles-ecs local start   the same by hand, on a local cloud that stays",
                "  sles-ecs preview dev   what would be created, there or in your AWS account",
                "  sles-ecs explain       what can be set, with values and defaults",
                "",
            ].join("\n"),
        );
    });

    it("measures each phase, and leaves out the set-up that is needed once", async () => {
        let now = 0;
        const clock = new PhaseClock(() => now);
        const phase = (milliseconds: number) => (): Promise<void> => {
            now += milliseconds;
            return Promise.resolve();
        };
        await clock.run("set-up", phase(60_000));
        await clock.run("up", phase(9000));
        await clock.run("destroy", phase(4500));
        expect(clock.phases.map(({ seconds }) => seconds)).to.deep.equal([60, 9, 4.5]);
        expect(clock.secondsWithout("set-up")).to.equal(13.5);
    });
});
