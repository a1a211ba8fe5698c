import { environmentTags } from "../../../../components/model/tags";
import { cluster, instance, registered, service, task } from "../../../helpers/awsObjects";
import type { FakeAwsState } from "../../../helpers/fakeAws";
import type { FakeContextOptions } from "../../../helpers/fakes";
import { tagsOf } from "../../../helpers/fakeWorld";
import { makeProject } from "../../../helpers/project";
import { play, type Played } from "../../../helpers/transcript";

export const lostId = "10570000-0000-4000-8000-000000000000";
export const lost = environmentTags(
    { environment: "lost", stack: "organization/sles-ecs/lost", stackId: lostId },
    {},
);
export const over = { "sles-ecs:owner": "bob", "sles-ecs:expires-at": "2026-11-23T09:00:00Z" };
export const clusterArn = "arn:aws:ecs:us-east-1:123456789012:cluster/lost";

/** A host, a service and a role of `lost`, whose state is gone; a kept volume of its, and dev, which a state here knows. */
export function account(leaseTags: Readonly<Record<string, string>> = over): Partial<FakeAwsState> {
    return {
        region: "us-east-1",
        clusters: [
            cluster({ name: "lost", arn: clusterArn, tags: { ...lost, ...leaseTags } }),
            cluster({ name: "dev", arn: clusterArn.replace("lost", "dev"), tags: tagsOf("dev") }),
            cluster({ name: "foreign", arn: clusterArn.replace("lost", "foreign"), tags: {} }),
        ],
        instances: [
            instance(1, { tags: lost, launchedAt: new Date("2026-11-20T10:00:00Z") }),
            instance(2, { tags: tagsOf("dev") }),
        ],
        containerInstances: { lost: [registered(1, { clusterName: "lost" })] },
        services: { lost: [service("web")], dev: [service("web")] },
        tasks: { lost: [task("t-1", "service:web")] },
        roles: { [`sles-ecs-lost-us-east-1-${lostId.slice(0, 8)}`]: lost },
        volumes: [{ id: "vol-1", sizeGiB: 100, isFree: true, tags: { ...lost, "sles-ecs:keep": "true" } }],
    };
}

export const world = (changes: Partial<FakeContextOptions> = {}): FakeContextOptions => ({
    directory: makeProject(),
    summaries: [{ name: "dev", updateInProgress: false, resourceCount: 5, current: false }],
    stacks: { dev: {} },
    aws: account(),
    ...changes,
});

export const remove = (argv: readonly string[], changes: Partial<FakeContextOptions> = {}): Promise<Played> =>
    play(["orphans", "--region", "us-east-1", "--remove", ...argv], world(changes));
