import { expect } from "chai";

import { formatBootStep } from "../../../../components/model/bootLog";
import { leaseTags } from "../../../../components/model/lease";
import { tagKeys } from "../../../../components/model/tags";
import { cluster, instance } from "../../../helpers/awsObjects";
import { createFakeAws, ownTags, type FakeAwsState } from "../../../helpers/fakeAws";
import type { FakeStackOptions } from "../../../helpers/fakes";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";

const stack: FakeStackOptions = {
    resources: [{ type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id: "arn:alice" }],
    outputs: { clusterName: "alice" },
};

const started = formatBootStep({ step: "start", result: "ok", seconds: 1, reason: "" });

describe("doctor tells of hosts that are off on purpose, which is no failure,", () => {
    afterEach(removeFolders);

    const stopped = {
        state: "stopped",
        stateReason: "Client.UserInitiatedShutdown: User initiated shutdown",
    };
    const off: Partial<FakeAwsState> = {
        clusters: [cluster()],
        instances: [instance(1, stopped), instance(2, stopped)],
    };

    function askOff(settings: string, given: Partial<FakeAwsState>, argv: readonly string[] = []) {
        return play(["doctor", "alice", ...argv], {
            directory: makeProject({
                "Pulumi.alice.yaml": `config:\n    sles-ecs:hosts: { count: 2 }\n${settings}`,
            }),
            stacks: { alice: stack },
            aws: createFakeAws({ ...off, ...given }),
        });
    }

    it("because the environment is paused", async () => {
        const tags = { ...ownTags, [tagKeys.paused]: "2026-11-23T10:00:00Z" };
        const { context, exitCode } = await askOff("", { clusters: [cluster({ tags })] });
        expect(context.io.out()).to.equal(
            "alice: 0 of 2 hosts ready in cluster alice\n\n" +
                "the environment is paused, since 2026-11-23T10:00:00Z: its hosts are off on purpose (PAUSED)\n" +
                "  Next: sles-ecs resume alice\n",
        );
        expect(exitCode).to.equal(0);
    });

    /** Of a lease that has ended an hour before. */
    function askOver(state: { readonly graceSeconds: number; readonly longestTtlSeconds?: number }) {
        const lease = { owner: "alice", expiresAt: new Date("2026-11-23T09:00:00Z") };
        return play(["doctor", "alice"], {
            directory: makeProject({
                "Pulumi.alice.yaml": "config:\n    sles-ecs:hosts: { count: 2 }\n",
            }),
            stacks: {
                alice: { ...stack, lease: { owner: "alice", expiresAt: "2026-11-23T09:00:00Z", ...state } },
            },
            aws: createFakeAws({
                ...off,
                clusters: [cluster({ tags: { ...ownTags, ...leaseTags(lease) } })],
            }),
        });
    }

    it("because its lease is over", async () => {
        const { context, exitCode } = await askOver({ graceSeconds: 600 });
        expect(context.io.out()).to.contain(
            "the lease of the environment has ended at 2026-11-23T09:00:00Z: its hosts are off on purpose (LEASE_OVER)\n" +
                "  Next: sles-ecs extend alice 8h, then: sles-ecs up alice\n",
        );
        expect(exitCode).to.equal(0);
    });

    it("and names an extension that its settings allow", async () => {
        const { context } = await askOver({ graceSeconds: 600, longestTtlSeconds: 4 * 3600 });
        expect(context.io.out()).to.contain("Next: sles-ecs extend alice 4h, then:");
    });

    it("and takes each for one that is not ready while the grace of the lease lasts, which stops none", async () => {
        const { context, exitCode } = await askOver({ graceSeconds: 7200 });
        expect(context.io.out().match(/INSTANCE_STOPPED/g)).to.have.lengthOf(2);
        expect(exitCode).to.equal(5);
    });

    it("and names one that is gone, which no pause terminates", async () => {
        const tags = { ...ownTags, [tagKeys.paused]: "2026-11-23T10:00:00Z" };
        const gone = { state: "terminated", stateReason: "Server.InternalError: Internal error" };
        const paused = { clusters: [cluster({ tags })] };
        const { context, exitCode } = await askOff("", {
            ...paused,
            instances: [instance(1, stopped), instance(2, gone)],
        });
        expect(context.io.out()).to.contain("(PAUSED)").and.to.contain("i-2");
        expect(exitCode).to.equal(5);
        const unseen = await askOff("", { ...paused, instances: [instance(1, stopped)] });
        expect(unseen.context.io.out()).to.contain("1 host does not exist");
        expect(unseen.exitCode).to.equal(5);
    });

    // Monday, 23 November 2026, 09:00 UTC is 10:00 in Berlin, which is an hour ahead in winter.
    const hours = (text: string) => `    sles-ecs:hours: Mon-Fri ${text} Europe/Berlin\n`;
    const now = () => new Date("2026-11-23T09:00:00Z");

    it("because its office hours are closed", async () => {
        const { context, exitCode } = await askOff(hours("11:00-18:00"), { now }, ["--output", "json"]);
        expect(JSON.parse(context.io.out())).to.deep.include({
            rest: {
                because: "OFFICE_HOURS",
                reason: "the office hours of the environment are closed, by the clock of Europe/Berlin",
                remedy: "sles-ecs up alice",
            },
            diagnoses: [],
        });
        expect(exitCode).to.equal(0);
    });

    it("and within them takes each for one that is not ready", async () => {
        const { context, exitCode } = await askOff(hours("10:00-18:00"), { now });
        expect(context.io.out().match(/INSTANCE_STOPPED/g)).to.have.lengthOf(2);
        expect(exitCode).to.equal(5);
    });

    it("and names the cause of one beside them that runs and is not ready", async () => {
        const { context, exitCode } = await askOff(hours("11:00-18:00"), {
            now,
            instances: [instance(1, stopped), instance(2)],
            consoles: { "i-2": started },
            clusters: [],
        });
        expect(context.io.out()).to.contain("(OFFICE_HOURS)").and.to.contain("(CLUSTER_GONE)");
        expect(exitCode).to.equal(5);
    });
});
