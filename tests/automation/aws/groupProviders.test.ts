import { expect } from "chai";

import type { Aws } from "../../../automation/ports/awsServices";
import { said, withAnswers, type Scripted } from "./lostAnswers";

const providers = "PutClusterCapacityProviders";
const strategy = (name: string) => ({ capacityProvider: name, weight: 1, base: 0 });

/** What is put where the cluster has these capacity providers; undefined where nothing is. */
async function put(has: object | undefined, work: (ecs: Aws["ecs"]) => Promise<void>): Promise<unknown> {
    const bodies: string[] = [];
    const clusters = has === undefined ? [] : [{ clusterName: "dev", status: "ACTIVE", ...has }];
    const asked = await withAnswers(
        {
            DescribeClusters: [said(JSON.stringify({ clusters }))],
            [providers]: [said("{}")],
        },
        (aws) => work(aws.ecs),
        (action, body) => {
            if (action === providers) {
                bodies.push(body);
            }
        },
    );
    expect(asked.filter((one) => one === providers)).to.have.length(bodies.length);
    return bodies[0] === undefined ? undefined : JSON.parse(bodies[0]);
}

// ECS takes the list as a whole, and with it the default strategy, which may name nothing that is not in the list:
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html
describe("the capacity providers of a cluster, changed by one", () => {
    it("are put with what is there before, and its default strategy as it is", async () => {
        const has = {
            capacityProviders: ["FARGATE", "own"],
            defaultCapacityProviderStrategy: [strategy("own")],
        };
        expect(await put(has, (ecs) => ecs.attachCapacityProvider("dev", "workers"))).to.deep.equal({
            cluster: "dev",
            capacityProviders: ["FARGATE", "own", "workers"],
            defaultCapacityProviderStrategy: [strategy("own")],
        });
    });

    it("are put where there were none", async () => {
        expect(await put({}, (ecs) => ecs.attachCapacityProvider("dev", "workers"))).to.deep.equal({
            cluster: "dev",
            capacityProviders: ["workers"],
            defaultCapacityProviderStrategy: [],
        });
    });

    it("are put without the one that goes, which leaves the default strategy with it", async () => {
        const has = {
            capacityProviders: ["own", "workers"],
            defaultCapacityProviderStrategy: [strategy("own"), strategy("workers")],
        };
        expect(await put(has, (ecs) => ecs.detachCapacityProvider("dev", "workers"))).to.deep.equal({
            cluster: "dev",
            capacityProviders: ["own"],
            defaultCapacityProviderStrategy: [strategy("own")],
        });
    });

    it("are left alone where it is so already, and where there is no such cluster", async () => {
        const has = { capacityProviders: ["own", "workers"] };
        expect(await put(has, (ecs) => ecs.attachCapacityProvider("dev", "workers"))).to.equal(undefined);
        expect(await put(has, (ecs) => ecs.detachCapacityProvider("dev", "others"))).to.equal(undefined);
        expect(await put(undefined, (ecs) => ecs.attachCapacityProvider("dev", "workers"))).to.equal(
            undefined,
        );
    });

    it("tells ECS's own words where a change is under way, which the caller waits for", async () => {
        const busy: Scripted = [
            400,
            JSON.stringify({ __type: "UpdateInProgressException", message: "wait" }),
        ];
        const cluster = said(JSON.stringify({ clusters: [{ clusterName: "dev", status: "ACTIVE" }] }));
        await withAnswers({ DescribeClusters: [cluster], [providers]: [busy] }, async (aws) => {
            const refused = await aws.ecs.attachCapacityProvider("dev", "workers").catch(String);
            expect(refused).to.contain("UpdateInProgressException");
        });
    });
});

describe("the capacity provider of a group", () => {
    const arn =
        "arn:aws:autoscaling:eu-central-1:123456789012:autoScalingGroup:1:autoScalingGroupName/workers";

    for (const [isManaged, scaling, draining] of [
        [false, { status: "DISABLED" }, "DISABLED"],
        [true, { status: "ENABLED", targetCapacity: 100 }, "ENABLED"],
    ] as const) {
        it(`is made ${isManaged ? "to scale it, with draining" : "to leave its size alone"}, and protects no host`, async () => {
            const bodies: string[] = [];
            await withAnswers(
                { CreateCapacityProvider: [said("{}")] },
                ({ ecs }) =>
                    ecs.makeGroupProvider({ name: "workers", groupArn: arn, isManaged, tags: { a: "b" } }),
                (_, body) => void bodies.push(body),
            );
            expect(bodies.map((body) => JSON.parse(body) as unknown)).to.deep.equal([
                {
                    name: "workers",
                    autoScalingGroupProvider: {
                        autoScalingGroupArn: arn,
                        managedScaling: scaling,
                        managedDraining: draining,
                        managedTerminationProtection: "DISABLED",
                    },
                    tags: [{ key: "a", value: "b" }],
                },
            ]);
        });
    }

    it("is read with the name of its group, and those of Fargate are none", async () => {
        const answer = {
            capacityProviders: [
                { name: "FARGATE", status: "ACTIVE" },
                {
                    ...{ name: "workers", capacityProviderArn: "arn:cp", status: "ACTIVE" },
                    autoScalingGroupProvider: {
                        autoScalingGroupArn: arn,
                        managedScaling: { status: "ENABLED" },
                    },
                    tags: [{ key: "sles-ecs:attached-to", value: "id" }],
                },
            ],
        };
        await withAnswers({ DescribeCapacityProviders: [said(JSON.stringify(answer))] }, async ({ ecs }) => {
            const [one, ...others] = await ecs.groupProviders();
            expect(others).to.deep.equal([]);
            expect(one).to.deep.include({
                ...{ name: "workers", arn: "arn:cp", group: "workers", isManaged: true },
                tags: { "sles-ecs:attached-to": "id" },
            });
        });
    });
});
