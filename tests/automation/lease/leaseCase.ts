import type { StateLease } from "../../../components/model/lease";
import { tagKeys, type Tags } from "../../../components/model/tags";
import { cluster } from "../../helpers/awsObjects";
import type { FakeAwsState } from "../../helpers/fakeAws";
import { changes, step, type FakeContextOptions, type FakeStackOptions } from "../../helpers/fakes";
import { tagsOf } from "../../helpers/fakeWorld";
import { makeProject } from "../../helpers/project";

/** Tests begin on 23 November 2026 at ten. */
export const inTwoHours = "2026-11-23T12:00:00Z";
export const anHourAgo = "2026-11-23T09:00:00Z";

/** An environment with a lease. */
export interface LeasedEnvironment {
    /** Value of the tag. */
    readonly expiresAt: string;
    readonly owner?: string;
    /** Other tags of its cluster; one of the lease's with "" is missing. */
    readonly tags?: Tags;
    readonly lease?: Partial<StateLease>;
    readonly stack?: FakeStackOptions;
}

export const arnOf = (environment: string): string =>
    `arn:aws:ecs:us-east-1:123456789012:cluster/${environment}`;

/** A folder with no settings of anybody, and these environments in state and account. */
export function leased(
    environments: Readonly<Record<string, LeasedEnvironment>>,
    aws: Partial<FakeAwsState> = {},
): FakeContextOptions {
    const all = Object.entries(environments);
    return {
        directory: makeProject(),
        summaries: all.map(([name]) => ({ name, updateInProgress: false, resourceCount: 9, current: false })),
        stacks: Object.fromEntries(all.map(([name, one]) => [name, stackOf(name, one)])),
        aws: {
            region: "us-east-1",
            clusters: all.map(([name, one]) =>
                cluster({ name, arn: arnOf(name), tags: clusterTags(name, one) }),
            ),
            scheduleGroups: Object.fromEntries(all.map(([name]) => [`sles-ecs-${name}`, tagsOf(name)])),
            ...aws,
        },
        answers: [true],
    };
}

function stackOf(name: string, { owner = "alice", lease, stack }: LeasedEnvironment): FakeStackOptions {
    return {
        resources: [{ type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id: arnOf(name) }],
        outputs: { clusterName: name, clusterArn: arnOf(name) },
        region: "us-east-1",
        lease: { owner, expiresAt: "2026-11-23T11:00:00Z", graceSeconds: 3600, ...lease },
        destroy: changes([step("delete", "aws:ecs/cluster:Cluster", "sles-ecs-cluster")]),
        ...stack,
    };
}

function clusterTags(name: string, { expiresAt, owner = "alice", tags = {} }: LeasedEnvironment): Tags {
    const all = {
        ...tagsOf(name),
        [tagKeys.owner]: owner,
        [tagKeys.expiresAt]: expiresAt,
        ...tags,
    };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
}
