import { expect } from "chai";

import { renderLine } from "../../../components/model/commandLine";
import { AppError } from "../../../automation/errors/appError";
import { cluster } from "../../helpers/awsObjects";
import type { GroupRule } from "../../../components/model/checks/reads";
import type { PintServers } from "../../../automation/ports/pint";
import { silentPint, suseServers } from "../../helpers/fakePint";
import { publicTable } from "../../helpers/account";
import { said } from "../../helpers/said";
import {
    behindNat,
    closedTable,
    ecsEndpoints,
    existing,
    gateway,
    preflight,
    type PreflightCase,
} from "../../helpers/preflightCase";

describe("runPreflight", () => {
    it("passes an empty account with the default settings, and says who we are", async () => {
        const { result } = await preflight({});
        expect(said(result)).to.deep.equal({
            caller: {
                accountId: "123456789012",
                arn: "arn:aws:iam::123456789012:user/alice",
                region: "eu-central-1",
            },
            warnings: [],
            hostImage: {
                id: "ami-1",
                name: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
                date: "20260922",
                region: "eu-central-1",
            },
            keptRepositories: [],
            keptVolumes: [],
        });
    });

    const foreign = cluster({ name: "alice", tags: {}, activeServices: 3 });
    const passes: readonly (readonly [string, PreflightCase])[] = [
        ["its own cluster", { aws: { clusters: [cluster()] }, stackIsEmpty: false }],
        [
            "a name whose cluster has been deleted",
            { aws: { clusters: [cluster({ status: "INACTIVE", tags: {} })] } },
        ],
        ["an adopted cluster", { settings: { adoptCluster: true }, aws: { clusters: [foreign] } }],
        [
            "an existing instance profile",
            { settings: { instanceRole: { mode: "existing", instanceProfileName: "ecsInstanceRole" } } },
        ],
        ["a key pair that exists", { settings: { hosts: { keyName: "work" } } }],
        [
            "a subnet without public addresses behind a NAT gateway, with which it needs none",
            {
                settings: existing(["subnet-0000000b"]),
                aws: {
                    ...behindNat,
                    subnets: [
                        {
                            id: "subnet-0000000b",
                            vpcId: "vpc-1",
                            zone: "eu-central-1b",
                            mapPublicIpOnLaunch: false,
                        },
                    ],
                },
            },
        ],
        [
            "a default VPC with a zone that lacks the instance type",
            { aws: { zonesOffering: ["eu-central-1a"] } },
        ],
        [
            "a network yet to be created",
            { settings: { network: { mode: "create" } }, aws: { defaultVpc: undefined } },
        ],
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
        const problems = error.details
            .map((line) => renderLine(line))
            .filter((line) => !line.startsWith("  "));
        expect(problems.map((line) => /^(\S+): .*\[(\w+)\]$/.exec(line)?.slice(1, 3))).to.deep.equal([
            ["clusterName", "CLUSTER_NAME_TAKEN"],
            ["hostImage.filter", "IMAGE_NOT_FOUND"],
            ["network.mode", "NO_DEFAULT_VPC"],
            ["hosts.keyName", "KEY_PAIR_NOT_FOUND"],
        ]);
        expect(error.details[2]).to.equal("  there are no ECS images of SUSE's in this region");
    });

    it("warns of a block of the Internet for a network of its own, and of none that is private", async () => {
        const warningsOf = async (cidrBlock: string) => {
            const { result } = await preflight({ settings: { network: { mode: "create", cidrBlock } } });
            return (result as { warnings: { path: string }[] }).warnings.map(({ path }) => path);
        };
        expect(await warningsOf("52.28.0.0/16")).to.deep.equal(["network.cidrBlock"]);
        for (const cidrBlock of ["10.3.0.0/16", "172.31.0.0/16", "192.168.7.0/24", "100.64.0.0/16"]) {
            expect(await warningsOf(cidrBlock)).to.deep.equal([]);
        }
    });

    it("warns that hosts of an isolated network get no updates, and how they would", async () => {
        const { result } = await preflight({
            settings: { network: { mode: "create", subnets: "isolated" } },
        });
        expect(said(result)).to.have.deep.property("warnings", [
            {
                code: "NO_ROUTE_TO_SUSE",
                path: "network.subnets",
                severity: "warning",
                message:
                    "isolated subnets have no route to SUSE's update servers, and no endpoint of a VPC leads there. Hosts run without them, but get neither updates nor packages",
                hint: { do: "setSetting", path: "network.subnets", value: "private" },
            },
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
                vpcEndpoints: [{ ...gateway, type: "Interface", routeTableIds: [] }, ...ecsEndpoints],
            },
        });
        expect(result).to.have.nested.property("warnings[0].code", "NO_ROUTE_TO_S3");
    });

    for (const [destination, target] of [
        ["0.0.0.0/1", "tgw-1"],
        ["128.0.0.0/1", "tgw-1"],
        ["52.216.0.0/15", "nat-1"],
        ["pl-63a5400a", "tgw-1"],
    ] as const) {
        it(`only warns of a way out in another form: ${destination} through ${target}`, async () => {
            const routes = [...closedTable.routes, { destination, target, state: "active" }];
            const { result } = await preflight({
                settings: existing(["subnet-0000000b"]),
                aws: { routeTables: [publicTable, { ...closedTable, routes }] },
            });
            expect(result).to.have.nested.property("warnings[0].code", "NO_ROUTE_TO_S3");
            expect(result)
                .to.have.nested.property("warnings[0].message")
                .that.includes(`unless its route to ${destination} through ${target} leads there`);
        });
    }

    for (const [what, route] of Object.entries({
        "a private network": { destination: "10.0.0.0/8", target: "tgw-1", state: "active" },
        "another private network": { destination: "172.16.0.0/12", target: "pcx-1", state: "active" },
        "a gateway endpoint of another service": { destination: "pl-1", target: "vpce-1", state: "active" },
        "nothing any more": { destination: "0.0.0.0/1", target: "tgw-1", state: "blackhole" },
        IPv6: { destination: "::/0", target: "eigw-1", state: "active" },
    })) {
        it(`takes a route for no way out that leads to ${what}`, async () => {
            const routes = [...closedTable.routes, route];
            const { result } = await preflight({
                settings: existing(["subnet-0000000b"]),
                aws: { routeTables: [publicTable, { ...closedTable, routes }] },
            });
            expect(result).to.have.property("code", "NO_ROUTE_TO_S3");
        });
    }

    it("takes a missing permission for a check as a warning", async () => {
        const denied = new AppError("AWS_ACCESS_DENIED", {
            message: "not allowed to call ec2:DescribeRouteTables",
        });
        const { result } = await preflight({ aws: { errors: { "ec2.routeTables": denied } } });
        expect(result).to.have.nested.property(
            "warnings[0].message",
            "could not check the network: not allowed to call ec2:DescribeRouteTables",
        );
        expect(result).to.have.property("warnings").with.lengthOf(1);
    });

    it("tells once of what cannot be seen and is in the way of everything", async () => {
        const route = { destination: "0.0.0.0/0", target: "tgw-1", state: "active" };
        const { result } = await preflight({
            settings: existing(["subnet-0000000a"]),
            aws: { routeTables: [{ ...publicTable, routes: [route] }] },
        });
        const { warnings } = result as { readonly warnings: readonly { readonly code: string }[] };
        expect(warnings.map(({ code }) => code)).to.deep.equal(["NO_ROUTE_TO_S3"]);
    });

    it("tells of a subnet all that cannot be reached at once, each missing link once", async () => {
        const of = async (aws: PreflightCase["aws"], subnet: string) => {
            const { result } = await preflight({ settings: existing([subnet]), aws });
            return (result as AppError).details.map((line) => renderLine(line));
        };
        const closed = await of({ routeTables: [publicTable, closedTable] }, "subnet-0000000b");
        expect(closed).to.deep.equal([
            "subnet-0000000b has no route to Amazon ECS: rtb-closed leads to no internet or NAT gateway, and the VPC has no interface endpoint with private DNS for ecs, ecs-agent, ecs-telemetry; route the subnet through a NAT gateway, or give the VPC interface endpoints with private DNS for com.amazonaws.eu-central-1.ecs, com.amazonaws.eu-central-1.ecs-agent, com.amazonaws.eu-central-1.ecs-telemetry",
            "subnet-0000000b has no route to SUSE's update servers: rtb-closed leads to no internet or NAT gateway, and no endpoint of a VPC leads to SUSE's servers; route the subnet through a NAT gateway",
        ]);
        const group = { id: "sg-00000001", vpcId: "vpc-1", rules: [] };
        expect(await of({ securityGroups: [group] }, "subnet-0000000a")).to.deep.equal([
            "Amazon ECS and SUSE's update servers cannot be reached from there either",
        ]);
    });

    it("goes on without what of a network may not be read, and says so", async () => {
        const denied = (call: string) =>
            new AppError("AWS_ACCESS_DENIED", { message: `not allowed to call ec2:${call}` });
        const errors = {
            "ec2.natGateways": denied("DescribeNatGateways"),
            "ec2.networkAcls": denied("DescribeNetworkAcls"),
        };
        const { result } = await preflight({
            settings: existing(["subnet-0000000b"]),
            aws: { ...behindNat, errors },
        });
        const { warnings } = result as { readonly warnings: readonly { readonly message: string }[] };
        expect(warnings.map(({ message }) => message)).to.deep.equal([
            "could not check NAT gateways: not allowed to call ec2:DescribeNatGateways",
            "could not check network ACLs: not allowed to call ec2:DescribeNetworkAcls",
        ]);
    });

    it("asks pint for SUSE's servers only where it matters which they are", async () => {
        let asked = 0;
        const servers = (): Promise<PintServers> => {
            asked += 1;
            return Promise.resolve({ kind: "fresh", servers: suseServers });
        };
        const through = async (rules: readonly GroupRule[]) => {
            const group = { id: "sg-00000001", vpcId: "vpc-1", rules };
            const pint = { ...silentPint("it is night"), servers };
            const { result } = await preflight({
                settings: existing(["subnet-0000000a"]),
                aws: { securityGroups: [group] },
                sources: { loadPint: () => Promise.resolve(pint) },
            });
            return (result as { readonly warnings: readonly { readonly code: string }[] }).warnings.map(
                ({ code }) => code,
            );
        };
        const out = (peer: string): GroupRule => ({
            isEgress: true,
            protocol: "tcp",
            fromPort: 443,
            toPort: 443,
            peer,
        });
        expect(await through([out("0.0.0.0/0")])).to.not.include("NO_ROUTE_TO_SUSE");
        expect(asked).to.equal(0);
        // To all of the Internet but the other half of it, in which none of these servers is.
        expect(await through([out("0.0.0.0/1")])).to.not.include("NO_ROUTE_TO_SUSE");
        expect(asked).to.equal(1);
        expect(await through([out("128.0.0.0/1")])).to.include("NO_ROUTE_TO_SUSE");
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
