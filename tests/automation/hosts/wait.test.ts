import { expect } from "chai";
import type { ReadyReport } from "../../../automation/hosts/wait";
import { AppError } from "../../../automation/errors/appError";
import { instance, registered } from "../../helpers/awsObjects";
import { formatBootStep, type BootStepName } from "../../../components/model/bootLog";
import { startOfTime } from "../../helpers/fakeTime";
import { createFakeAws, ownTags } from "../../helpers/fakeAws";
import { gate } from "../../helpers/gate";

describe("waitUntilReady", () => {
    it("answers at once when all hosts are ready, without reading consoles or other clusters", async () => {
        const fake = createFakeAws({
            instances: [instance(1), instance(2)],
            containerInstances: { alice: [registered(1), registered(2)] },
        });
        const { result } = await gate(fake);
        expect(result).to.deep.include({ clusterName: "alice", wantedHosts: 2, seconds: 0 });
        expect(fake.reads).to.have.members(["ec2.instances", "autoScaling.groups", "ecs.containerInstances"]);
    });

    it("waits while hosts come up, and tells only what has changed", async () => {
        const fake = createFakeAws({ instances: [instance(1, { state: "pending" })] });
        const { result, recorded, seconds } = await gate(fake, {
            settings: { hosts: { count: 1 } },
            onSleep: (passed, state) => {
                state.instances = passed >= 3 ? [instance(1)] : state.instances;
                state.containerInstances = passed >= 8 ? { alice: [registered(1)] } : {};
            },
        });
        expect(result).to.have.property("wantedHosts", 1);
        expect(seconds).to.be.within(8, 20);
        expect(recorded.hosts).to.deep.equal([
            [1, "EC2 is still starting the instance"],
            [1, "the instance runs, no ECS agent has registered yet"],
            [1, "ready"],
        ]);
    });

    it("reads the console of a host that boots for more than two minutes, of one host each half minute", async () => {
        const launchedAt = new Date(startOfTime);
        const line = (step: BootStepName, result: "ok" | "failed", reason: string): string =>
            formatBootStep({ step, result, seconds: 1, reason });
        const fake = createFakeAws({
            instances: [instance(1, { launchedAt }), instance(2, { launchedAt })],
            consoles: {
                "i-1": line("hold", "ok", ""),
                "i-2": [line("hold", "ok", ""), line("storage", "failed", "no disk")].join("\n"),
            },
        });
        const { recorded } = await gate(fake, { timeoutSeconds: 179 });
        const silent = "the instance runs, no ECS agent has registered yet";
        const held = "step hold of its bootstrap is done, no ECS agent has registered yet";
        expect(recorded.hosts).to.deep.equal([
            [2, silent, silent],
            [2, held, silent],
            [2, held, "step storage of its bootstrap failed: no disk"],
        ]);
    });

    it("waits on where the console of a slow host may not be read", async () => {
        const fake = createFakeAws({
            instances: [instance(1, { launchedAt: new Date(startOfTime - 600_000) })],
            errors: { "ec2.consoleOutput": new AppError("AWS_ACCESS_DENIED", { message: "denied" }) },
        });
        const { result } = await gate(fake, {
            settings: { hosts: { count: 1 } },
            onSleep: (_, state) => (state.containerInstances = { alice: [registered(1)] }),
        });
        expect(result).to.have.property("wantedHosts", 1);
    });

    it("asks less often the longer it takes, and ends on time", async () => {
        const fake = createFakeAws({ instances: [instance(1)] });
        const { seconds } = await gate(fake, { timeoutSeconds: 600 });
        expect(seconds).to.equal(600);
        const looks = fake.reads.filter((read) => read === "ec2.instances").length;
        expect(looks).to.be.within(60, 70);
    });

    it("takes the cluster's name from the outputs of the stack", async () => {
        const fake = createFakeAws({
            instances: [instance(1)],
            containerInstances: { other: [registered(1, { clusterName: "other" })] },
        });
        const { result } = await gate(fake, {
            settings: { hosts: { count: 1 } },
            outputs: { clusterName: "other" },
        });
        expect(result).to.have.property("clusterName", "other");
    });

    it("counts only hosts that count", async () => {
        const fake = createFakeAws({
            instances: [instance(1), instance(2, { imageId: "ami-2" })],
            containerInstances: { alice: [registered(1), registered(2)] },
        });
        const counts = ({ imageId }: { readonly imageId: string }): boolean => imageId === "ami-2";
        const { result } = await gate(fake, { hosts: 1, counts });
        expect((result as ReadyReport).hosts.map(({ instanceId }) => instanceId)).to.deep.equal(["i-2"]);
        expect((await gate(fake, { hosts: 2, counts })).result).to.be.instanceOf(AppError);
    });

    it("wants as many hosts as the Auto Scaling group does at the moment", async () => {
        const group = {
            name: "alice",
            desired: 1,
            min: 0,
            max: 4,
            instanceIds: ["i-1"],
            suspendedProcesses: [],
            protectedInstanceIds: [],
            leaving: false,
            tags: ownTags,
        };
        const fake = createFakeAws({
            instances: [instance(1)],
            containerInstances: { alice: [registered(1)] },
            groups: [group],
        });
        const settings = { hosts: { mode: "autoScaling", min: 0, max: 4, desired: 3 } };
        expect((await gate(fake, { settings })).result).to.have.property("wantedHosts", 1);
        fake.state.groups = [];
        expect((await gate(fake, { settings })).result).to.be.instanceOf(AppError);
        expect((await gate(fake, { settings, hosts: 1 })).result).to.have.property("wantedHosts", 1);
    });

    it("goes by the settings where it may not ask for the group, and by nothing where AWS refuses it altogether", async () => {
        const fake = createFakeAws({
            instances: [instance(1)],
            containerInstances: { alice: [registered(1)] },
        });
        const settings = { hosts: { mode: "autoScaling", min: 0, max: 4, desired: 1 } };
        const refused = async (code: AppError["code"]): Promise<unknown> => {
            fake.state.errors = { "autoScaling.groups": new AppError(code, { message: "refused" }) };
            return (await gate(fake, { settings })).result;
        };
        expect(await refused("AWS_ACCESS_DENIED")).to.have.property("wantedHosts", 1);
        expect(await refused("AWS_CREDENTIALS")).to.have.property("code", "AWS_CREDENTIALS");
    });

    it("goes on when AWS is out of reach for a moment, and reports that when it stays so", async () => {
        const away = new AppError("AWS_UNREACHABLE", { message: "cannot reach AWS" });
        const fake = createFakeAws({
            instances: [instance(1)],
            containerInstances: { alice: [registered(1)] },
            errors: { "ec2.instances": away },
        });
        const options = { settings: { hosts: { count: 1 } }, timeoutSeconds: 10 };
        expect((await gate(fake, options)).result).to.equal(away);
        const back = await gate(fake, { ...options, onSleep: (_, state) => (state.errors = {}) });
        expect(back.result).to.have.property("wantedHosts", 1);
    });

    it("gives up at once when the credentials are refused", async () => {
        const refused = new AppError("AWS_CREDENTIALS_EXPIRED", { message: "expired" });
        const { result, seconds } = await gate(createFakeAws({ errors: { "ec2.instances": refused } }));
        expect(result).to.equal(refused);
        expect(seconds).to.equal(0);
    });

    it("ends as soon as it is interrupted", async () => {
        const { result } = await gate(createFakeAws(), { signal: AbortSignal.abort(new Error("Ctrl-C")) });
        expect(result).to.have.property("message", "Ctrl-C");
    });
});
