import { expect } from "chai";
import type { Settings } from "../../components";
import type { MockAws } from "../helpers/pulumiMocks";
import { build } from "./environment";

const lease = { ttl: "8h" };
/** Eight hours before 29 November 2099 at eight in the evening. */
const leaseRenewal = { now: new Date("2099-11-29T12:00:00Z"), renewal: "anew" } as const;
const scheduleType = "aws:scheduler/schedule:Schedule";
const stackId = "0123abcd-0000-4000-8000-000000000000";

const ownCluster = (tags: Readonly<Record<string, string>>) => ({
    clusters: [
        {
            name: "dev",
            status: "ACTIVE",
            tags: { "sles-ecs:stack": "organization/sles-ecs/dev", "sles-ecs:stack-id": stackId, ...tags },
        },
    ],
});

async function tagsOfCluster(...args: Parameters<typeof build>): Promise<Record<string, string>> {
    const { recorder } = await build(...args);
    return recorder.only("aws:ecs/cluster:Cluster").inputs["tags"] as Record<string, string>;
}

/** Seconds from now until a tag's instant. */
const fromNow = (tag: string | undefined) => (Date.parse(tag ?? "") - Date.now()) / 1000;

describe("an environment with a lease", () => {
    it("has it in the state before anything stands in AWS, and on its cluster", async () => {
        const { recorder } = await build({ lease: { ...lease, longestTtl: "7d" } }, {}, { leaseRenewal });
        const stash = recorder.named("sles-ecs-lease", "pulumi:index:Stash");
        expect(stash.ignoreChanges).to.deep.equal(["input"]);
        expect(stash.inputs["input"]).to.deep.equal({
            owner: "alice",
            expiresAt: "2099-11-29T20:00:00Z",
            graceSeconds: 3600,
            longestTtlSeconds: 604_800,
            accountId: "123456789012",
            region: "eu-west-1",
        });
        expect(recorder.only("aws:ecs/cluster:Cluster").inputs["tags"]).to.include({
            "sles-ecs:owner": "alice",
            "sles-ecs:expires-at": "2099-11-29T20:00:00Z",
        });
        const first = recorder.resources.findIndex(({ type }) => type.startsWith("aws:"));
        expect(recorder.resources.indexOf(stash)).to.be.lessThan(first);
        expect(recorder.only("aws:ec2/instance:Instance").dependsOn).to.include("sles-ecs-cluster");
    });

    it("ends its ttl after its first update", async () => {
        expect(fromNow((await tagsOfCluster({ lease }))["sles-ecs:expires-at"])).to.be.closeTo(28_800, 60);
    });

    it("belongs to whom the settings say", async () => {
        expect(await tagsOfCluster({ lease: { ...lease, owner: "Bob B." } })).to.include({
            "sles-ecs:owner": "Bob B.",
        });
    });

    it("keeps the end that its cluster tells, so that nothing changes from one update to the next", async () => {
        const standing = { "sles-ecs:owner": "alice", "sles-ecs:expires-at": "2098-01-01T00:00:00Z" };
        expect(await tagsOfCluster({ lease }, ownCluster(standing))).to.include(standing);
        const never = { "sles-ecs:owner": "alice", "sles-ecs:expires-at": "never" };
        expect(await tagsOfCluster({ lease }, ownCluster(never))).to.include(never);
    });

    it("keeps it under another name of the cluster, and where the cluster has to be made anew", async () => {
        const first = { lease: { owner: "alice", expiresAt: "2001-01-01T00:00:00Z", graceSeconds: 3600 } };
        const renewal = { ...leaseRenewal, before: { owner: "alice" } };
        expect(await tagsOfCluster({ lease }, first, { leaseRenewal: renewal })).to.include({
            "sles-ecs:expires-at": "never",
        });
    });

    it("is given up by an engine's destroy after the cluster that tells of it", async () => {
        const { recorder } = await build({ lease });
        expect(recorder.only("aws:ecs/cluster:Cluster").dependsOn).to.include("sles-ecs-lease");
    });

    it("gets a new end where the old one is over, or somebody has made it unreadable", async () => {
        const over = { "sles-ecs:owner": "alice", "sles-ecs:expires-at": "2001-01-01T00:00:00Z" };
        const tags = await tagsOfCluster({ lease }, ownCluster(over));
        expect(tags["sles-ecs:owner"]).to.equal("alice");
        expect(fromNow(tags["sles-ecs:expires-at"])).to.be.closeTo(28_800, 60);
        const torn = await tagsOfCluster({ lease }, ownCluster({ "sles-ecs:expires-at": "soon" }));
        expect(fromNow(torn["sles-ecs:expires-at"])).to.be.closeTo(28_800, 60);
    });

    it("has what the state keeps while there is no cluster yet", async () => {
        const kept = { lease: { owner: "alice", expiresAt: "2098-01-01T00:00:00Z", graceSeconds: 3600 } };
        expect(await tagsOfCluster({ lease }, kept)).to.include({
            "sles-ecs:owner": "alice",
            "sles-ecs:expires-at": "2098-01-01T00:00:00Z",
        });
    });
});

describe("the schedules of office hours", () => {
    const hours = "Mon-Fri 08:00-18:00 Europe/Berlin";

    it("start and stop every fixed host, each with a call of its own, without a lease", async () => {
        const { recorder } = await build({ hours, hosts: { mode: "fixed", count: 2 } });
        const schedules = recorder.ofType(scheduleType).map(({ inputs }) => {
            const { arn, input } = inputs["target"] as Record<string, string>;
            const { name, scheduleExpression, scheduleExpressionTimezone, state, endDate } = inputs;
            expect(scheduleExpressionTimezone).to.equal("Europe/Berlin");
            expect([state, endDate]).to.deep.equal(["ENABLED", undefined]);
            return [
                name,
                scheduleExpression,
                arn?.split(":aws-sdk:")[1],
                JSON.parse(input ?? ""),
            ] as unknown[];
        });
        const of = (number: number) => ({ InstanceIds: [`sles-ecs-hosts-${number}-id`] });
        expect(schedules).to.deep.equal([
            ["open-host-1", "cron(0 8 ? * MON,TUE,WED,THU,FRI *)", "ec2:startInstances", of(1)],
            ["close-host-1", "cron(0 18 ? * MON,TUE,WED,THU,FRI *)", "ec2:stopInstances", of(1)],
            ["open-host-2", "cron(0 8 ? * MON,TUE,WED,THU,FRI *)", "ec2:startInstances", of(2)],
            ["close-host-2", "cron(0 18 ? * MON,TUE,WED,THU,FRI *)", "ec2:stopInstances", of(2)],
        ]);
    });

    it("take a group to its sizes and to zero", async () => {
        const { recorder } = await build({
            hours,
            hosts: { mode: "autoScaling", min: 1, max: 4, desired: 2 },
        });
        const inputs = recorder.ofType(scheduleType).map(({ inputs: { name, target } }) => {
            const { MinSize, MaxSize, DesiredCapacity } = JSON.parse(
                (target as Record<string, string>)["input"] ?? "",
            ) as Record<string, number>;
            return [name, MinSize, MaxSize, DesiredCapacity];
        });
        expect(inputs).to.deep.equal([
            ["open-hosts", 1, 4, 2],
            ["close-hosts", 0, 0, 0],
        ]);
    });

    it("start nothing after the end of the lease, and stop what runs until then", async () => {
        const { recorder } = await build({ hours, lease }, {}, { leaseRenewal });
        const ends = recorder.ofType(scheduleType).map(({ inputs: { name, endDate } }) => [name, endDate]);
        expect(Object.fromEntries(ends)).to.deep.equal({
            "host-1": undefined,
            "open-host-1": "2099-11-29T20:00:00Z",
            "close-host-1": undefined,
        });
    });

    async function statements(settings: Settings, aws: Partial<MockAws> = {}): Promise<object[]> {
        const { recorder } = await build(settings, aws);
        const policy = recorder.named("sles-ecs-lease-schedule-role-policy", "aws:iam/rolePolicy:RolePolicy");
        return (JSON.parse(String(policy.inputs["policy"])) as { Statement: object[] }).Statement;
    }

    it("may start fixed hosts of this environment as well, and with them the use of a key of one's own", async () => {
        const kmsKeyId = "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d";
        const [hosts, key, ...rest] = await statements(
            { hours, dockerStorage: { mode: "volume", kmsKeyId } },
            { encryptionKeys: { [kmsKeyId]: { arn: kmsKeyId, state: "Enabled" } } },
        );
        expect(rest).to.deep.equal([]);
        expect(hosts).to.deep.include({
            Action: ["ec2:StopInstances", "ec2:StartInstances", "autoscaling:UpdateAutoScalingGroup"],
            Condition: { StringEquals: { "aws:ResourceTag/sles-ecs:stack-id": stackId } },
        });
        expect(key).to.deep.equal({
            Effect: "Allow",
            Action: ["kms:CreateGrant"],
            Resource: [kmsKeyId],
            Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
        });
    });

    it("need to start no host where a group does", async () => {
        const [hosts] = await statements({ hours, hosts: { mode: "autoScaling" } });
        expect(hosts).to.deep.include({
            Action: ["ec2:StopInstances", "autoscaling:UpdateAutoScalingGroup"],
        });
    });
});

describe("the schedules of a lease", () => {
    it("stop every fixed host, an hour after the end, each with a call of its own", async () => {
        const { recorder } = await build({ lease, hosts: { mode: "fixed", count: 2 } }, {}, { leaseRenewal });
        const schedules = recorder.ofType(scheduleType);
        expect(schedules.map(({ inputs }) => inputs["name"])).to.deep.equal(["host-1", "host-2"]);
        for (const [index, { inputs }] of schedules.entries()) {
            expect(inputs).to.deep.include({
                groupName: "sles-ecs-dev-0123abcd",
                scheduleExpression: "at(2099-11-29T21:00:00)",
                state: "ENABLED",
                flexibleTimeWindow: { mode: "OFF" },
            });
            const target = inputs["target"] as Record<string, string>;
            expect(target["arn"]).to.equal("arn:aws:scheduler:::aws-sdk:ec2:stopInstances");
            expect(JSON.parse(target["input"] ?? "")).to.deep.equal({
                InstanceIds: [`sles-ecs-hosts-${index + 1}-id`],
            });
        }
    });

    it("take a group to zero, and leave ECS no room to scale it out again", async () => {
        const hosts: Settings["hosts"] = { mode: "autoScaling", min: 1, max: 4 };
        const { recorder } = await build({ lease, hosts }, { partition: "aws-cn" }, { leaseRenewal });
        const target = recorder.only(scheduleType).inputs["target"] as Record<string, string>;
        expect(target["arn"]).to.equal("arn:aws-cn:scheduler:::aws-sdk:autoscaling:updateAutoScalingGroup");
        expect(JSON.parse(target["input"] ?? "")).to.deep.equal({
            AutoScalingGroupName: "sles-ecs-dev-0123abcd",
            MinSize: 0,
            MaxSize: 0,
            DesiredCapacity: 0,
        });
    });

    it("may stop the hosts of this environment, and nothing else; nobody else may use their role", async () => {
        const { recorder } = await build({ lease }, {}, { leaseRenewal });
        const role = recorder.named("sles-ecs-lease-schedule-role", "aws:iam/role:Role");
        expect(role.inputs["name"]).to.equal("sles-ecs-dev-eu-west-1-lease-0123abcd");
        const trust = JSON.parse(String(role.inputs["assumeRolePolicy"])) as { Statement: object[] };
        expect(trust.Statement).to.deep.equal([
            {
                Effect: "Allow",
                Action: "sts:AssumeRole",
                Principal: { Service: "scheduler.amazonaws.com" },
                Condition: {
                    StringEquals: {
                        "aws:SourceAccount": "123456789012",
                        "aws:SourceArn": "arn:aws:mock:::sles-ecs-dev-0123abcd",
                    },
                },
            },
        ]);
        const policy = recorder.named("sles-ecs-lease-schedule-role-policy", "aws:iam/rolePolicy:RolePolicy");
        const { Statement } = JSON.parse(String(policy.inputs["policy"])) as { Statement: object[] };
        expect(Statement).to.deep.equal([
            {
                Effect: "Allow",
                Action: ["ec2:StopInstances", "autoscaling:UpdateAutoScalingGroup"],
                Resource: [
                    "arn:aws:ec2:eu-west-1:*:instance/*",
                    "arn:aws:autoscaling:eu-west-1:*:autoScalingGroup:*",
                ],
                Condition: { StringEquals: { "aws:ResourceTag/sles-ecs:stack-id": stackId } },
            },
        ]);
    });

    it("are off while the environment is to stay", async () => {
        const never = { "sles-ecs:owner": "alice", "sles-ecs:expires-at": "never" };
        const { recorder } = await build({ lease }, ownCluster(never));
        expect(recorder.only(scheduleType).inputs["state"]).to.equal("DISABLED");
    });

    it("are in a group that carries the environment's tags, and there is none without a lease", async () => {
        const { recorder } = await build({ lease });
        expect(recorder.only("aws:scheduler/scheduleGroup:ScheduleGroup").inputs["tags"]).to.include({
            "sles-ecs:stack-id": stackId,
            Name: "sles-ecs-dev",
        });
        const without = await build({ lease: { longestTtl: "7d" } });
        expect(without.recorder.resources.filter(({ type }) => type.includes("scheduler"))).to.deep.equal([]);
    });
});
