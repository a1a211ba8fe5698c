import { expect } from "chai";

import { closedTable, ecsEndpoints, gateway } from "../../../helpers/preflightCase";
import { goodAccount, publicTable } from "../../../helpers/account";
import type { FakeAwsState } from "../../../helpers/fakeAws";
import { fakePint, silentPint } from "../../../helpers/fakePint";
import { AppError } from "../../../../automation/errors/appError";
import { expectGolden } from "../../../helpers/golden";
import { makeProject, removeFolders } from "../../../helpers/project";
import type { FakeStackOptions } from "../../../helpers/fakes";
import { play, type Played } from "../../../helpers/transcript";

const region = "eu-central-1";
const settings = (network: string): string =>
    `config:\n    aws:region: ${region}\n    sles-ecs:network: ${network}\n`;
const twoSubnets = settings(
    "{ mode: existing, subnetIds: [subnet-0000000a, subnet-0000000b], securityGroupIds: [sg-00000001] }",
);
const account = (more: Partial<FakeAwsState>) => ({ ...goodAccount(region, []), ...more });
/** One subnet that is public, and one that has the endpoints which hosts need to join. */
const halfClosed = account({
    routeTables: [publicTable, closedTable],
    vpcEndpoints: [gateway, ...ecsEndpoints],
});

describe("network show", () => {
    afterEach(removeFolders);

    function show(
        network: string,
        aws: Partial<FakeAwsState>,
        more: readonly string[] = [],
        stacks: Readonly<Record<string, FakeStackOptions>> = {},
    ): Promise<Played> {
        const directory = makeProject({ "Pulumi.dev.yaml": network });
        return play(["network", "show", "dev", ...more], { directory, aws, stacks });
    }

    it("shows the way of each subnet to each thing that hosts need, and what would help where there is none", async () => {
        const { exitCode, transcript } = await show(twoSubnets, halfClosed);
        expect(exitCode).to.equal(0);
        expectGolden("cli/network-show.txt", transcript);
    });

    it("gives scripts each way with its hops, its reason and its remedy", async () => {
        const { context } = await show(twoSubnets, halfClosed, ["--output", "json"]);
        expectGolden("cli/network-show.json", context.io.out());
    });

    it("ends with code 1 where hosts of a subnet could not join", async () => {
        const closed = account({ routeTables: [publicTable, closedTable], vpcEndpoints: [gateway] });
        const { exitCode, context } = await show(twoSubnets, closed);
        expect(exitCode).to.equal(1);
        expect(context.io.out()).to.match(
            /^subnet-0000000b +eu-central-1b +Amazon ECS +closed +rtb-closed leads to no internet or NAT gateway, and/m,
        );
    });

    it("asks of AWS once for each kind of thing, however many subnets there are, and changes nothing", async () => {
        const { context } = await show(twoSubnets, halfClosed);
        const asked = context.aws.reads.filter((read) => read.startsWith("ec2."));
        expect(asked.sort()).to.deep.equal([
            "ec2.natGateways",
            "ec2.networkAcls",
            "ec2.routeTables",
            "ec2.securityGroups",
            "ec2.subnets",
            "ec2.vpcEndpoints",
        ]);
        expect(context.aws.changes).to.deep.equal([]);
    });

    it("goes by the subnets and the security group of an environment that stands", async () => {
        const group = { id: "sg-00000002", vpcId: "vpc-1", rules: [] };
        const stacks = {
            dev: {
                resources: [{ type: "aws:ec2/securityGroup:SecurityGroup", name: "hosts", id: group.id }],
                outputs: { clusterName: "dev", subnetIds: ["subnet-0000000a", 7] },
            },
        };
        const aws = account({ securityGroups: [group] });
        const { exitCode, context } = await show(settings("{ mode: default }"), aws, [], stacks);
        expect(exitCode).to.equal(1);
        expect(context.io.out()).to.include(
            "security group sg-00000002 does not let TCP port 443 out to the Internet",
        );
        expect(context.io.out()).to.not.include("subnet-0000000b");
    });

    it("says that a network is yet to be created", async () => {
        const { exitCode, context } = await show(settings("{ mode: create }"), account({}));
        expect([exitCode, context.io.out()]).to.deep.equal([0, "the network of dev is yet to be created\n"]);
    });

    it("says what it may not read, and goes on without it", async () => {
        const denied = new AppError("AWS_ACCESS_DENIED", {
            message: "not allowed to call ec2:DescribeNetworkAcls",
        });
        const aws = { ...halfClosed, errors: { "ec2.networkAcls": denied } };
        const { exitCode, context } = await show(twoSubnets, aws);
        expect(exitCode).to.equal(0);
        expect(context.io.err()).to.equal(
            "warning: could not check network ACLs: not allowed to call ec2:DescribeNetworkAcls\n",
        );
    });

    it("refuses a subnet that is not there, as up does: exit code 3", async () => {
        const gone = settings(
            "{ mode: existing, subnetIds: [subnet-00000000], securityGroupIds: [sg-00000001] }",
        );
        const { exitCode, context } = await show(gone, account({}));
        expect(exitCode).to.equal(3);
        expect(context.io.err()).to.include("there is no subnet subnet-00000000 in the region");
    });

    it("refuses an environment that nobody knows: exit code 3", async () => {
        const { exitCode } = await play(["network", "show", "nobody"], { directory: makeProject() });
        expect(exitCode).to.equal(3);
    });
});

describe("network requirements", () => {
    afterEach(removeFolders);

    const ask = (pint = fakePint([]), ...more: readonly string[]): Promise<Played> =>
        play(["network", "requirements", "dev", ...more], {
            directory: makeProject({ "Pulumi.dev.yaml": settings("{ mode: default }") }),
            pint,
        });

    it("lists names and addresses with their ports, and what each is needed for", async () => {
        const { exitCode, transcript } = await ask();
        expect(exitCode).to.equal(0);
        expectGolden("cli/network-requirements.txt", transcript);
    });

    it("asks AWS for nothing", async () => {
        expect((await ask()).context.aws.reads).to.deep.equal([]);
    });

    it("gives programs the same, a record each", async () => {
        const { context } = await ask(fakePint([]), "--output", "json");
        const { version, destinations } = JSON.parse(context.io.out()) as {
            readonly version: number;
            readonly destinations: readonly object[];
        };
        expect(version).to.equal(1);
        expect(destinations).to.deep.include({
            to: "52.28.214.37",
            kind: "address",
            port: 443,
            protocol: "tcp",
            neededFor: "updates",
            what: "SUSE update server smt-ec2.susecloud.net",
        });
        expect(destinations).to.deep.include({
            to: "ecs-a-*.eu-central-1.amazonaws.com",
            kind: "name",
            port: 443,
            protocol: "tcp",
            neededFor: "join",
            what: "Amazon ECS",
        });
    });

    it("fails where pint is silent and has never answered, as the list would not be whole: exit code 1", async () => {
        const { exitCode, context } = await ask({
            ...silentPint("it is night"),
            servers: () => Promise.resolve({ kind: "unavailable", reason: "it is night" }),
        });
        expect([exitCode, context.io.out()]).to.deep.equal([1, ""]);
        expect(context.io.err()).to.include(
            "the addresses of SUSE's servers for eu-central-1 are not known: it is night",
        );
    });

    it("warns where it has what pint told last", async () => {
        const servers = [{ kind: "update", ip: "52.28.214.37", region }] as const;
        const { exitCode, context } = await ask({
            ...fakePint([]),
            servers: () => Promise.resolve({ kind: "cached", servers, reason: "pint is silent" }),
        });
        expect(exitCode).to.equal(0);
        expect(context.io.err()).to.equal(
            "warning: SUSE's servers are those that pint told last: pint is silent\n",
        );
    });
});
