import { expect } from "chai";
import fc from "fast-check";
import { spread } from "../../../local/cloud/autoScaling/spread";
import type { PlacedMember } from "../../../local/cloud/autoScaling/spread";

const member = (id: string, subnetId: string, isProtected = false): PlacedMember => ({
    id,
    subnetId,
    isProtected,
});

describe("spreading a group's members over its subnets", () => {
    it("fills the emptiest subnets first, in the order given", () => {
        expect(spread([member("1", "a")], ["a", "b", "c"], 3).joining).to.deep.equal(["b", "c", "a"]);
    });

    it("takes members from the fullest subnet, oldest first, and never protected ones", () => {
        const members = [member("1", "a"), member("2", "b", true), member("3", "b"), member("4", "b")];
        expect(spread(members, [], -2).leaving).to.deep.equal(["3", "4"]);
        expect(spread(members, [], -9).leaving).to.deep.equal(["3", "4", "1"]);
    });

    it("subnets never differ by more than one member in a group that began empty", () => {
        fc.assert(
            fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 40 }), (subnets, count) => {
                const ids = Array.from({ length: subnets }, (_, index) => `subnet-${index}`);
                const { joining } = spread([], ids, count);
                const counts = ids.map((id) => joining.filter((one) => one === id).length);
                expect(joining).to.have.length(count);
                expect(Math.max(...counts) - Math.min(...counts)).to.be.at.most(1);
            }),
        );
    });
});
