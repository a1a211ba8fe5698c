import { EC2, type IpPermission } from "@aws-sdk/client-ec2";
import { expect } from "chai";

import { expectExit, Workplace } from "./harness";

describe("what the hosts' own security group lets in", () => {
    let place: Workplace;
    let ec2: EC2;

    before(async () => {
        place = await Workplace.create();
        ec2 = new EC2(place.access);
    });
    after(() => place.stop());

    async function write(ingress: readonly object[]): Promise<void> {
        await place.writeSettings("shop", { hosts: { count: 1 }, network: { mode: "default", ingress } });
    }

    /** Ports and sources, as EC2 shows them. */
    async function opened(): Promise<string[]> {
        const { SecurityGroups: groups = [] } = await ec2.describeSecurityGroups({
            Filters: [{ Name: "tag:sles-ecs:environment", Values: ["shop"] }],
        });
        const sources = ({ IpRanges = [], Ipv6Ranges = [], UserIdGroupPairs = [] }: IpPermission) => [
            ...IpRanges.map(({ CidrIp }) => CidrIp),
            ...Ipv6Ranges.map(({ CidrIpv6 }) => CidrIpv6),
            ...UserIdGroupPairs.map(({ GroupId }) => GroupId),
        ];
        return groups
            .flatMap(({ IpPermissions = [] }) => IpPermissions)
            .flatMap((one) =>
                sources(one).map((source) => `${one.IpProtocol} ${one.FromPort}-${one.ToPort} ${source}`),
            )
            .sort();
    }

    it("is opened and closed by the settings, on hosts that stay, and shows no change of its own", async () => {
        const initially = await place.inventory();
        const [VpcId = ""] = initially["vpcs"] ?? [];
        const made = await ec2.createSecurityGroup({ GroupName: "balancer", Description: "balancer", VpcId });
        const balancer = made.GroupId ?? "";
        const dynamic = {
            fromPort: 32_768,
            toPort: 60_999,
            securityGroupIds: [balancer],
            description: "balancer",
        };
        await write([dynamic, { port: 443, cidrBlocks: ["10.0.0.0/8", "2001:db8::/32"] }]);
        expectExit(await place.slesEcs(["up", "shop", "--yes"]), 0);
        expect(await opened()).to.deep.equal(
            ["tcp 443-443 10.0.0.0/8", "tcp 443-443 2001:db8::/32", `tcp 32768-60999 ${balancer}`].sort(),
        );
        const { instances } = await place.inventory();
        for (const verb of ["preview", "refresh"]) {
            const args = verb === "preview" ? [] : ["--preview-only"];
            const seen = await place.slesEcs([verb, "shop", "--output", "json", ...args]);
            expectExit(seen, 0);
            expect(JSON.parse(seen.stdout)).to.have.deep.property("steps", []);
        }

        await write([
            { port: 443, cidrBlocks: ["10.0.0.0/8"] },
            { port: 53, protocol: "udp", cidrBlocks: ["10.0.0.0/8"] },
        ]);
        expectExit(await place.slesEcs(["up", "shop", "--yes"]), 0);
        expect(await opened()).to.deep.equal(["tcp 443-443 10.0.0.0/8", "udp 53-53 10.0.0.0/8"]);
        expect((await place.inventory())["instances"]).to.deep.equal(instances);

        await write([{ port: 22, cidrBlocks: ["0.0.0.0/0"] }]);
        const refused = await place.slesEcs(["up", "shop", "--yes"]);
        expectExit(refused, 2);
        expect(refused.stderr)
            .to.contain("network.ingress[0].cidrBlocks[0]")
            .and.to.contain("instanceRole.ssm");
        expect(await opened()).to.have.length(2);

        expectExit(await place.slesEcs(["destroy", "shop", "--yes"]), 0);
        await ec2.deleteSecurityGroup({ GroupId: balancer });
        expect(await place.inventory()).to.deep.equal(initially);
    });
});
