import { expect } from "chai";

import { renderLine } from "../../../components/model/commandLine";
import { AppError } from "../../../automation/errors/appError";
import { tagKeys } from "../../../components/model/tags";
import { cluster } from "../../helpers/awsObjects";
import { publicTable } from "../../helpers/account";
import { closedTable, existing, image, preflight, type PreflightCase } from "../../helpers/preflightCase";

describe("runPreflight refuses", () => {
    const foreign = cluster({ name: "alice", tags: {}, activeServices: 3 });
    const notSelf = cluster({ tags: { [tagKeys.stack]: "organization/sles-ecs/bob" } });
    const withoutAddress = {
        id: "subnet-0000000a",
        vpcId: "vpc-1",
        zone: "eu-central-1a",
        mapPublicIpOnLaunch: false,
    };
    const refusals: readonly (readonly [string, PreflightCase, string, number, RegExp])[] = [
        [
            "a cluster that nobody of this program made",
            { aws: { clusters: [foreign] } },
            "CLUSTER_NAME_TAKEN",
            2,
            /^clusterName: cluster alice is ACTIVE \(2 hosts, 3 services, 0 tasks\) and was not made by this program; nothing has been changed$/,
        ],
        [
            "the cluster default when somebody uses it",
            {
                settings: { clusterName: "default" },
                aws: { clusters: [cluster({ name: "default", tags: {} })] },
            },
            "CLUSTER_NAME_TAKEN",
            2,
            /cluster default is ACTIVE/,
        ],
        [
            "another environment's cluster",
            { aws: { clusters: [notSelf] }, stackIsEmpty: false },
            "CLUSTER_NAME_TAKEN",
            2,
            /belongs to organization\/sles-ecs\/bob/,
        ],
        [
            "a cluster of a stack called like ours while our state is empty",
            { aws: { clusters: [cluster()] }, stackIsEmpty: true },
            "CLUSTER_NAME_TAKEN",
            2,
            /belongs to a stack that is called organization\/sles-ecs\/alice as well/,
        ],
        [
            "a cluster to adopt that is not there",
            { settings: { adoptCluster: true } },
            "CLUSTER_NOT_FOUND",
            3,
            /there is no cluster alice to adopt/,
        ],
        [
            "a cluster to adopt that has been deleted",
            { settings: { adoptCluster: true }, aws: { clusters: [cluster({ status: "INACTIVE" })] } },
            "CLUSTER_NOT_FOUND",
            3,
            /expected an ACTIVE one/,
        ],
        [
            "to adopt its own cluster, which the engine would delete",
            { settings: { adoptCluster: true }, aws: { clusters: [cluster()] }, stackIsEmpty: false },
            "CLUSTER_IS_OWN",
            2,
            /^adoptCluster: cluster alice cannot be adopted: it is this environment's own/,
        ],
        [
            "a filter that matches nothing",
            { aws: { images: [] } },
            "IMAGE_NOT_FOUND",
            3,
            /no image in eu-central-1 is named like suse-sles-15-sp7-v\*-ecs-hvm-ssd-x86_64; .*\nthere are no ECS images of SUSE's/,
        ],
        [
            "images that are no SLES ECS images",
            {
                settings: { hostImage: { filter: "suse-sles-15-*ecs*" } },
                aws: { images: [{ ...image, name: "suse-sles-15-sp7-byos-v20260922-ecs-hvm-ssd-x86_64" }] },
            },
            "IMAGE_NOT_FOUND",
            3,
            /will do for new hosts; .*\nsuse-sles-15-sp7-byos-v20260922-ecs-hvm-ssd-x86_64 \(ami-1\): BYOS image/,
        ],
        [
            "a root volume smaller than the image",
            {
                settings: { hosts: { rootVolumeGiB: 10 } },
                aws: { images: [{ ...image, rootVolumeGiB: 12 }] },
            },
            "SETTINGS_INVALID",
            2,
            /^hosts.rootVolumeGiB: got 10, expected at least 12/,
        ],
        [
            "a region without a default VPC",
            { aws: { defaultVpc: undefined } },
            "NO_DEFAULT_VPC",
            3,
            /no default VPC/,
        ],
        [
            "a default VPC without subnets",
            { aws: { defaultSubnets: [] } },
            "NO_DEFAULT_VPC",
            3,
            /vpc-1 has no default subnets/,
        ],
        [
            "an unknown subnet",
            { settings: existing(["subnet-0000000a", "subnet-00000000"]) },
            "SUBNET_NOT_FOUND",
            3,
            /^network.subnetIds\[1\]: there is no subnet subnet-00000000/,
        ],
        [
            "an unknown security group",
            { settings: existing(["subnet-0000000a"], ["sg-00000000"]) },
            "SECURITY_GROUP_NOT_FOUND",
            3,
            /^network.securityGroupIds\[0\]: there is no security group sg-00000000/,
        ],
        [
            "subnets of two VPCs",
            { settings: existing(["subnet-0000000a", "subnet-000000ff"]) },
            "SUBNET_IN_ANOTHER_VPC",
            2,
            /^network.subnetIds\[1\]: subnet subnet-000000ff is in vpc-2, expected vpc-1/,
        ],
        [
            "a security group of another VPC",
            { settings: existing(["subnet-0000000a"], ["sg-000000ff"]) },
            "SUBNET_IN_ANOTHER_VPC",
            2,
            /^network.securityGroupIds\[0\]: security group sg-000000ff is in vpc-2/,
        ],
        [
            "a subnet without a route to S3, with the guide's reason",
            {
                settings: existing(["subnet-0000000a", "subnet-0000000b"]),
                aws: { routeTables: [publicTable, closedTable] },
            },
            "NO_ROUTE_TO_S3",
            2,
            /^network.subnetIds\[1\]: subnet-0000000b has no route to Amazon S3: rtb-closed leads to no internet or NAT gateway and has no S3 gateway endpoint. "The integrated ECS service requires access to Amazon S3 to download a pre-built container"/,
        ],
        [
            "a subnet whose only way out is an internet gateway, and whose hosts get no public address",
            {
                settings: existing(["subnet-0000000a"]),
                aws: { subnets: [withoutAddress] },
            },
            "NO_ROUTE_TO_S3",
            2,
            /^network.subnetIds\[0\]: subnet-0000000a has no route to Amazon S3: rtb-main leads only to the internet gateway igw-1, and the subnet gives hosts no public address to use it with/,
        ],
        [
            "a default VPC whose hosts get no public address",
            { aws: { defaultSubnets: [withoutAddress] } },
            "NO_ROUTE_TO_S3",
            2,
            /^network: the default subnets of this region give hosts no public address, so that they have no route to S3/,
        ],
        [
            "a route that leads into nothing",
            {
                settings: existing(["subnet-0000000a"]),
                aws: {
                    routeTables: [
                        {
                            ...publicTable,
                            routes: [{ destination: "0.0.0.0/0", target: "nat-1", state: "blackhole" }],
                        },
                    ],
                },
            },
            "NO_ROUTE_TO_S3",
            2,
            /its route through nat-1 is a blackhole/,
        ],
        [
            "an instance type that the region does not have",
            { aws: { zonesOffering: [] } },
            "INSTANCE_TYPE_NOT_OFFERED",
            2,
            /^hosts.instanceType: EC2 does not offer \S+ in this region/,
        ],
        [
            "an instance type that none of the chosen zones has",
            { settings: existing(["subnet-0000000b"]), aws: { zonesOffering: ["eu-central-1a"] } },
            "INSTANCE_TYPE_NOT_OFFERED",
            2,
            /in eu-central-1b; it does in eu-central-1a/,
        ],
        [
            "an unknown instance profile",
            { settings: { instanceRole: { mode: "existing", instanceProfileName: "nobody" } } },
            "INSTANCE_PROFILE_NOT_FOUND",
            3,
            /there is no instance profile nobody/,
        ],
        [
            "an unknown key pair",
            { settings: { hosts: { keyName: "home" } } },
            "KEY_PAIR_NOT_FOUND",
            3,
            /^hosts.keyName: the region has no key pair home/,
        ],
    ];
    for (const [what, given, code, exitCode, message] of refusals) {
        it(what, async () => {
            const { result, fake } = await preflight(given);
            expect(result).to.be.instanceOf(AppError);
            const error = result as AppError;
            expect(error.code).to.equal(code);
            expect(error.exitCode).to.equal(exitCode);
            expect([error.message, ...error.details.map((detail) => renderLine(detail))].join("\n")).to.match(
                message,
            );
            expect(renderLine(error.hint ?? ""), "a next step").not.to.equal("");
            expect(fake.changes).to.deep.equal([]);
        });
    }
});
