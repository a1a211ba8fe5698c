import { expect } from "chai";
import fc from "fast-check";
import { chooseSubnet, chooseZones, subnetInZone, zonesByPlace } from "../../../components/model/subnets";

const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

describe("the subnet of a fixed host", () => {
    it("goes round the subnets by the host's number", () => {
        const chosen = [1, 2, 3, 4].map((number) => chooseSubnet(number, zones, new Set(zones)));
        expect(chosen).to.deep.equal([0, 1, 2, 0]);
    });

    it("is the next one when its zone does not offer the instance type, and no other host moves", () => {
        const offered = new Set(["us-east-1a", "us-east-1c"]);
        const chosen = [1, 2, 3, 4].map((number) => chooseSubnet(number, zones, offered));
        expect(chosen).to.deep.equal([0, 2, 2, 0]);
    });

    it("is none when no zone offers the instance type", () => {
        expect(chooseSubnet(1, zones, new Set())).to.equal(undefined);
        expect(chooseSubnet(1, [], new Set(zones))).to.equal(undefined);
    });

    it("is always in a zone that offers the instance type, if there is one", () => {
        const subsets = fc.subarray(zones, { minLength: 1 });
        fc.assert(
            fc.property(
                fc.integer({ min: 1, max: 5000 }),
                fc.array(fc.constantFrom(...zones), { minLength: 1 }),
                subsets,
                (number, places, offered) => {
                    const index = chooseSubnet(number, places, new Set(offered));
                    if (places.some((zone) => offered.includes(zone))) {
                        expect(offered).to.include(places[index!]);
                    } else {
                        expect(index).to.equal(undefined);
                    }
                },
            ),
        );
    });
});

describe("the subnet of a fixed host that has to be in one zone", () => {
    const places = ["us-east-1a", "us-east-1b", "us-east-1b"];

    it("is the one of its turn if that is in the zone, even when it is not the zone's first", () => {
        expect(subnetInZone("us-east-1b", 2, places)).to.equal(2);
    });

    it("is the zone's first if that of its turn is elsewhere", () => {
        expect(subnetInZone("us-east-1b", 0, places)).to.equal(1);
    });

    it("is none if no subnet is in the zone", () => {
        expect(subnetInZone("us-east-1c", 0, places)).to.equal(undefined);
    });
});

describe("the subnet of a fixed host that runs", () => {
    it("stays the same, whatever subnets are added, in any order, and however many hosts there are", () => {
        fc.assert(
            fc.property(
                fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 8 }),
                fc.array(fc.nat(30), { maxLength: 8 }),
                fc.integer({ min: 1, max: 200 }),
                fc.infiniteStream(fc.nat(100)),
                (before, more, number, order) => {
                    const zoneOf = (subnet: number) => zones[subnet % zones.length]!;
                    const first = chooseSubnet(number, before.map(zoneOf), new Set(zones))!;
                    const rank = new Map(
                        [...before, ...more].map((subnet) => [subnet, order.next().value as number]),
                    );
                    const after = [...rank.keys()].sort((a, b) => rank.get(a)! - rank.get(b)!);
                    const kept = after.indexOf(before[first]!);
                    const second = chooseSubnet(number, after.map(zoneOf), new Set(zones), kept)!;
                    expect(after[second]).to.equal(before[first]);
                },
            ),
        );
    });

    it("is another one only where its own is not among them, or does not offer the instance type", () => {
        expect(chooseSubnet(1, zones, new Set(zones), 2)).to.equal(2);
        expect(chooseSubnet(1, zones, new Set(zones), undefined)).to.equal(0);
        expect(chooseSubnet(1, zones, new Set(["us-east-1b"]), 2)).to.equal(1);
    });
});

describe("the zones of a created network", () => {
    it("are those that offer the instance type first, by name", () => {
        expect(
            chooseZones(2, [], ["us-east-1c", "us-east-1a", "us-east-1b"], ["us-east-1c", "us-east-1b"]),
        ).to.deep.equal(["us-east-1b", "us-east-1c"]);
        expect(chooseZones(3, [], zones, ["us-east-1b"])).to.deep.equal([
            "us-east-1b",
            "us-east-1a",
            "us-east-1c",
        ]);
        expect(chooseZones(4, [], zones, [])).to.deep.equal(zones);
    });

    it("never change for subnets that stand, whatever is offered where, and whatever zones there are by now", () => {
        const anyZones = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h"), {
            minLength: 1,
        });
        fc.assert(
            fc.property(
                anyZones,
                anyZones,
                anyZones,
                fc.integer({ min: 1, max: 6 }),
                (own, available, offering, count) => {
                    const chosen = chooseZones(count, own, available, offering);
                    expect(chosen.slice(0, own.length)).to.deep.equal(own.slice(0, count));
                    expect(new Set(chosen).size).to.equal(chosen.length);
                },
            ),
        );
    });

    it("are known by the blocks of the subnets, of which a zone may have two", () => {
        const own = [
            { zone: "us-east-1a", cidrBlock: "10.0.144.0/20" },
            { zone: "us-east-1a", cidrBlock: "10.0.16.0/20" },
            { zone: "us-east-1c", cidrBlock: "10.0.128.0/20" },
            { zone: "us-east-1c", cidrBlock: "10.0.0.0/20" },
        ];
        expect(zonesByPlace(own)).to.deep.equal(["us-east-1c", "us-east-1a"]);
        expect(zonesByPlace([])).to.deep.equal([]);
    });

    it("keep their places where only the later ones stand, as after a kill in the middle", () => {
        // The private and the public one of the second zone, by the plan in the VPC user guide's default block.
        for (const cidrBlock of ["10.0.144.0/20", "10.0.16.0/20"]) {
            const own = zonesByPlace([{ zone: "us-east-1b", cidrBlock }]);
            expect(own).to.deep.equal([undefined, "us-east-1b"]);
            expect(chooseZones(3, own, zones, zones)).to.deep.equal([
                "us-east-1a",
                "us-east-1b",
                "us-east-1c",
            ]);
        }
        expect(zonesByPlace([{ zone: "us-east-1b", cidrBlock: "192.168.7.32/28" }])).to.deep.equal([
            undefined,
            undefined,
            "us-east-1b",
        ]);
    });
});
