import { expect } from "chai";
import fc from "fast-check";
import { formatBlock, parseBlock, sizeOf } from "../../../local/provider/awsx/addresses";
import { layOut } from "../../../local/provider/awsx/subnetLayout";

const zones = ["us-east-1a", "us-east-1b"];

function blocks(...args: Parameters<typeof layOut>): Record<string, string> {
    return Object.fromEntries(layOut(...args).map((subnet) => [subnet.name, subnet.cidrBlock]));
}

describe("the subnet layout of awsx:ec2:Vpc", () => {
    // The official component's own figures: awsx/ec2/subnetDistributorNew.ts, defaultSubnetInputs.
    it("gives half of a zone to a private and a quarter to a public subnet, when nothing is asked for", () => {
        expect(blocks("net", "10.0.0.0/16", zones, undefined, undefined)).to.deep.equal({
            "net-private-1": "10.0.0.0/18",
            "net-public-1": "10.0.64.0/19",
            "net-private-2": "10.0.128.0/18",
            "net-public-2": "10.0.192.0/19",
        });
    });

    it("takes explicit blocks as they are, zone by zone", () => {
        const specs = [
            { type: "Public", cidrBlocks: ["10.0.0.0/24", "10.0.1.0/24"] },
            { type: "Private", name: "hosts", cidrBlocks: ["10.0.8.0/22", "10.0.12.0/22"] },
        ];
        expect(blocks("net", "10.0.0.0/16", zones, specs, undefined)).to.deep.equal({
            "net-public-1": "10.0.0.0/24",
            "net-hosts-1": "10.0.8.0/22",
            "net-public-2": "10.0.1.0/24",
            "net-hosts-2": "10.0.12.0/22",
        });
    });

    it("divides a zone evenly where no size is given, and begins each subnet on its own boundary", () => {
        const even = [{ type: "Public" }, { type: "Private" }, { type: "Isolated" }];
        expect(blocks("net", "10.0.0.0/16", ["a"], even, undefined)).to.deep.equal({
            "net-public-1": "10.0.0.0/18",
            "net-private-1": "10.0.64.0/18",
            "net-isolated-1": "10.0.128.0/18",
        });
        const growing = [
            { type: "Public", cidrMask: 24 },
            { type: "Private", cidrMask: 20 },
        ];
        expect(blocks("net", "10.0.0.0/16", ["a"], growing, undefined)).to.deep.equal({
            "net-public-1": "10.0.0.0/24",
            "net-private-1": "10.0.16.0/20",
        });
    });

    it("makes public subnets before private and isolated ones, and none of unused space", () => {
        const specs = ["Isolated", "Unused", "Private", "Public"].map((type) => ({ type, cidrMask: 24 }));
        const names = layOut("net", "10.0.0.0/16", ["a"], specs, undefined).map((subnet) => subnet.name);
        expect(names).to.deep.equal(["net-public-1", "net-private-1", "net-isolated-1"]);
    });

    it("says when subnets do not fit, or an explicit block is missing", () => {
        const large = [
            { type: "Public", cidrMask: 17 },
            { type: "Private", cidrMask: 17 },
        ];
        expect(() => layOut("net", "10.0.0.0/16", zones, large, undefined)).to.throw(
            "do not fit into 10.0.0.0/17",
        );
        const short = [{ type: "Public", cidrBlocks: ["10.0.0.0/24"] }];
        expect(() => layOut("net", "10.0.0.0/16", zones, short, undefined)).to.throw(
            'cidrBlocks of "Public" for zone 2',
        );
    });

    it("never lets subnets overlap or leave the VPC", () => {
        const types = fc.array(fc.constantFrom("Public", "Private", "Isolated"), {
            minLength: 1,
            maxLength: 6,
        });
        fc.assert(
            fc.property(types, fc.integer({ min: 1, max: 4 }), (wanted, zoneCount) => {
                const specs = wanted.map((type, index) => ({ type, name: `s${index}` }));
                const names = Array.from({ length: zoneCount }, (_, index) => `zone-${index}`);
                const found = layOut("net", "10.0.0.0/16", names, specs, undefined)
                    .map((subnet) => parseBlock(subnet.cidrBlock))
                    .sort((a, b) => a.first - b.first);
                expect(found).to.have.lengthOf(specs.length * zoneCount);
                let free = parseBlock("10.0.0.0/16").first;
                for (const block of found) {
                    expect(block.first).to.be.at.least(free);
                    free = block.first + sizeOf(block.prefixLength);
                }
                expect(free).to.be.at.most(parseBlock("10.1.0.0/16").first);
            }),
        );
    });
});

describe("address blocks", () => {
    it("are written as they are read", () => {
        for (const block of ["10.0.0.0/8", "192.168.255.0/24", "255.255.255.255/32", "0.0.0.0/0"]) {
            expect(formatBlock(parseBlock(block))).to.equal(block);
        }
    });

    it("begin where their prefix says", () => {
        expect(formatBlock(parseBlock("10.1.2.3/16"))).to.equal("10.1.0.0/16");
    });

    it("are refused when they are none", () => {
        for (const text of ["10.0.0.0", "10.0.0.0/33", "10.0.0.256/8", "fd00::/8"]) {
            expect(() => parseBlock(text)).to.throw(`got "${text}", expected an IPv4 block`);
        }
    });
});
