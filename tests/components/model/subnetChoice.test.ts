import { expect } from "chai";
import fc from "fast-check";
import { chooseSubnet, subnetInZone } from "../../../components/model/subnets";

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
