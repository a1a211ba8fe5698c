import type { FakeAwsState } from "../../helpers/fakeAws";
import { tagKeys } from "../../../components/model/tags";
import { instance, service, task } from "../../helpers/awsObjects";
import { changes, step, type FakeStackOptions } from "../../helpers/fakes";
import { standing, tagsOf } from "../../helpers/fakeWorld";

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

/** A network of the environment's own, as the engine knows it. */
export const network: NonNullable<FakeStackOptions["resources"]> = [
    { type: "aws:ec2/vpc:Vpc", name: "sles-ecs-vpc", id: "vpc-1" },
    { type: "aws:ec2/route:Route", name: "sles-ecs-route", id: "r-1" },
    { type: "aws:ec2/securityGroup:SecurityGroup", name: "sles-ecs-hosts", id: "sg-1" },
    {
        type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
        name: "sles-ecs-hosts-egress",
        id: "sgr-1",
    },
];

/** The same in AWS, by its tags. */
export const networkInAws = [
    { id: "vpc-1", type: "vpc", leaving: false },
    { id: "sg-1", type: "security-group", leaving: false },
];

/** Bob's instance in that network, and his security group that lets its hosts in; the host's own interface, and a task's. */
export const strangers: Partial<FakeAwsState> = {
    instances: [
        ...occupied().instances,
        { ...instance(9), instanceId: "i-0bob", tags: { [tagKeys.name]: "bobs", [tagKeys.stack]: "bob" } },
    ],
    holders: [
        {
            id: "eni-1",
            instanceId: "i-0a1b2c3d4e5f60718",
            description: "",
            tags: {},
            holds: ["vpc-1", "sg-1"],
        },
        { id: "eni-2", instanceId: "i-0bob", description: "", tags: {}, holds: ["vpc-1", "sg-7"] },
        {
            id: "eni-3",
            description: "arn:aws:ecs:us-east-1:1:attachment/a",
            tags: {},
            holds: ["vpc-1", "sg-1"],
        },
        { id: "eni-4", description: "Interface for NAT Gateway r-1", tags: {}, holds: ["vpc-1"] },
        { id: "sg-7", description: "security group database", tags: {}, holds: ["sg-1", "sg-8"] },
    ],
};
