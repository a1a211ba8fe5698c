import { expect } from "chai";
import { egressOf } from "../../../components/model/egress";

const namesIn = (region: string): readonly string[] =>
    egressOf(region, [])
        .filter(({ neededFor }) => neededFor === "join")
        .map(({ to }) => to);

// AWS's documents name the hosts; see egress.ts.
describe("what hosts go to", () => {
    it("is named by region, and by the region of the partition's bucket", () => {
        expect(namesIn("eu-west-1")).to.deep.equal([
            "amazon-ecs-agent.s3.us-east-1.amazonaws.com",
            "amazon-ecs-agent-eu-west-1.s3.eu-west-1.amazonaws.com",
            "ecs.eu-west-1.amazonaws.com",
            "ecs-a.eu-west-1.amazonaws.com",
            "ecs-a-*.eu-west-1.amazonaws.com",
            "ecs-t.eu-west-1.amazonaws.com",
            "ecs-t-*.eu-west-1.amazonaws.com",
        ]);
    });

    it("has other names in China, and another bucket in GovCloud", () => {
        expect(namesIn("cn-northwest-1").slice(0, 3)).to.deep.equal([
            "amazon-ecs-agent.s3.cn-north-1.amazonaws.com.cn",
            "amazon-ecs-agent-cn-northwest-1.s3.cn-northwest-1.amazonaws.com.cn",
            "ecs.cn-northwest-1.amazonaws.com.cn",
        ]);
        expect(namesIn("us-gov-east-1")[0]).to.equal("amazon-ecs-agent.s3.us-gov-west-1.amazonaws.com");
    });

    it("is an address for servers of SUSE, with both ports of an update server", () => {
        const servers = [
            { kind: "region", ip: "34.197.223.242", region: "us-east-1" },
            { kind: "update", ip: "52.28.214.37", region: "eu-central-1", name: "smt-ec2.susecloud.net" },
        ] as const;
        const found = egressOf("eu-central-1", servers).filter(({ kind }) => kind === "address");
        expect(found.map(({ to, port }) => `${to}:${port}`)).to.deep.equal([
            "34.197.223.242:443",
            "52.28.214.37:443",
            "52.28.214.37:80",
        ]);
    });
});
