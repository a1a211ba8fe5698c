import { setTimeout as pause } from "node:timers/promises";

import { connectAws } from "../../../automation/aws/connect";
import { main } from "../../../automation/cli/main";
import type { Aws } from "../../../automation/ports/awsServices";
import type { Clock } from "../../../automation/ports/io";
import { tagsOf } from "../../helpers/fakeWorld";
import { createFakeAws } from "../../helpers/fakeAws";
import { fakeContext, type FakeContext, type FakeContextOptions } from "../../helpers/fakes";
import { makeProject } from "../../helpers/project";
import { clusterWithHosts } from "../cloud/hostHelpers";
import type { TestCloud } from "../cloud/testCloud";

const region = "us-east-1";

/** A command line that was played against a local cloud. */
export interface Played {
    readonly exitCode: number;
    readonly out: string;
    readonly err: string;
}

export const clock: Clock = {
    now: () => new Date(),
    // As AWS takes seconds where the local cloud takes hundredths.
    sleep: async (milliseconds, signal) => {
        await pause(Math.min(milliseconds, 100), undefined, { signal });
    },
};

/** Makes the groups of all hosts alice's, as those are that `up` makes. */
async function ownGroups({ ec2 }: TestCloud): Promise<void> {
    const { Reservations = [] } = await ec2.describeInstances({});
    const groups = Reservations.flatMap(({ Instances = [] }) => Instances)
        .flatMap(({ NetworkInterfaces = [] }) => NetworkInterfaces)
        .flatMap(({ Groups = [] }) => Groups);
    await ec2.createTags({
        Resources: [...new Set(groups.flatMap(({ GroupId }) => GroupId ?? []))],
        Tags: Object.entries(tagsOf("alice")).map(([Key, Value]) => ({ Key, Value })),
    });
}

/** What has been changed since the requests were last forgotten, by the names of the calls; the lock of an environment apart. */
export async function changesAsked(cloud: TestCloud): Promise<readonly string[]> {
    const { requests } = (await cloud.control("GET", "requests")) as {
        requests: readonly { readonly service: string; readonly action: string }[];
    };
    return requests
        .filter(
            ({ service, action }) =>
                service !== "ssm" && !/^(Describe|Get|List|Filter|Simulate)/.test(action),
        )
        .map(({ action }) => action);
}

/** The environment alice with hosts, in a local cloud, as `up` leaves it; its state is a fake. */
export class Alice {
    constructor(
        private readonly cloud: TestCloud,
        private readonly options: Partial<FakeContextOptions> = {},
    ) {}

    static async up(
        cloud: TestCloud,
        hosts: number,
        options: Partial<FakeContextOptions> = {},
    ): Promise<Alice> {
        await clusterWithHosts(cloud, "alice", hosts);
        await ownGroups(cloud);
        const { clusters = [] } = await cloud.ecs.describeClusters({ clusters: ["alice"] });
        const tags = Object.entries(tagsOf("alice")).map(([key, value]) => ({ key, value }));
        await cloud.ecs.tagResource({ resourceArn: clusters[0]?.clusterArn, tags });
        return new Alice(cloud, options);
    }

    /** The AWS SDK as the program uses it, against the local cloud. */
    aws(): Aws {
        return connectAws({
            region,
            env: {
                AWS_ENDPOINT_URL: this.cloud.info.endpoint,
                AWS_ACCESS_KEY_ID: "test",
                AWS_SECRET_ACCESS_KEY: "test",
            },
        });
    }

    async play(...argv: readonly string[]): Promise<Played> {
        const context = this.context();
        const exitCode = await main(argv, context);
        return { exitCode, out: context.io.out(), err: context.io.err() };
    }

    /** What a command, or a program, is given. */
    context(): FakeContext {
        const clusterArn = `arn:aws:ecs:${region}:123456789012:cluster/alice`;
        const resources = [{ type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id: clusterArn }];
        const aws = this.aws();
        const account = { ...createFakeAws({ region }), aws, inRegion: () => aws };
        const outputs = { clusterName: "alice", clusterArn };
        const context = fakeContext({
            directory: makeProject(),
            stacks: { alice: { resources, outputs, region } },
            ...this.options,
            aws: account,
        });
        return { ...context, clock };
    }
}
