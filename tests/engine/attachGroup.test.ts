import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { EC2 } from "@aws-sdk/client-ec2";
import { ECS } from "@aws-sdk/client-ecs";
import { expect } from "chai";

import { Workplace } from "./harness";
import { startWeb, tasksOfWeb } from "./runningHosts";

/**
 * Step 3 of the guide's section "Attach SUSE Linux Enterprise Server ECS instances to the cluster": hosts of an Auto Scaling group
 * and the cluster come together, and part again.
 */
describe("hosts attach on a whole system", () => {
    let place: Workplace;
    let ec2: EC2;
    let ecs: ECS;
    let autoScaling: AutoScaling;

    before(async () => {
        place = await Workplace.create();
        ec2 = new EC2(place.access);
        ecs = new ECS(place.access);
        autoScaling = new AutoScaling(place.access);
    });
    after(() => place.stop());

    const run = (exitCode: number, ...args: readonly string[]) => place.expectSlesEcs(exitCode, ...args);

    /** A group of two hosts as a person makes it, of the image and in the subnet of a host of an environment. */
    async function makeGroup(name: string, environment: string, cluster = environment): Promise<void> {
        const { Reservations = [] } = await ec2.describeInstances({
            Filters: [
                { Name: "tag:sles-ecs:environment", Values: [environment] },
                { Name: "instance-state-name", Values: ["running"] },
            ],
        });
        const [host] = Reservations.flatMap(({ Instances = [] }) => Instances);
        const userData = `#cloud-config\nwrite_files:\n- path: /etc/ecs/ecs.config\n  content: |\n    ECS_CLUSTER=${cluster}\n`;
        await ec2.createLaunchTemplate({
            LaunchTemplateName: name,
            LaunchTemplateData: {
                ImageId: host?.ImageId,
                InstanceType: "t3.medium",
                IamInstanceProfile: { Arn: host?.IamInstanceProfile?.Arn },
                UserData: Buffer.from(userData).toString("base64"),
            },
        });
        await autoScaling.createAutoScalingGroup({
            AutoScalingGroupName: name,
            LaunchTemplate: { LaunchTemplateName: name, Version: "$Latest" },
            ...{ MinSize: 2, MaxSize: 3, VPCZoneIdentifier: host?.SubnetId },
        });
    }

    async function membersOf(name: string): Promise<readonly (string | undefined)[]> {
        const { AutoScalingGroups = [] } = await autoScaling.describeAutoScalingGroups({
            AutoScalingGroupNames: [name],
        });
        const [group] = AutoScalingGroups;
        expect(group).to.deep.include({ MinSize: 2, MaxSize: 3, DesiredCapacity: 2 });
        expect(group?.Instances?.every(({ LifecycleState }) => LifecycleState === "InService")).to.equal(
            true,
        );
        return (group?.Instances ?? []).map(({ InstanceId }) => InstanceId).sort();
    }

    /** Puts other instances in the place of those that there are, as an instance refresh does. */
    async function renew(name: string): Promise<void> {
        for (const InstanceId of await membersOf(name)) {
            await autoScaling.terminateInstanceInAutoScalingGroup({
                InstanceId,
                ShouldDecrementDesiredCapacity: false,
            });
        }
    }

    async function tagsOf(name: string): Promise<readonly (string | undefined)[]> {
        const { AutoScalingGroups = [] } = await autoScaling.describeAutoScalingGroups({
            AutoScalingGroupNames: [name],
        });
        return (AutoScalingGroups[0]?.Tags ?? []).map(({ Key }) => Key);
    }

    async function hostsIn(cluster: string): Promise<number> {
        const { clusters = [] } = await ecs.describeClusters({ clusters: [cluster] });
        return clusters[0]?.registeredContainerInstancesCount ?? 0;
    }

    async function providers(): Promise<readonly (string | undefined)[]> {
        const { capacityProviders = [] } = await ecs.describeCapacityProviders({});
        return capacityProviders
            .filter(({ status, autoScalingGroupProvider }) => status === "ACTIVE" && autoScalingGroupProvider)
            .map(({ name }) => name);
    }

    it("a group joins, its tasks leave with it, it joins again, and outlives the environment", async () => {
        await place.writeSettings("team", { hosts: { count: 1 } });
        await run(0, "up", "team", "--yes");
        await makeGroup("strangers", "team", "others");
        const refused = await run(2, "hosts", "attach", "team", "--group", "strangers", "--yes");
        expect(refused.stderr).to.include("has hosts join cluster others: expected ECS_CLUSTER=team");
        expect(await providers()).to.deep.equal([]);

        await makeGroup("workers", "team");
        const early = await run(5, "hosts", "attach", "team", "--group", "workers", "--yes");
        expect(early.stderr).to.include("before workers had the capacity provider workers");
        await renew("workers");
        await run(0, "hosts", "attach", "team", "--group", "workers", "--yes");
        const members = await membersOf("workers");
        expect(await hostsIn("team")).to.equal(3);
        expect((await run(0, "groups", "list", "team")).stdout).to.match(
            /workers +workers +attached +2 of 2 to 3 +2 +by hand/,
        );
        await run(0, "preview", "team", "--expect-no-changes");

        await startWeb(ecs, "team", 3);
        const removed = await run(0, "groups", "remove", "team", "workers", "--yes", "--allow-interruption");
        expect(removed.stderr).to.match(/i-\w+ in \S+: .*task/);
        expect(await hostsIn("team")).to.equal(1);
        expect(await tasksOfWeb(ecs, "team")).to.equal(3);
        expect([await membersOf("workers"), await providers()]).to.deep.equal([members, []]);
        expect(await tagsOf("workers")).to.not.include("sles-ecs:attached-to");

        // What boots joins again, as its user data names the cluster.
        await run(5, "hosts", "attach", "team", "--group", "workers", "--yes", "--timeout", "1s");
        await renew("workers");
        await run(0, "hosts", "attach", "team", "--group", "workers", "--yes");
        const others = await membersOf("workers");
        await run(0, "destroy", "team", "--yes");
        expect([await membersOf("workers"), await providers()]).to.deep.equal([others, []]);
        expect(await tagsOf("workers")).to.not.include("sles-ecs:attached-to");
    });

    it("an environment with a group of its own keeps the attached one over refresh and up", async () => {
        await place.writeSettings("own", { hosts: { mode: "autoScaling", min: 1, max: 1 } });
        await run(0, "up", "own", "--yes");
        await makeGroup("helpers", "own");
        await run(5, "hosts", "attach", "own", "--group", "helpers", "--yes");
        await renew("helpers");
        await run(0, "hosts", "attach", "own", "--group", "helpers", "--yes");
        await run(0, "refresh", "own", "--yes");
        await run(0, "up", "own", "--yes");
        const list = await run(0, "groups", "list", "own", "--output", "json");
        const { groups } = JSON.parse(list.stdout) as { groups: { kind: string }[] };
        expect(groups.map(({ kind }) => kind).sort()).to.deep.equal(["attached", "own"]);
        const members = await membersOf("helpers");
        await run(0, "destroy", "own", "--yes");
        expect(await membersOf("helpers")).to.deep.equal(members);
    });
});
