import { EC2, type IpPermission } from "@aws-sdk/client-ec2";
import { ECR } from "@aws-sdk/client-ecr";
import { expect } from "chai";

import { pushImage } from "../helpers/pushImage";
import { Workplace } from "./harness";

const sample = ["service", "deploy", "shop", "--sample", "--yes"];

describe("what a deployment asks of hosts, on a whole system", () => {
    let place: Workplace;
    let ec2: EC2;
    let ecr: ECR;

    beforeEach(async () => {
        place = await Workplace.create();
        ec2 = new EC2(place.access);
        ecr = new ECR(place.access);
    });
    afterEach(async () => {
        ec2.destroy();
        ecr.destroy();
        await place.stop();
    });

    async function up(settings: object): Promise<void> {
        await place.writeSettings("shop", { hosts: { count: 1 }, ...settings });
        await place.expectSlesEcs(0, "up", "shop", "--yes");
    }

    it("is refused where the role of the guide may not write logs, and done with one that may", async () => {
        await up({ instanceRole: { policy: "suse" } });
        const before = await place.inventory();
        const { stderr } = await place.expectSlesEcs(2, ...sample);
        expect(stderr).to.match(
            /no task could write to log group \/sles-ecs\/shop-\w+\/sample: role \S+ of host i-\w+ may not logs:CreateLogStream on /,
        );
        expect(stderr).to.include("instanceRole.policy leastPrivilege or awsManaged does");
        expect(stderr).to.include("(SERVICE_INVALID, exit code 2)");
        expect(await place.inventory()).to.deep.equal(before);
        await up({ instanceRole: { policy: "leastPrivilege" } });
        await place.expectSlesEcs(0, ...sample);
    });

    it("is refused for an image of a repository that a registry of the environment's own shuts out", async () => {
        await ecr.createRepository({ repositoryName: "others/web" });
        await pushImage(ecr, "others/web", "1.0");
        const { repositories: [repository] = [] } = await ecr.describeRepositories({});
        const image = `${repository?.repositoryUri}:1.0`;
        const web = ["service", "deploy", "shop", "--name", "web", "--image", image, "--yes"];
        const leastPrivilege = { instanceRole: { policy: "leastPrivilege" } };
        await up(leastPrivilege);
        await place.expectSlesEcs(0, ...web);
        const narrowed = {
            ...leastPrivilege,
            containerRegistry: { repositories: ["web"], onDestroy: "delete" },
        };
        await place.writeSettings("shop", { hosts: { count: 1 }, ...narrowed });
        const preview = await place.expectSlesEcs(0, "preview", "shop");
        expect(preview.stderr).to.include(`could not be pulled again of ${image} (service web)`);
        await up(narrowed);
        const { stderr } = await place.expectSlesEcs(2, ...web, "--cpu", "128");
        expect(stderr).to.include("--image: no task could pull from repository others/web: role ");
        expect(stderr).to.include("ecr:BatchGetImage on arn:aws:ecr:us-east-1:");
    });

    async function rulesOf(groupId: string): Promise<readonly string[]> {
        const { SecurityGroups: [group] = [] } = await ec2.describeSecurityGroups({ GroupIds: [groupId] });
        const text = ({ FromPort, ToPort, IpRanges = [], UserIdGroupPairs = [] }: IpPermission) =>
            [...IpRanges.map(({ CidrIp }) => CidrIp), ...UserIdGroupPairs.map(() => "a group")].map(
                (peer) => `${FromPort}-${ToPort} ${peer}`,
            );
        return (group?.IpPermissions ?? []).flatMap(text).sort();
    }

    it("opens the own group of the hosts on the ports that its agent is told, and closes it when the service goes", async () => {
        await up({ agent: { dynamicHostPortRange: "40000-45000" } });
        const { SecurityGroups: [own] = [] } = await ec2.describeSecurityGroups({
            Filters: [{ Name: "tag:sles-ecs:environment", Values: ["shop"] }],
        });
        const groupId = own?.GroupId ?? "";
        const { stderr } = await place.expectSlesEcs(0, ...sample, "--public");
        expect(stderr).to.include(
            `opens security group ${groupId} to the load balancer on TCP ports 40000 to 45000`,
        );
        expect(await rulesOf(groupId)).to.deep.equal(["40000-45000 a group"]);
        await place.expectSlesEcs(0, "service", "remove", "shop", "sample", "--yes");
        expect(await rulesOf(groupId)).to.deep.equal([]);
    });

    it("opens a group of others when a person says so, and takes away no rule but its own", async () => {
        const { Vpcs: [vpc] = [] } = await ec2.describeVpcs({});
        const VpcId = vpc?.VpcId ?? "";
        const { Subnets = [] } = await ec2.describeSubnets({});
        const { GroupId = "" } = await ec2.createSecurityGroup({
            ...{ GroupName: "others", Description: "others", VpcId },
        });
        const IpPermissions = [
            { IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "10.0.0.0/8" }] },
        ];
        await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });
        const subnetIds = Subnets.filter(({ AvailabilityZone }) => /[ab]$/.test(AvailabilityZone ?? "")).map(
            ({ SubnetId }) => SubnetId,
        );
        await up({ network: { mode: "existing", subnetIds, securityGroupIds: [GroupId] } });
        const before = await place.inventory();
        const { stderr } = await place.expectSlesEcs(2, ...sample, "--public");
        expect(stderr).to.include(`only security groups of others, ${GroupId}, which are not opened unasked`);
        expect(stderr).to.include(`aws ec2 authorize-security-group-ingress --group-id ${GroupId} `);
        expect(await place.inventory()).to.deep.equal(before);
        await place.expectSlesEcs(0, ...sample, "--public", "--open-group", GroupId);
        expect(await rulesOf(GroupId)).to.deep.equal(["22-22 10.0.0.0/8", "32768-60999 a group"]);
        await place.expectSlesEcs(0, "service", "remove", "shop", "sample", "--yes");
        expect(await rulesOf(GroupId)).to.deep.equal(["22-22 10.0.0.0/8"]);

        // What the refusal says, in the hands of the owner.
        const ranges = [...stderr.matchAll(/CidrIp=([\d./]+)/g)].map(([, CidrIp]) => ({ CidrIp }));
        const ports = { IpProtocol: "tcp", FromPort: 32_768, ToPort: 60_999 };
        await ec2.authorizeSecurityGroupIngress({
            GroupId,
            IpPermissions: [{ ...ports, IpRanges: ranges }],
        });
        const byHand = await rulesOf(GroupId);
        const after = await place.expectSlesEcs(0, ...sample, "--public");
        expect(after.stderr).to.not.include("opens security group");
        await place.expectSlesEcs(0, "service", "remove", "shop", "sample", "--yes");
        expect(await rulesOf(GroupId)).to.deep.equal(byHand);
    });
});
