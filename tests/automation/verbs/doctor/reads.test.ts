import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { formatBootStep } from "../../../../components/model/bootLog";
import { cluster, emptyGroup, instance } from "../../../helpers/awsObjects";
import { createFakeAws, type FakeAwsState } from "../../../helpers/fakeAws";
import type { FakeStackOptions } from "../../../helpers/fakes";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";

const stack: FakeStackOptions = {
    resources: [{ type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id: "arn:alice" }],
    outputs: { clusterName: "alice" },
};

const boot = ["hold", "storage", "configure", "start"].map((step) =>
    formatBootStep({ step: step as "hold", result: "ok", seconds: 1, reason: "" }),
);

describe("what the doctor reads of an environment", () => {
    afterEach(removeFolders);

    describe("goes on without what it may not read", () => {
        const group = "config:\n    sles-ecs:hosts: { mode: autoScaling, min: 0, max: 2, desired: 1 }\n";
        for (const [call, what] of [
            ["autoScaling.groups", "its Auto Scaling groups"],
            ["autoScaling.failedLaunch", "why its group launches no host"],
            ["ecs.clusterCapacityProviders", "the capacity providers of the cluster"],
        ] as const) {
            it(`and says so: ${what}`, async () => {
                const denied = new AppError("AWS_ACCESS_DENIED", { message: `not allowed to call ${call}` });
                const { context, exitCode } = await play(["doctor", "alice"], {
                    directory: makeProject({ "Pulumi.alice.yaml": group }),
                    stacks: {
                        alice: {
                            ...stack,
                            resources: [
                                ...(stack.resources ?? []),
                                {
                                    type: "aws:autoscaling/group:Group",
                                    name: "sles-ecs-group",
                                    id: "alice-hosts",
                                },
                            ],
                        },
                    },
                    aws: createFakeAws({
                        clusters: [cluster()],
                        groups: [emptyGroup()],
                        errors: { [call]: denied },
                    }),
                });
                expect(context.io.out()).to.contain(`not read: ${what}: not allowed to call ${call}\n`);
                expect(exitCode).to.equal(5);
            });
        }
    });

    it("takes no way for missing that the proxy of the agent, or of the host, may be", async () => {
        const s3Alone: Partial<FakeAwsState> = {
            instances: [instance(1)],
            consoles: { "i-1": boot.join("\n") },
            subnets: [{ id: "subnet-1", vpcId: "vpc-1", zone: "eu-central-1a", mapPublicIpOnLaunch: false }],
            routeTables: [{ id: "rtb-1", vpcId: "vpc-1", main: true, subnetIds: [], routes: [] }],
            vpcEndpoints: [
                {
                    vpcId: "vpc-1",
                    id: "vpce-1",
                    serviceName: "com.amazonaws.us-east-1.s3",
                    type: "Gateway",
                    state: "available",
                    routeTableIds: ["rtb-1"],
                },
            ],
        };
        const said = async (settings: string) => {
            const { context } = await play(["doctor", "alice"], {
                directory: makeProject({
                    "Pulumi.alice.yaml": `config:\n    sles-ecs:hosts: { count: 1 }\n${settings}`,
                }),
                stacks: { alice: stack },
                aws: createFakeAws({ clusters: [cluster()], ...s3Alone }),
            });
            return context.io.out();
        };
        expect(await said("")).to.contain("(NO_WAY_TO_ECS)");
        for (const settings of [
            "    sles-ecs:agent: { httpProxy: '10.0.0.9:3128' }\n",
            "    sles-ecs:proxy: { address: '10.0.0.9:3128' }\n",
        ]) {
            expect(await said(settings)).to.contain("no known cause fits");
        }
    });

    it("reads a VPC once, however many kinds of hosts there are in it", async () => {
        const fake = createFakeAws({
            clusters: [cluster()],
            consoles: { "i-1": boot.join("\n") },
            subnets: [{ id: "subnet-1", vpcId: "vpc-1", zone: "eu-central-1a", mapPublicIpOnLaunch: true }],
            routeTables: [{ id: "rtb-1", vpcId: "vpc-1", main: true, subnetIds: [], routes: [] }],
            instances: [1, 2, 3].map((number) => instance(number, { securityGroupIds: [`sg-${number}`] })),
            securityGroups: [1, 2, 3].map((number) => ({ id: `sg-${number}`, vpcId: "vpc-1" })),
            containerInstances: {},
        });
        await play(["doctor", "alice"], {
            directory: makeProject({ "Pulumi.alice.yaml": "config:\n    sles-ecs:hosts: { count: 3 }\n" }),
            stacks: { alice: stack },
            aws: fake,
        });
        for (const read of ["ec2.routeTables", "ec2.vpcEndpoints", "ec2.natGateways", "ec2.networkAcls"]) {
            expect(
                fake.reads.filter((one) => one === read),
                read,
            ).to.have.length(1);
        }
    });
});
