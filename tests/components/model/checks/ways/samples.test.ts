import { expect } from "chai";
import fc from "fast-check";

import type { AclRule, GroupRule } from "../../../../../components/model/checks/reads";
import {
    holds,
    internet,
    samplesOf,
    spanOf,
    type Span,
} from "../../../../../components/model/checks/ways/addresses";
import { passAcl, passGroups } from "../../../../../components/model/checks/ways/filters";

/** So small a world that every address and port of it can be tried: 10.0.0.0/28 and ports 0 to 7. */
const block: Span = spanOf("10.0.0.0/28") ?? { first: 0, last: 0 };
const values = ({ first, last }: Span): readonly number[] =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index);

const cidrBlock = fc
    .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 27, max: 32 }))
    .map(([last, prefix]) => `10.0.0.${last}/${prefix}`);
const ports = fc
    .tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 }))
    .map(([one, other]) => ({ fromPort: Math.min(one, other), toPort: Math.max(one, other) }));
const wanted = ports.map(({ fromPort, toPort }): Span => ({ first: fromPort, last: toPort }));
const aclRules = fc.array(
    fc.record({
        cidrBlock,
        ports,
        allows: fc.boolean(),
        isEgress: fc.boolean(),
        protocol: fc.constantFrom("6", "17", "-1"),
    }),
    { maxLength: 8 },
);

const passageOf = (passed: readonly boolean[]): string =>
    passed.every(Boolean) ? "all" : passed.some(Boolean) ? "some" : "none";
const covers = (cidr: string, address: number): boolean =>
    holds(spanOf(cidr) ?? { first: 1, last: 0 }, address);

describe("what passes a filter", () => {
    it("is what passes it address by address and port by port, for network ACLs", () => {
        fc.assert(
            fc.property(aclRules, wanted, (given, span) => {
                const rules = given.map((one, index): AclRule => ({
                    ...one,
                    ...one.ports,
                    number: 100 - index,
                }));
                const inOrder = [...rules].sort((one, other) => one.number - other.number);
                // Every protocol has every port, whatever ports stand in the rule.
                const fits = (rule: AclRule, address: number, port: number): boolean =>
                    rule.isEgress &&
                    covers(rule.cidrBlock, address) &&
                    (rule.protocol === "-1" ||
                        (rule.protocol === "6" &&
                            (rule.fromPort ?? 0) <= port &&
                            port <= (rule.toPort ?? 0)));
                const each = values(block).flatMap((address) =>
                    values(span).map(
                        (port) => inOrder.find((rule) => fits(rule, address, port))?.allows === true,
                    ),
                );
                const traffic = { isEgress: true, ports: span, peers: [block] };
                const { passage } = passAcl({ id: "acl-1", subnetIds: [], rules }, traffic);
                expect(passage).to.equal(passageOf(each));
            }),
        );
    });

    it("is the same for security groups, of which any rule will do", () => {
        fc.assert(
            fc.property(aclRules, wanted, (given, span) => {
                const rules = given.map(
                    ({ cidrBlock: peer, ports: { fromPort, toPort }, protocol, isEgress }): GroupRule => ({
                        ...{ peer, fromPort, toPort, isEgress, protocol },
                    }),
                );
                const fits = (rule: GroupRule, address: number, port: number): boolean =>
                    rule.isEgress &&
                    covers(rule.peer, address) &&
                    (rule.protocol === "-1" ||
                        (rule.protocol === "6" &&
                            (rule.fromPort ?? 0) <= port &&
                            port <= (rule.toPort ?? 0)));
                const each = values(block).flatMap((address) =>
                    values(span).map((port) => rules.some((rule) => fits(rule, address, port))),
                );
                const traffic = { isEgress: true, ports: span, peers: [block], peerIds: [] };
                const { passage } = passGroups([{ id: "sg-1", vpcId: "vpc-1", rules }], traffic);
                expect(passage).to.equal(passageOf(each));
            }),
        );
    });
});

describe("samples", () => {
    it("have one of every part that bounds cut spans into", () => {
        const spans = [{ first: 0, last: 9 }];
        const bounds = [
            { first: 3, last: 4 },
            { first: 8, last: 20 },
        ];
        // 0-2, 3-4, 5-7, 8-9.
        expect(samplesOf(spans, bounds)).to.deep.equal([0, 3, 5, 8]);
    });

    it("of the Internet hold none of the private networks, and end before multicast", () => {
        const isOnInternet = (ip: string): boolean =>
            internet.some((span) => holds(span, spanOf(`${ip}/32`)?.first ?? -1));
        for (const ip of [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "172.32.0.0",
            "192.167.255.255",
            "223.255.255.255",
        ]) {
            expect(isOnInternet(ip), ip).to.equal(true);
        }
        for (const ip of [
            "0.0.0.1",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.0",
            "172.31.255.255",
            "192.168.1.1",
            "224.0.0.1",
            "255.255.255.255",
        ]) {
            expect(isOnInternet(ip), ip).to.equal(false);
        }
    });
});
