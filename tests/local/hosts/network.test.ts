import { expect } from "chai";
import { reachEcs, reachS3 } from "../../../local/hosts/decide/network";
import type { EndpointFacts, NetworkFacts, RouteFacts } from "../../../local/hosts/decide/network";

const igw: RouteFacts = { destination: "0.0.0.0/0", target: "internetGateway", active: true };
const nat: RouteFacts = { destination: "0.0.0.0/0", target: "natGateway", active: true, natWorks: true };
const interfaces = (...services: string[]): EndpointFacts[] =>
    services.map((service) => ({ service, usable: true }));

function network(change: Partial<NetworkFacts>): NetworkFacts {
    return {
        hasPublicAddress: false,
        httpsAllowed: true,
        aclAllows: true,
        routes: [],
        endpoints: [],
        ...change,
    };
}

/** Source: VPC user guide on internet gateways, NAT gateways and gateway endpoints; ECS guide on its endpoints. */
const table: readonly (readonly [string, NetworkFacts, boolean, boolean])[] = [
    ["public subnet, public address", network({ routes: [igw], hasPublicAddress: true }), true, true],
    ["public subnet, no public address", network({ routes: [igw] }), false, false],
    ["private subnet, NAT gateway", network({ routes: [nat] }), true, true],
    ["NAT gateway without a way out", network({ routes: [{ ...nat, natWorks: false }] }), false, false],
    ["blackhole", network({ routes: [{ ...igw, active: false }], hasPublicAddress: true }), false, false],
    ["default route to something else", network({ routes: [{ ...igw, target: "other" }] }), false, false],
    ["no route out", network({}), false, false],
    [
        "no route out, S3 gateway endpoint",
        network({ endpoints: [{ service: "s3", usable: true }] }),
        true,
        false,
    ],
    [
        "S3 gateway endpoint of another route table",
        network({ endpoints: [{ service: "s3", usable: false }] }),
        false,
        false,
    ],
    [
        "all endpoints of ECS",
        network({ endpoints: interfaces("ecs", "ecs-agent", "ecs-telemetry") }),
        false,
        true,
    ],
    ["one endpoint of ECS missing", network({ endpoints: interfaces("ecs", "ecs-agent") }), false, false],
    [
        "security groups that let nothing out",
        network({ routes: [igw], hasPublicAddress: true, httpsAllowed: false }),
        false,
        false,
    ],
];

describe("a host's way to AWS", () => {
    for (const [what, facts, s3, ecs] of table) {
        it(`${what}: S3 ${s3 ? "is" : "is not"} reached, ECS ${ecs ? "is" : "is not"}`, () => {
            expect(reachS3(facts).reachable).to.equal(s3);
            expect(reachEcs(facts).reachable).to.equal(ecs);
        });
    }

    it("says why", () => {
        const why = (facts: NetworkFacts) => {
            const reached = reachS3(facts);
            return reached.reachable ? "" : reached.why;
        };
        expect(why(network({ routes: [igw] }))).to.include("no public address");
        expect(why(network({}))).to.include("no route out");
    });
});
