import { expect } from "chai";
import { describeNetworkCosts, networkCosts } from "../../../components/model/networkCosts";
import { parseSettings } from "../../../components/model/settings";

function costsOf(written: object) {
    const { settings } = parseSettings(written, "dev");
    return settings && networkCosts(settings);
}

function said(written: object): string | undefined {
    const costs = costsOf(written);
    return costs && describeNetworkCosts(costs);
}

/**
 * Worked out by hand, with 730 hours a month and the prices of https://aws.amazon.com/vpc/pricing/ and
 * https://aws.amazon.com/privatelink/pricing/ for us-east-1, November 2026: NAT gateway 0.045 USD an hour and a GB, interface
 * endpoint 0.01 an hour, zone and GB, public IPv4 address 0.005 an hour.
 */
const cases: readonly (readonly [string, object, string | undefined])[] = [
    [
        // 2 x 0.005 x 730 = 7.30
        "the addresses of hosts in a default network",
        { hosts: { count: 2 } },
        "2 public IPv4 addresses, about 7 USD a month",
    ],
    [
        // 3 x 0.005 x 730 = 10.95
        "the addresses of the desired hosts of a group",
        { hosts: { mode: "autoScaling", min: 1, desired: 3, max: 9 }, network: { mode: "create" } },
        "3 public IPv4 addresses, about 11 USD a month",
    ],
    [
        // (0.045 + 0.005) x 730 = 36.50
        "one NAT gateway with its address, however many zones and hosts",
        { hosts: { count: 5 }, network: { mode: "create", zones: 3, subnets: "private" } },
        "1 NAT gateway, 1 public IPv4 address, about 37 USD a month and 0.045 USD a GB",
    ],
    [
        // 6 x 2 x 0.01 x 730 = 87.60
        "six endpoints in each of two zones",
        { network: { mode: "create", subnets: "isolated" } },
        "6 interface endpoints in 2 zones, about 88 USD a month and 0.01 USD a GB",
    ],
    [
        // 9 x 3 x 0.01 x 730 = 197.10
        "nine endpoints in each of three zones, where Systems Manager is to reach the hosts",
        { network: { mode: "create", zones: 3, subnets: "isolated" }, instanceRole: { ssm: true } },
        "9 interface endpoints in 3 zones, about 197 USD a month and 0.01 USD a GB",
    ],
];

describe("what a network costs", () => {
    for (const [what, settings, expected] of cases) {
        it(`is that of ${what}`, () => {
            expect(said(settings)).to.equal(`${expected} (us-east-1 prices; other regions differ)`);
        });
    }

    it("is nothing without hosts in a default network", () => {
        expect(said({ hosts: { mode: "autoScaling", min: 0, desired: 0, max: 2 } })).to.equal(
            "nothing that AWS charges for",
        );
    });

    it("is not this environment's where the network exists already", () => {
        const network = {
            mode: "existing",
            subnetIds: ["subnet-00000001"],
            securityGroupIds: ["sg-00000001"],
        };
        expect(costsOf({ network })).to.equal(undefined);
    });
});
