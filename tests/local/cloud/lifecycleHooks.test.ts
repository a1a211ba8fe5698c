import { expect } from "chai";
import { groupOfHosts } from "./hostHelpers";
import { errorOf, eventually, useCloud } from "./testCloud";

// Sources: https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks-overview.html and the API references of
// CompleteLifecycleAction, DeleteLifecycleHook and DeleteAutoScalingGroup.
describe("lifecycle hooks that somebody puts on a group of the local cloud", () => {
    const cloud = useCloud();
    const group = { AutoScalingGroupName: "hosts" };

    async function hook(LifecycleHookName: string, more: object = {}): Promise<void> {
        await cloud().autoScaling.putLifecycleHook({
            ...group,
            LifecycleHookName,
            LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
            ...more,
        });
    }

    async function members(): Promise<readonly (readonly [string, string])[]> {
        const { AutoScalingGroups: groups } = await cloud().autoScaling.describeAutoScalingGroups({
            AutoScalingGroupNames: ["hosts"],
        });
        return (groups?.[0]?.Instances ?? []).map(
            ({ InstanceId = "", LifecycleState = "" }) => [InstanceId, LifecycleState] as const,
        );
    }

    async function running(): Promise<number> {
        const { Reservations: found = [] } = await cloud().ec2.describeInstances({
            Filters: [{ Name: "instance-state-name", Values: ["running"] }],
        });
        return found.length;
    }

    /** Has the group terminate its member. Gives the member's id. */
    async function shrink(): Promise<string> {
        const id = (await members())[0]?.[0] ?? "";
        await cloud().autoScaling.updateAutoScalingGroup({ ...group, DesiredCapacity: 0 });
        return id;
    }

    const complete = (LifecycleHookName: string, InstanceId: string, LifecycleActionResult = "CONTINUE") =>
        cloud().autoScaling.completeLifecycleAction({
            ...group,
            LifecycleHookName,
            InstanceId,
            LifecycleActionResult,
        });

    beforeEach(() => groupOfHosts(cloud()));

    it("hold up a member that the group terminates, until its action is completed", async () => {
        await hook("archive");
        const id = await shrink();
        expect(await members()).to.deep.equal([[id, "Terminating:Wait"]]);
        expect(await running()).to.equal(1);
        expect(await errorOf(complete("nobody", id))).to.equal("ValidationError");
        await complete("archive", id);
        expect([await members(), await running()]).to.deep.equal([[], 0]);
        expect(await errorOf(complete("archive", id))).to.equal("ValidationError");
    });

    it("let it go when their heartbeat timeout is over", async () => {
        await hook("archive", { HeartbeatTimeout: 30 });
        const id = await shrink();
        expect(await members()).to.deep.equal([[id, "Terminating:Wait"]]);
        await eventually(members, (left) => left.length === 0);
    });

    it("each hold it up, unless one is abandoned", async () => {
        await hook("archive");
        await hook("notify");
        const first = await shrink();
        await complete("archive", first);
        expect(await members()).to.deep.equal([[first, "Terminating:Wait"]]);
        await complete("notify", first);
        expect(await members()).to.deep.equal([]);
        await cloud().autoScaling.updateAutoScalingGroup({ ...group, DesiredCapacity: 1 });
        const second = await shrink();
        await complete("archive", second, "ABANDON");
        expect(await members()).to.deep.equal([]);
    });

    it("hold up nobody once they are deleted, or where they are for launches", async () => {
        await hook("archive");
        await hook("warmUp", { LifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING" });
        const id = await shrink();
        expect(await members()).to.deep.equal([[id, "Terminating:Wait"]]);
        await cloud().autoScaling.deleteLifecycleHook({ ...group, LifecycleHookName: "archive" });
        expect(await members()).to.deep.equal([]);
    });

    it("end with their group when it is deleted by force", async () => {
        await hook("archive");
        await shrink();
        await cloud().autoScaling.updateAutoScalingGroup({ ...group, DesiredCapacity: 1 });
        expect(await running()).to.equal(2);
        await cloud().autoScaling.deleteAutoScalingGroup({ ...group, ForceDelete: true });
        expect(await running()).to.equal(0);
    });
});
