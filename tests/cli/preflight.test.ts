import { expect } from "chai";

import { runPreflight } from "../../automation/actions/preflight";
import { AppError } from "../../automation/errors";
import type { RouteTable, VpcEndpoint } from "../../automation/ports/awsNetwork";
import { parseSettings } from "../../components/model/settings";
import { tagKeys } from "../../components/model/tags";
import { cluster } from "../helpers/awsObjects";
import { createFakeAws, stack, type FakeAwsState } from "../helpers/fakeAws";
import { recordProgress } from "../helpers/fakeTime";

const image = {
    id: "ami-1",
    name: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
    ownerId: "013907871322",
    rootVolumeGiB: 10,
};
const publicTable: RouteTable = {
    id: "rtb-main",
    vpcId: "vpc-1",
    main: true,
    subnetIds: [],
    routes: [
        { destination: "172.31.0.0/16", target: "local", state: "active" },
        { destination: "0.0.0.0/0", target: "igw-1", state: "active" },
    ],
};
const closedTable: RouteTable = {
    ...publicTable,
    id: "rtb-closed",
    main: false,
    subnetIds: ["subnet-0000000b"],
    routes: publicTable.routes.slice(0, 1),
};
const gateway: VpcEndpoint = {
    id: "vpce-1",
    vpcId: "vpc-1",
    serviceName: "com.amazonaws.eu-central-1.s3",
    type: "Gateway",
    state: "available",
    routeTableIds: ["rtb-closed"],
    subnetIds: [],
};

/** An account in which the default settings work. */
const goodAccount: Partial<FakeAwsState> = {
    images: [image],
    defaultVpc: { id: "vpc-1", cidrBlock: "172.31.0.0/16" },
    subnets: [
        { id: "subnet-0000000a", vpcId: "vpc-1", zone: "eu-central-1a" },
        { id: "subnet-0000000b", vpcId: "vpc-1", zone: "eu-central-1b" },
        { id: "subnet-000000ff", vpcId: "vpc-2", zone: "eu-central-1a" },
    ],
    securityGroups: [
        { id: "sg-00000001", vpcId: "vpc-1" },
        { id: "sg-000000ff", vpcId: "vpc-2" },
    ],
    routeTables: [publicTable, { ...publicTable, id: "rtb-2", vpcId: "vpc-2" }],
    zonesOffering: ["eu-central-1a", "eu-central-1b"],
    keyPairs: ["work"],
    instanceProfiles: { ecsInstanceRole: {} },
};

interface Case {
    readonly settings?: object;
    readonly aws?: Partial<FakeAwsState>;
    readonly stackIsEmpty?: boolean;
}

async function preflight({ settings = {}, aws = {}, stackIsEmpty = true }: Case) {
    const fake = createFakeAws({ ...goodAccount, ...aws });
    const parsed = parseSettings(settings, "alice").settings;
    if (parsed === undefined) {
        throw new Error(`the test's own settings are wrong: ${JSON.stringify(parseSettings(settings, "alice"))}`);
    }
    const result = await runPreflight(fake.aws, {
        environment: "alice",
        stack,
        settings: parsed,
        stackIsEmpty,
        signal: new AbortController().signal,
        progress: recordProgress().progress,
    }).catch((error: unknown) => error);
    return { result, fake };
}

const existing = (subnetIds: string[], securityGroupIds: string[] = ["sg-00000001"]) => ({
    network: { mode: "existing", subnetIds, securityGroupIds },
});

describe("runPreflight", () => {
    it("passes an empty account with the default settings, and says who we are", async () => {
        const { result } = await preflight({});
        expect(result).to.deep.equal({
            caller: { accountId: "123456789012", arn: "arn:aws:iam::123456789012:user/alice", region: "eu-central-1" },
            warnings: [],
        });
    });

    const foreign = cluster({ name: "alice", tags: {}, activeServices: 3 });
    const notSelf = cluster({ tags: { [tagKeys.stack]: "organization/sles-ecs/bob" } });
    const refusals: readonly (readonly [string, Case, string, number, RegExp])[] = [
        [
            "a cluster that nobody of this program made",
            { aws: { clusters: [foreign] } },
            "CLUSTER_NAME_TAKEN",
            2,
            /^clusterName: cluster alice is ACTIVE \(2 hosts, 3 services, 0 tasks\) and was not made by this program; nothing has been changed$/,
        ],
        [
            "the cluster default when somebody uses it",
            { settings: { clusterName: "default" }, aws: { clusters: [cluster({ name: "default", tags: {} })] } },
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
            "a cluster with our own tag while our state is empty",
            { aws: { clusters: [cluster()] }, stackIsEmpty: true },
            "CLUSTER_NAME_TAKEN",
            2,
            /carries this environment's own tag, but the state of the environment is empty/,
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
            "a filter that matches nothing",
            { aws: { images: [] } },
            "IMAGE_NOT_FOUND",
            3,
            /no image of the region is named like suse-sles-15-sp7-v\*-ecs-hvm-ssd-x86_64/,
        ],
        [
            "images that are no SLES ECS images",
            { aws: { images: [{ ...image, name: "suse-sles-15-sp7-v20260922-ecs-byos-hvm-ssd-x86_64" }] } },
            "IMAGE_NOT_FOUND",
            3,
            /none of the 1 images .* is not a SLES ECS image by its name/,
        ],
        [
            "a root volume smaller than the image",
            { settings: { hosts: { rootVolumeGiB: 10 } }, aws: { images: [{ ...image, rootVolumeGiB: 12 }] } },
            "SETTINGS_INVALID",
            2,
            /^hosts.rootVolumeGiB: got 10, expected at least 12/,
        ],
        ["a region without a default VPC", { aws: { defaultVpc: undefined } }, "NO_DEFAULT_VPC", 3, /no default VPC/],
        ["a default VPC without subnets", { aws: { subnets: [] } }, "NO_DEFAULT_VPC", 3, /vpc-1 has no subnets/],
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
            { settings: existing(["subnet-0000000a", "subnet-0000000b"]), aws: { routeTables: [publicTable, closedTable] } },
            "NO_ROUTE_TO_S3",
            2,
            /^network.subnetIds\[1\]: subnet-0000000b has no route to Amazon S3: rtb-closed leads to no internet or NAT gateway and has no S3 gateway endpoint. "The integrated ECS service requires access to Amazon S3 to download a pre-built container"/,
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
        it(`refuses ${what}`, async () => {
            const { result, fake } = await preflight(given);
            expect(result).to.be.instanceOf(AppError);
            const error = result as AppError;
            expect(error.code).to.equal(code);
            expect(error.exitCode).to.equal(exitCode);
            expect(error.message).to.match(message);
            expect(error.hint, "a next step").to.be.a("string");
            expect(fake.changes).to.deep.equal([]);
        });
    }

    const passes: readonly (readonly [string, Case])[] = [
        ["its own cluster", { aws: { clusters: [cluster()] }, stackIsEmpty: false }],
        ["a name whose cluster has been deleted", { aws: { clusters: [cluster({ status: "INACTIVE", tags: {} })] } }],
        ["an adopted cluster", { settings: { adoptCluster: true }, aws: { clusters: [foreign] } }],
        ["an existing instance profile", { settings: { instanceRole: { mode: "existing", instanceProfileName: "ecsInstanceRole" } } }],
        ["a key pair that exists", { settings: { hosts: { keyName: "work" } } }],
        [
            "a closed subnet with a gateway endpoint for S3",
            {
                settings: existing(["subnet-0000000b"]),
                aws: { routeTables: [publicTable, closedTable], vpcEndpoints: [gateway] },
            },
        ],
        ["a default VPC with a zone that lacks the instance type", { aws: { zonesOffering: ["eu-central-1a"] } }],
        ["a network yet to be created", { settings: { network: { mode: "create" } }, aws: { defaultVpc: undefined } }],
    ];
    for (const [what, given] of passes) {
        it(`passes ${what}`, async () => {
            expect((await preflight(given)).result).to.have.deep.property("warnings", []);
        });
    }

    it("reports problems of different kinds all together", async () => {
        const { result } = await preflight({
            settings: { hosts: { keyName: "home" } },
            aws: { clusters: [foreign], images: [], defaultVpc: undefined },
        });
        const error = result as AppError;
        expect(error.code).to.equal("PREFLIGHT_FAILED");
        expect(error.message).to.equal("AWS has 4 objections to the settings; nothing has been changed");
        expect(error.details.map((line) => /^(\S+): .*\[(\w+)\]$/.exec(line)?.slice(1, 3))).to.deep.equal([
            ["clusterName", "CLUSTER_NAME_TAKEN"],
            ["hostImage.filter", "IMAGE_NOT_FOUND"],
            ["network.mode", "NO_DEFAULT_VPC"],
            ["hosts.keyName", "KEY_PAIR_NOT_FOUND"],
        ]);
    });

    it("only warns when some of the chosen zones lack the instance type", async () => {
        const { result } = await preflight({
            settings: existing(["subnet-0000000a", "subnet-0000000b"]),
            aws: { zonesOffering: ["eu-central-1a"] },
        });
        expect((result as { warnings: { path: string; severity: string }[] }).warnings).to.have.lengthOf(1);
        expect(result).to.have.nested.property("warnings[0].path", "hosts.instanceType");
    });

    it("only warns when an interface endpoint for S3 may serve a closed subnet", async () => {
        const { result } = await preflight({
            settings: existing(["subnet-0000000b"]),
            aws: {
                routeTables: [publicTable, closedTable],
                vpcEndpoints: [{ ...gateway, type: "Interface", routeTableIds: [] }],
            },
        });
        expect(result).to.have.nested.property("warnings[0].code", "NO_ROUTE_TO_S3");
    });

    it("takes a missing permission for a check as a warning", async () => {
        const denied = new AppError("AWS_ACCESS_DENIED", { message: "not allowed to call ec2:DescribeRouteTables" });
        const { result } = await preflight({ aws: { errors: { "ec2.routeTables": denied } } });
        expect(result).to.have.nested.property(
            "warnings[0].message",
            "could not check the network: not allowed to call ec2:DescribeRouteTables",
        );
        expect(result).to.have.property("warnings").with.lengthOf(1);
    });

    it("fails without credentials, whatever else there would be to say", async () => {
        const missing = new AppError("AWS_CREDENTIALS_MISSING", { message: "no AWS credentials" });
        const names = ["identity.caller", "ecs.cluster", "ec2.images", "ec2.defaultVpc", "ec2.zonesOffering"];
        const { result } = await preflight({
            aws: { errors: Object.fromEntries(names.map((name) => [name, missing])) },
        });
        expect(result).to.equal(missing);
    });
});
