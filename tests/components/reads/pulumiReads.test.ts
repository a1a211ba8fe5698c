import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

import { expect } from "chai";
import { withProcessEnv } from "../../helpers/awsFailures";
import { build, refused } from "../environment";

const denied = (call: string) =>
    `operation error EC2: ${call}, https response error StatusCode: 403, api error UnauthorizedOperation: no.`;

describe("what the program asks of AWS", () => {
    it("is asked once in a run, and each image once", async () => {
        const { recorder } = await build({ hosts: { mode: "fixed", count: 2 } });
        const counts = new Map<string, number>();
        for (const call of recorder.calls) {
            counts.set(call, (counts.get(call) ?? 0) + 1);
        }
        // Three default subnets, the two images of the filter, the endpoints of S3 and of ECS.
        const several = new Map([
            ["aws:ec2/getSubnet:getSubnet", 3],
            ["aws:ec2/getAmi:getAmi", 2],
            ["aws:ec2/getVpcEndpoint:getVpcEndpoint", 5],
            // By the stack's id, and, as none has it, by its name.
            ["aws:ec2/getInstances:getInstances", 2],
            // Those that a host holds, and those that none does.
            ["aws:ebs/getEbsVolumes:getEbsVolumes", 2],
        ]);
        for (const [call, count] of counts) {
            expect(count, call).to.equal(several.get(call) ?? 1);
        }
    });

    it("is a warning where the caller may not ask, and nothing hangs on it", async () => {
        const { recorder } = await build(
            {},
            { failures: { "aws:ec2/getRouteTables:getRouteTables": denied("DescribeRouteTables") } },
        );
        expect(recorder.warnings).to.include(
            "network: could not check the network: not allowed to call ec2:DescribeRouteTables: no",
        );
    });

    it("goes without the rules of security groups where the caller may not ask for them", async () => {
        const network = {
            mode: "existing" as const,
            subnetIds: ["subnet-0000000a"],
            securityGroupIds: ["sg-00000001"],
        };
        const securityGroups = [{ id: "sg-00000001", name: "", vpcId: "vpc-default", rules: [] }];
        const rules = "aws:vpc/getSecurityGroupRules:getSecurityGroupRules";
        const { recorder } = await build(
            { network },
            { securityGroups, failures: { [rules]: denied("DescribeSecurityGroupRules") } },
        );
        expect(recorder.warnings.filter((warning) => warning.startsWith("network"))).to.deep.equal([]);
        const { error } = await refused({ network }, { securityGroups });
        expect((error as Error).message).to.include("sg-00000001 does not let TCP port 443 out");
    });

    it("is refused where the caller may not ask what decides the environment's shape", async () => {
        const { error, recorder } = await refused(
            {},
            { failures: { "aws:ec2/getSubnets:getSubnets": denied("DescribeSubnets") } },
        );
        expect((error as Error).message).to.match(
            /network: could not check the network: not allowed to call ec2:DescribeSubnets: no/,
        );
        expect(recorder.inventory()).to.deep.equal([]);
    });

    it("is no page of SUSE's where whoever runs the program has asked for it", async () => {
        let asked = 0;
        const proxy = createServer((socket) => {
            asked += 1;
            socket.destroy();
        });
        await once(proxy.listen(0, "127.0.0.1"), "listening");
        const through = {
            HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
            // Which proxy this machine has, and what it reaches without one, does not count.
            ...{ https_proxy: undefined, NO_PROXY: undefined, no_proxy: undefined },
        };
        try {
            await withProcessEnv(through, async () => {
                // SLES 15 has agents from 1.53.0 on, and Service Connect wants 1.67.2 (ECS developer guide).
                const settings = { capabilities: { serviceConnect: true } } as const;
                const { recorder } = await build(settings);
                expect(asked).to.equal(1);
                expect(recorder.warnings.join()).to.contain("needs an agent from 1.67.2 on");
                await build(settings, {}, { warningsTold: true });
                expect(asked).to.equal(1);
            });
        } finally {
            proxy.close();
        }
    });

    it("is warned of by who has not told it yet", async () => {
        const { recorder } = await build({}, {}, { warningsTold: true });
        expect(recorder.warnings).to.deep.equal([]);
        expect((await build({})).recorder.warnings).to.have.length(1);
    });
});
