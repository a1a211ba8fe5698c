import { expect } from "chai";
import { parseSettings } from "../../../../components/model/settings";

function problemsOf(settings: object): readonly string[] {
    const { problems } = parseSettings(settings, "dev");
    return problems.map(({ severity, path, message }) => `${severity} ${path}: ${message}`);
}

/** A subnet loses five addresses to AWS (VPC user guide, "Subnet CIDR blocks"); a /24 is divided into subnets of /28, 16 addresses. */
describe("the addresses of a network of the environment's own", () => {
    const small = { mode: "create", cidrBlock: "10.0.0.0/24", zones: 2 };

    it("must do for the hosts of each zone, and a successor", () => {
        // 16 - 5 = 11: ten hosts and a successor a zone.
        expect(problemsOf({ hosts: { count: 20 }, network: small })).to.deep.equal([]);
        expect(problemsOf({ hosts: { count: 21 }, network: small })).to.deep.equal([
            "error network.cidrBlock: got 10.0.0.0/24, whose subnets have 11 addresses for hosts each, expected 12 or more, with one for a successor",
        ]);
    });

    it("are fewer by the endpoints of isolated subnets", () => {
        const isolated = { ...small, subnets: "isolated" };
        // 11 - 6 = 5; with Systems Manager 11 - 9 = 2.
        expect(problemsOf({ hosts: { count: 8 }, network: isolated })).to.deep.equal([]);
        expect(problemsOf({ hosts: { count: 9 }, network: isolated })[0]).to.contain(
            "have 5 addresses for hosts each beside 6 endpoints, expected 6",
        );
        const ssm = { instanceRole: { ssm: true }, network: isolated };
        expect(problemsOf({ hosts: { count: 2 }, ...ssm })).to.deep.equal([]);
        expect(problemsOf({ hosts: { count: 3 }, ...ssm })[0]).to.contain(
            "have 2 addresses for hosts each beside 9 endpoints, expected 3",
        );
    });

    it("must do for the largest size of a group", () => {
        const hosts = { mode: "autoScaling", min: 0, desired: 1, max: 30 };
        expect(problemsOf({ hosts, network: small })[0]).to.contain("expected 16 or more");
        expect(problemsOf({ hosts, network: { ...small, cidrBlock: "10.0.0.0/16" } })).to.deep.equal([]);
    });

    it("are read of a block without leading zeros, which are octal to some", () => {
        expect(problemsOf({ network: { ...small, cidrBlock: "010.0.0.0/16" } })).to.have.length(1);
    });
});

// VPC user guide, "Amazon VPC quotas": 5 security groups for a network interface, unless AWS raises it.
describe("more groups than EC2 usually takes for an interface", () => {
    const groups = (count: number) => Array.from({ length: count }, (_, index) => `sg-0000000${index}`);

    it("are a warning, with the hosts' own one counted", () => {
        expect(problemsOf({ network: { mode: "default", securityGroupIds: groups(4) } })).to.deep.equal([]);
        expect(problemsOf({ network: { mode: "default", securityGroupIds: groups(5) } })[0]).to.match(
            /^warning network\.securityGroupIds: got 5 groups, expected at most 4 beside the hosts' own one/,
        );
    });
});
