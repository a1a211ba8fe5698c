import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { chosenImage, goodAccount, inEc2 } from "../../../helpers/account";
import { createFakeAws, type FakeAws } from "../../../helpers/fakeAws";
import { changes, step, type FakeContextOptions, type FakeStackOptions } from "../../../helpers/fakes";
import { standing as standingIn } from "../../../helpers/fakeWorld";
import { expectGolden } from "../../../helpers/golden";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { lockedSettings, ready } from "../standing";

const clusterArn = "arn:aws:ecs:us-east-1:123456789012:cluster/dev";
const standing: FakeStackOptions = {
    resources: [{ type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id: clusterArn }],
};

/** Plays a command on the environment dev, of two hosts that are ready. */
function onDev(argv: readonly string[], options: Partial<FakeContextOptions> = {}) {
    return play([...argv], {
        directory: makeProject({ "Pulumi.dev.yaml": lockedSettings }),
        stacks: { dev: standing },
        aws: standingIn("dev", [ready, ready]),
        ...options,
    });
}

const changing = (calls: readonly string[]): readonly string[] =>
    calls.filter((call) => !/reads|open|requireUnlocked/.test(call));

describe("what a killed update has left in AWS", () => {
    const aws = standingIn("dev", [ready, ready, ready]);
    const stacks = { dev: { ...standing, strays: ["i-3"] } };
    afterEach(removeFolders);

    it("counts as no host that is ready, is shown, and goes by the next up, after the question", async () => {
        const { transcript, context, exitCode } = await onDev(["up", "dev"], {
            aws,
            stacks,
            answers: [true],
        });
        expect(exitCode).to.equal(0);
        expect(changing(context.calls)).to.deep.equal([
            "engine preview",
            "engine requireWorkable",
            "aws remove i-3",
            "engine up",
        ]);
        expectGolden("cli/up-stray.txt", transcript);
    });

    it("goes by the next up where something else in the state has its name: a group and a capacity provider often do", async () => {
        const arn = "arn:aws:ecs:us-east-1:123456789012:capacity-provider/sles-ecs-dev";
        const host = standingIn("dev", [ready]).instances[0];
        const group = { type: "aws:autoscaling/group:Group", name: "sles-ecs-hosts", id: "sles-ecs-dev" };
        const { context } = await onDev(["up", "dev", "--yes"], {
            aws: {
                ...standingIn("dev", [ready, ready]),
                capacityProviders: [{ arn, tags: host?.tags ?? {} }],
            },
            stacks: { dev: { ...standing, resources: [...(standing.resources ?? []), group] } },
        });
        expect(changing(context.calls)).to.contain(`aws removeCapacityProvider ${arn}`);
    });

    it("goes by the next up: an instance profile of its role's name, and a rule of its group", async () => {
        const tags = standingIn("dev", [ready]).instances[0]?.tags ?? {};
        const role = { type: "aws:iam/role:Role", name: "sles-ecs-instance-role", id: "sles-ecs-dev" };
        const { context } = await onDev(["up", "dev", "--yes"], {
            aws: {
                ...standingIn("dev", [ready, ready]),
                roles: { "sles-ecs-dev": tags },
                instanceProfiles: { "sles-ecs-dev": tags },
                ec2Resources: [{ id: "sgr-1", type: "security-group-rule", leaving: false }],
            },
            stacks: { dev: { ...standing, resources: [...(standing.resources ?? []), role] } },
        });
        expect(changing(context.calls)).to.contain("aws removeInstanceProfile sles-ecs-dev");
        expect(changing(context.calls)).to.contain("aws remove sgr-1");
        expect(changing(context.calls)).to.not.contain("aws removeRole sles-ecs-dev");
    });

    /** EC2 releases no address that a NAT gateway holds, and takes a minute to delete one. */
    const withGateway = (): {
        readonly account: FakeAws;
        readonly onSleep: FakeContextOptions["onSleep"];
    } => {
        const account = createFakeAws({
            ...goodAccount("us-east-1", [inEc2(chosenImage)]),
            ...standingIn("dev", [ready, ready]),
            ec2Resources: [
                { id: "eipalloc-1", type: "elastic-ip", leaving: false },
                { id: "nat-1", type: "natgateway", leaving: false },
            ],
        });
        const { ec2 } = account.aws;
        const { state } = account;
        const removeOne = ec2.remove.bind(ec2);
        const slowly = (id: string): Promise<void> => {
            const there = state.ec2Resources;
            const isHeld = id === "eipalloc-1" && there.some((one) => one.id === "nat-1");
            if (isHeld) {
                const message = "ec2:ReleaseAddress failed: InvalidIPAddress.InUse";
                return Promise.reject(new AppError("AWS_FAILED", { message }));
            }
            return removeOne(id).then(() => {
                if (id === "nat-1") {
                    state.ec2Resources = there.map((one) => ({ ...one, leaving: one.id === id }));
                }
            });
        };
        Object.assign(ec2, { remove: slowly });
        const onSleep = (seconds: number): void => {
            if (seconds >= 60) {
                state.ec2Resources = state.ec2Resources.filter(({ leaving }) => !leaving);
            }
        };
        return { account, onSleep };
    };

    it("goes by the next up in its order: a NAT gateway is gone before its address is released", async () => {
        const { account, onSleep } = withGateway();
        const { context, exitCode } = await onDev(["up", "dev", "--yes"], { aws: account, onSleep });
        expect(exitCode).to.equal(0);
        expect(context.io.err()).to.not.contain("does not go");
        expect(account.state.ec2Resources).to.deep.equal([]);
        expect(changing(context.calls)).to.deep.equal([
            ...["engine requireWorkable", "aws remove nat-1", "aws remove eipalloc-1", "engine up"],
        ]);
    });

    it("goes before the engine destroys the address that it holds", async () => {
        const { account, onSleep } = withGateway();
        let wasGone = false;
        const onRun = (): void => {
            wasGone = account.state.ec2Resources.every(({ id }) => id !== "nat-1");
        };
        const address = { type: "aws:ec2/eip:Eip", name: "sles-ecs-network-1", id: "eipalloc-1" };
        const resources = [...(standing.resources ?? []), address];
        await onDev(["destroy", "dev", "--yes"], {
            ...{ aws: account, onSleep },
            stacks: { dev: { ...standing, resources, onRun } },
        });
        expect(wasGone).to.equal(true);
    });

    it("goes at the end of the up that made it twice, as where the answer to a call was lost on the way", async () => {
        const aws = createFakeAws({
            ...goodAccount("us-east-1", [inEc2(chosenImage)]),
            ...standingIn("dev", [ready, ready]),
        });
        const twin = { id: "rtb-2", type: "route-table", leaving: false };
        const onRun = (operation: string): void => {
            if (operation === "up") {
                aws.state.ec2Resources = [...aws.state.ec2Resources, twin];
            }
        };
        const { context, exitCode } = await onDev(["up", "dev"], {
            aws,
            stacks: { dev: { ...standing, onRun } },
        });
        expect(exitCode).to.equal(0);
        expect(changing(context.calls)).to.deep.equal(["engine preview", "engine up", "aws remove rtb-2"]);
        expect(context.io.err()).to.contain("ec2:route-table rtb-2: not in the state, removed\n");
    });

    it("is no host that a group launches while the up ends", async () => {
        const account = createFakeAws({
            ...goodAccount("us-east-1", [inEc2(chosenImage)]),
            ...standingIn("dev", [ready, ready]),
        });
        const launched = aws.instances.filter(({ instanceId }) => instanceId === "i-3");
        const onRun = (operation: string): void => {
            if (operation === "up") {
                account.state.instances = [...account.state.instances, ...launched];
            }
        };
        const { context } = await onDev(["up", "dev", "--no-wait"], {
            aws: account,
            stacks: { dev: { ...stacks.dev, onRun } },
        });
        expect(changing(context.calls)).to.deep.equal(["engine preview", "engine up"]);
    });

    it("stays after a no", async () => {
        const { context, exitCode } = await onDev(["up", "dev"], { aws, stacks, answers: [false] });
        expect([exitCode, changing(context.calls)]).to.deep.equal([6, ["engine preview"]]);
    });

    it("is shown by preview, which then expects a change, by refresh, by status and by wait", async () => {
        const preview = await onDev(["preview", "dev", "--expect-no-changes"], { aws, stacks });
        expect(preview.exitCode).to.equal(1);
        expect(preview.context.io.out()).to.equal(
            "up would delete ec2:instance i-3, which is not in the state\n",
        );
        const refresh = await onDev(["refresh", "dev"], { aws, stacks });
        expect(refresh.context.io.out()).to.equal(
            [
                "ec2:instance i-3 carries this environment's id and is not in its state",
                "dev: 1 difference between AWS and the state",
                "Next: sles-ecs up dev",
                "",
            ].join("\n"),
        );
        const status = await onDev(["status", "dev"], { aws, stacks });
        expect(status.context.io.out())
            .to.contain("2 of 2 hosts ready")
            .and.contain("i-3: it carries this environment's tags, and the state does not know it");
        const wait = await onDev(["wait", "dev"], { aws, stacks });
        expect(wait.context.io.err()).to.contain(
            "warning: an instance carries this environment's tags, and its state does not know it: i-3",
        );
    });

    it("is removed by destroy, before the engine, and no neighbour's of the same name is", async () => {
        const neighbours = standingIn("dev", [ready]).instances.map((one) => ({
            ...one,
            instanceId: "i-9",
            tags: { ...one.tags, "sles-ecs:stack-id": "a neighbour's" },
        }));
        const { context, exitCode } = await onDev(["destroy", "dev", "--yes"], {
            aws: { ...aws, instances: [...aws.instances, ...neighbours] },
            stacks,
        });
        expect(exitCode).to.equal(0);
        expect(context.io.err()).to.contain("  not in the state       ec2:instance i-3\n");
        const made = changing(context.calls);
        expect(made.indexOf("aws remove i-3")).to.be.within(0, made.indexOf("engine destroy") - 1);
        expect(made.join("\n")).not.to.contain("i-9");
        expect(context.io.out())
            .to.match(/i-3 .*\n/)
            .and.not.contain("i-9");
    });
});

describe("what is lost in AWS", () => {
    afterEach(removeFolders);
    const gone = standingIn("dev", [ready, { ...ready, state: "terminated" }]);
    const instance = { type: "aws:ec2/instance:Instance", name: "sles-ecs-hosts-2", id: "i-2" };
    const stacks = {
        dev: {
            ...standing,
            resources: [...(standing.resources ?? []), instance],
            preview: changes([step("create", instance.type, instance.name)]),
        },
    };

    it("is seen by preview and up, which have the engine read it first", async () => {
        const preview = await onDev(["preview", "dev"], { aws: gone, stacks });
        expect(changing(preview.context.calls)).to.deep.equal(["engine preview refresh"]);
        const up = await onDev(["up", "dev"], { aws: gone, stacks });
        expect(up.context.io.err()).to.contain("host 2 (i-2) is gone from AWS\n");
        expect(changing(up.context.calls)).to.include.members([
            "engine preview refresh",
            "engine up refresh",
        ]);
        const cluster = await onDev(["up", "dev"], { aws: { ...gone, clusters: [] }, stacks });
        expect(cluster.context.io.err()).to.contain(`cluster (${clusterArn}) is gone from AWS`);
    });

    it("is nothing where all is there: no host is read twice", async () => {
        const { context } = await onDev(["up", "dev"]);
        expect(changing(context.calls)).to.deep.equal(["engine preview", "engine up"]);
    });

    it("is started again where somebody has stopped it, once lock and passphrase are known", async () => {
        const aws = standingIn("dev", [ready, { ...ready, state: "stopped" }]);
        const preview = await onDev(["preview", "dev"], { aws });
        expect(preview.context.io.out()).to.equal("up would start host i-2, which is stopped\n");
        const { context, exitCode } = await onDev(["up", "dev"], { aws });
        expect(exitCode).to.equal(0);
        expect(changing(context.calls)).to.deep.equal([
            "engine preview",
            "engine requireWorkable",
            "aws start i-2",
            "engine up",
        ]);
    });

    it("goes on by resume where the hosts of a pause are not ready in time, for wait has no business there", async () => {
        const there = standingIn("dev", [ready, { ...ready, state: "stopped" }]);
        const aws = createFakeAws({
            ...goodAccount("us-east-1", [inEc2(chosenImage)]),
            ...there,
            clusters: there.clusters.map((one) => ({
                ...one,
                tags: { ...one.tags, "sles-ecs:paused": "2026-11-23T10:00:00Z" },
            })),
        });
        const cutOff: FakeContextOptions["onSleep"] = (_, { containerInstances: { dev = [] } }) => {
            dev.splice(1, 1);
        };
        const late = await onDev(["up", "dev", "--yes", "--timeout", "1m"], { aws, onSleep: cutOff });
        expect(late.exitCode).to.equal(5);
        expect(late.transcript).to.contain("NOT_READY").and.to.contain("Next: sles-ecs resume dev\n");
        expect((await onDev(["wait", "dev"], { aws })).transcript).to.contain("PAUSED");
    });
});
