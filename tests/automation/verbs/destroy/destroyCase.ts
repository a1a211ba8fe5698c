import type { FakeAwsState } from "../../../helpers/fakeAws";
import { tagKeys } from "../../../../components/model/tags";
import { service, task } from "../../../helpers/awsObjects";
import { changes, step, type FakeStackOptions } from "../../../helpers/fakes";
import { standing, tagsOf } from "../../../helpers/fakeWorld";

export const clusterArn = "arn:aws:ecs:us-east-1:123456789012:cluster/dev";
export const stack: FakeStackOptions = {
    resources: [
        { type: "sles-ecs:components:SlesEcsCluster", name: "sles-ecs", id: "" },
        { type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id: clusterArn },
        { type: "aws:iam/role:Role", name: "sles-ecs-role", id: "sles-ecs-dev" },
        { type: "aws:iam/rolePolicy:RolePolicy", name: "sles-ecs-policy", id: "sles-ecs-dev:policy" },
        { type: "aws:ec2/instance:Instance", name: "sles-ecs-host-0", id: "i-0a1b2c3d4e5f60718" },
    ],
    outputs: { clusterName: "dev" },
    destroy: changes([
        step("delete", "aws:ec2/instance:Instance", "sles-ecs-host-0"),
        step("delete", "aws:iam/rolePolicy:RolePolicy", "sles-ecs-policy"),
        step("delete", "aws:iam/role:Role", "sles-ecs-role"),
        step("delete", "aws:ecs/cluster:Cluster", "sles-ecs-cluster"),
        step("delete", "sles-ecs:components:SlesEcsCluster", "sles-ecs"),
    ]),
};
const arn = (what: string): string => `arn:aws:ecs:us-east-1:123456789012:${what}`;
export const job = arn("task/dev/0123456789abcdef");

/** The host of dev in a cluster with a service and a task that people started by hand, and two volumes, one to keep. */
export function occupied(clusterName = "dev"): ReturnType<typeof standing> & Partial<FakeAwsState> {
    const tags = tagsOf("dev");
    const hosts = standing("dev", [{ instanceId: "i-0a1b2c3d4e5f60718" }], "us-east-1", clusterName);
    const place = { containerInstanceArn: hosts.containerInstances[clusterName]?.[0]?.arn };
    return {
        ...hosts,
        services: { [clusterName]: [service("web", { arn: arn("service/dev/web") })] },
        tasks: {
            [clusterName]: [
                task("t-1", "service:web", place),
                task("t-2", "service:web", place),
                task("t-3", "family:job", { ...place, arn: job, taskDefinition: "job:7" }),
            ],
        },
        volumes: [
            {
                id: "vol-1",
                sizeGiB: 100,
                tags: { ...tags, [tagKeys.name]: "dev-docker-1", [tagKeys.keep]: "true" },
            },
            { id: "vol-2", sizeGiB: 50, tags: { ...tags, [tagKeys.name]: "dev-docker-2" } },
        ],
    };
}

/** A security group that nobody has told the engine of. */
export const stray = { id: "sg-9", type: "security-group", leaving: false };
