import type { Volume } from "../../../automation/ports/awsServices";
import { tagKeys, type TagQuery, type Tags } from "../../../components/model/tags";
import { faultsOfPlans, kmsKey } from "./doorFaultsOfPlans";
import { publicTable } from "../../helpers/account";
import { cluster, instance } from "../../helpers/awsObjects";
import { ownTags, stack } from "../../helpers/fakeAws";
import {
    behindNat,
    closedTable,
    ecsEndpoints,
    existing,
    gateway,
    image,
    type PreflightCase,
} from "../../helpers/preflightCase";

export const foreign = cluster({ tags: {} });
export const theirs = cluster({ tags: { [tagKeys.stack]: "organization/sles-ecs/bob" } });
const namesake = cluster({ tags: { [tagKeys.stack]: stack, [tagKeys.stackId]: "another" } });
export const march = {
    ...image,
    id: "ami-00000000000000310",
    name: "suse-sles-15-sp7-v20260310-ecs-hvm-ssd-x86_64",
};
const lock = { id: march.id, name: march.name, date: "20260310", region: "eu-central-1" };
const arm = { ...image, name: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-arm64" };
const withoutAddress = {
    id: "subnet-0000000a",
    vpcId: "vpc-1",
    zone: "eu-central-1a",
    mapPublicIpOnLaunch: false,
};

export const dockerVolume = (tags: TagQuery): Volume => ({
    id: "vol-1",
    sizeGiB: 100,
    tags: JSON.parse(JSON.stringify({ ...tags, [tagKeys.host]: "1", [tagKeys.storage]: "docker" })) as Tags,
});

export const keptVolume: Volume = {
    ...dockerVolume({ ...ownTags, [tagKeys.stackId]: "earlier", [tagKeys.keep]: "true" }),
    zone: "eu-central-1a",
    isEncrypted: true,
    isFree: true,
};

/** What every door refuses: what it is, the account and settings, and the code. */
export const faults: readonly (readonly [string, PreflightCase, string])[] = [
    ["a cluster that nobody of this program made", { aws: { clusters: [foreign] } }, "CLUSTER_NAME_TAKEN"],
    ["another environment's cluster", { aws: { clusters: [theirs] } }, "CLUSTER_NAME_TAKEN"],
    [
        "a cluster whose capacity providers are still being made",
        { aws: { clusters: [{ ...foreign, status: "PROVISIONING" }] } },
        "CLUSTER_NAME_TAKEN",
    ],
    ["no cluster to adopt", { settings: { adoptCluster: true } }, "CLUSTER_NOT_FOUND"],
    [
        "a cluster to adopt that is not ready",
        { settings: { adoptCluster: true }, aws: { clusters: [{ ...foreign, status: "PROVISIONING" }] } },
        "CLUSTER_NOT_FOUND",
    ],
    [
        "its own cluster to adopt",
        { settings: { adoptCluster: true }, aws: { clusters: [cluster()] }, stackIsEmpty: false },
        "CLUSTER_IS_OWN",
    ],
    ["a filter that matches nothing", { aws: { images: [] } }, "IMAGE_NOT_FOUND"],
    [
        "a lock on an image that is another one",
        { settings: { hostImage: { lock } }, aws: { images: [{ ...image, id: march.id }] } },
        "IMAGE_LOCK_WRONG",
    ],
    ["a locked image that is gone", { settings: { hostImage: { lock } } }, "IMAGE_RETIRED"],
    [
        "a root volume smaller than the image",
        { settings: { hosts: { rootVolumeGiB: 10 } }, aws: { images: [{ ...image, rootVolumeGiB: 12 }] } },
        "SETTINGS_INVALID",
    ],
    [
        "an image of another architecture",
        {
            settings: { hostImage: { filter: "suse-sles-15-sp7-v*-ecs-hvm-ssd-*" } },
            aws: { images: [arm] },
        },
        "SETTINGS_INVALID",
    ],
    ["no default VPC", { aws: { defaultVpc: undefined, defaultSubnets: [] } }, "NO_DEFAULT_VPC"],
    ["a default VPC without subnets", { aws: { defaultSubnets: [] } }, "NO_DEFAULT_VPC"],
    [
        "a default VPC without public addresses",
        { aws: { defaultSubnets: [withoutAddress], subnets: [] } },
        "NO_ROUTE_TO_S3",
    ],
    ["an unknown subnet", { settings: existing(["subnet-00000000"]) }, "SUBNET_NOT_FOUND"],
    [
        "an unknown security group",
        { settings: existing(["subnet-0000000a"], ["sg-00000000"]) },
        "SECURITY_GROUP_NOT_FOUND",
    ],
    [
        "a security group of another VPC",
        { settings: existing(["subnet-0000000a"], ["sg-000000ff"]) },
        "SUBNET_IN_ANOTHER_VPC",
    ],
    [
        "a group of another VPC to let in",
        {
            settings: {
                network: { mode: "default", ingress: [{ port: 80, securityGroupIds: ["sg-000000ff"] }] },
            },
        },
        "SUBNET_IN_ANOTHER_VPC",
    ],
    [
        "a group to let into a VPC that is yet to be made",
        {
            settings: {
                network: { mode: "create", ingress: [{ port: 80, securityGroupIds: ["sg-00000001"] }] },
            },
        },
        "SUBNET_IN_ANOTHER_VPC",
    ],
    [
        "a closed subnet",
        { settings: existing(["subnet-0000000b"]), aws: { routeTables: [publicTable, closedTable] } },
        "NO_ROUTE_TO_S3",
    ],
    [
        "a closed subnet with a gateway endpoint for S3 alone",
        {
            settings: existing(["subnet-0000000b"]),
            aws: { routeTables: [publicTable, closedTable], vpcEndpoints: [gateway] },
        },
        "NO_ROUTE_TO_ECS",
    ],
    [
        "a subnet behind a NAT gateway that has failed",
        {
            settings: existing(["subnet-0000000b"]),
            aws: {
                ...behindNat,
                natGateways: (behindNat.natGateways ?? []).map((one) => ({ ...one, state: "failed" })),
            },
        },
        "NO_ROUTE_TO_S3",
    ],
    [
        "security groups that let no HTTPS out",
        {
            settings: existing(["subnet-0000000a"]),
            aws: {
                securityGroups: [
                    {
                        id: "sg-00000001",
                        vpcId: "vpc-1",
                        rules: [
                            { isEgress: true, protocol: "tcp", fromPort: 80, toPort: 80, peer: "0.0.0.0/0" },
                        ],
                    },
                ],
            },
        },
        "NO_ROUTE_TO_S3",
    ],
    [
        "packages for hosts in a subnet from which they cannot be got",
        {
            settings: { ...existing(["subnet-0000000b"]), hosts: { packages: ["htop"] } },
            aws: { routeTables: [publicTable, closedTable], vpcEndpoints: [gateway, ...ecsEndpoints] },
        },
        "NO_ROUTE_TO_SUSE",
    ],
    [
        "a public subnet without public addresses",
        {
            settings: existing(["subnet-0000000a"]),
            aws: { subnets: [withoutAddress], defaultSubnets: [] },
        },
        "NO_ROUTE_TO_S3",
    ],
    [
        "fewer zones than a new network wants",
        { settings: { network: { mode: "create", zones: 4 } } },
        "SETTINGS_INVALID",
    ],
    ["an instance type that nobody offers", { aws: { zonesOffering: [] } }, "INSTANCE_TYPE_NOT_OFFERED"],
    [
        "an instance type that the zone of a host's docker volume does not offer",
        {
            settings: { dockerStorage: { mode: "volume" } },
            aws: {
                zonesOffering: ["eu-central-1b"],
                instances: [
                    instance(1, {
                        subnetId: "subnet-0000000a",
                        tags: { ...instance(1).tags, [tagKeys.host]: "1" },
                    }),
                ],
            },
            stackIsEmpty: false,
        },
        "INSTANCE_TYPE_NOT_OFFERED",
    ],
    [
        "a new network in zones that do not offer the instance type, and no other zone does",
        {
            settings: { network: { mode: "create" } },
            aws: { zonesOffering: ["eu-central-1d"] },
        },
        "INSTANCE_TYPE_NOT_OFFERED",
    ],
    [
        "an instance type that other zones offer",
        { aws: { zonesOffering: ["eu-central-1c"] } },
        "INSTANCE_TYPE_NOT_OFFERED",
    ],
    [
        "an unknown instance profile",
        { settings: { instanceRole: { mode: "existing", instanceProfileName: "nobody" } } },
        "INSTANCE_PROFILE_NOT_FOUND",
    ],
    [
        "an instance profile with which hosts could not join",
        {
            settings: { instanceRole: { mode: "existing", instanceProfileName: "ecsInstanceRole" } },
            aws: { verdicts: { "ecs:Poll": "denied", "ecs:RegisterContainerInstance": "denied" } },
        },
        "INSTANCE_PROFILE_TOO_NARROW",
    ],
    [
        "an instance profile without what a setting of the agent needs to join",
        {
            settings: {
                instanceRole: { mode: "existing", instanceProfileName: "ecsInstanceRole" },
                agent: { tags: { team: "a" } },
            },
            aws: { verdicts: { "ecs:TagResource": "denied" } },
        },
        "INSTANCE_PROFILE_TOO_NARROW",
    ],
    [
        "a cluster of a stack that is called alike",
        { aws: { clusters: [namesake] }, stackIsEmpty: false },
        "CLUSTER_NAME_TAKEN",
    ],
    [
        "a docker volume smaller than it is",
        {
            settings: { dockerStorage: { mode: "volume", sizeGiB: 50 } },
            aws: { volumes: [dockerVolume(ownTags)] },
            stackIsEmpty: false,
        },
        "VOLUME_CANNOT_SHRINK",
    ],
    [
        "a docker volume smaller than one that is older than stack ids",
        {
            settings: { dockerStorage: { mode: "volume", sizeGiB: 50 } },
            aws: { volumes: [dockerVolume({ ...ownTags, [tagKeys.stackId]: undefined })] },
            stackIsEmpty: false,
        },
        "VOLUME_CANNOT_SHRINK",
    ],
    [
        "two docker volumes that were kept for one host",
        {
            settings: { dockerStorage: { mode: "volume", sizeGiB: 100 } },
            aws: { volumes: ["vol-1", "vol-2"].map((id) => ({ ...keptVolume, id })) },
        },
        "KEPT_VOLUME_UNUSABLE",
    ],
    [
        "a kept docker volume under another key",
        {
            settings: { dockerStorage: { mode: "volume", kmsKeyId: kmsKey("b") } },
            aws: {
                volumes: [{ ...keptVolume, kmsKeyId: kmsKey("a") }],
                encryptionKeys: { [kmsKey("b")]: { arn: kmsKey("b"), state: "Enabled" } },
            },
        },
        "KEPT_VOLUME_UNUSABLE",
    ],
    [
        "a root volume smaller than it is",
        {
            settings: { hosts: { rootVolumeGiB: 40 } },
            aws: { volumes: [{ id: "vol-2", sizeGiB: 110, tags: { ...ownTags, [tagKeys.host]: "1" } }] },
            stackIsEmpty: false,
        },
        "VOLUME_CANNOT_SHRINK",
    ],
    [
        "an agent that leaves its tasks no memory",
        { settings: { agent: { reservedMemoryMiB: 1901 } }, aws: { memoryMiB: 2000 } },
        "SETTINGS_INVALID",
    ],
    ["an unknown key pair", { settings: { hosts: { keyName: "home" } } }, "KEY_PAIR_NOT_FOUND"],
    ...faultsOfPlans,
];
