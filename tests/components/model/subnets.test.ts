import { expect } from "chai";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { parseCidrBlock, planSubnets } from "../../../components/model/subnets";

/** Blocks that a VPC can have, as text. */
const vpcBlocks = fc
    .tuple(fc.integer({ min: 16, max: 24 }), fc.nat(2 ** 16 - 1))
    .map(([prefixLength, seed]) => {
        const first = (10 * 2 ** 24 + seed * 256) >>> 0;
        const aligned = Math.floor(first / 2 ** (32 - prefixLength)) * 2 ** (32 - prefixLength);
        const octets = [24, 16, 8, 0].map((shift) => Math.floor(aligned / 2 ** shift) % 256);
        return `${octets.join(".")}/${prefixLength}`;
    });

function addresses(cidrBlock: string): { first: number; last: number } {
    const toNumber = (address: ipaddr.IPv4) => address.octets.reduce((sum, octet) => sum * 256 + octet, 0);
    return {
        first: toNumber(ipaddr.IPv4.networkAddressFromCIDR(cidrBlock)),
        last: toNumber(ipaddr.IPv4.broadcastAddressFromCIDR(cidrBlock)),
    };
}

describe("the subnets of a VPC", () => {
    it("are sixteenths of it: public ones in its lower half, private ones in its upper", () => {
        expect(planSubnets("10.0.0.0/16", 2)).to.deep.equal({
            publicCidrBlocks: ["10.0.0.0/20", "10.0.16.0/20"],
            privateCidrBlocks: ["10.0.128.0/20", "10.0.144.0/20"],
        });
        expect(planSubnets("192.168.7.0/24", 3)).to.deep.equal({
            publicCidrBlocks: ["192.168.7.0/28", "192.168.7.16/28", "192.168.7.32/28"],
            privateCidrBlocks: ["192.168.7.128/28", "192.168.7.144/28", "192.168.7.160/28"],
        });
    });

    it("lie within the VPC, do not overlap, and are none smaller than AWS takes (/28)", () => {
        fc.assert(
            fc.property(vpcBlocks, fc.integer({ min: 1, max: 6 }), (cidrBlock, zones) => {
                const { publicCidrBlocks, privateCidrBlocks } = planSubnets(cidrBlock, zones);
                const all = [...publicCidrBlocks, ...privateCidrBlocks];
                expect(all).to.have.length(2 * zones);
                const vpc = addresses(cidrBlock);
                const ranges = all.map(addresses).sort((a, b) => a.first - b.first);
                ranges.forEach((range, index) => {
                    expect(range.first).to.be.at.least(vpc.first);
                    expect(range.last).to.be.at.most(vpc.last);
                    expect(range.last - range.first + 1).to.be.at.least(16);
                    expect(range.first).to.be.greaterThan(ranges[index - 1]?.last ?? -1);
                });
            }),
        );
    });

    it("stay where they are when zones are added", () => {
        fc.assert(
            fc.property(vpcBlocks, fc.integer({ min: 1, max: 5 }), (cidrBlock, zones) => {
                const before = planSubnets(cidrBlock, zones);
                const after = planSubnets(cidrBlock, zones + 1);
                expect(after.publicCidrBlocks.slice(0, zones)).to.deep.equal(before.publicCidrBlocks);
                expect(after.privateCidrBlocks.slice(0, zones)).to.deep.equal(before.privateCidrBlocks);
            }),
        );
    });

    it("are not planned for what no VPC can be", () => {
        expect(() => planSubnets("10.0.0.0/8", 2)).to.throw(RangeError, "/16 to /24");
        expect(() => planSubnets("10.0.0.0/16", 7)).to.throw(RangeError, "1 to 6");
        expect(() => planSubnets("10.0.0.0/16", 0)).to.throw(RangeError, "1 to 6");
    });
});

describe("the block of a VPC", () => {
    for (const [text, expected] of [
        ["10.0.0.0/15", "a size from /16 to /24"],
        ["10.0.0.0/25", "a size from /16 to /24"],
        ["10.0.0.1/16", "the first address of the block: 10.0.0.0/16"],
        ["10.1.2.0/16", "the first address of the block: 10.1.0.0/16"],
        ["10.0.0.0", "an IPv4 block such as 10.0.0.0/16"],
        ["10.0.0.256/24", "an IPv4 block such as 10.0.0.0/16"],
        ["10.0/16", "an IPv4 block such as 10.0.0.0/16"],
        ["fd00::/16", "an IPv4 block such as 10.0.0.0/16"],
        ["10.0.0.0/16 ", "an IPv4 block such as 10.0.0.0/16"],
    ] as const) {
        it(`cannot be "${text}": expected ${expected}`, () => {
            expect(parseCidrBlock(text)).to.deep.equal({ expected });
        });
    }

    it("is any other of that size", () => {
        fc.assert(
            fc.property(vpcBlocks, (cidrBlock) => {
                expect(parseCidrBlock(cidrBlock)).to.include({ cidrBlock });
            }),
        );
    });
});
