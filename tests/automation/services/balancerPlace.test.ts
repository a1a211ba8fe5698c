import { expect } from "chai";

import type { Target } from "../../../automation/environment/target";
import { findBalancerPlace } from "../../../automation/services/balancerPlace";
import type { StandingBalancer } from "../../../automation/services/standingBalancer";
import type { ContainerInstance } from "../../../automation/ports/aws";
import type { Instance } from "../../../automation/ports/awsServices";
import type { Route } from "../../../components/model/checks/reads";
import { placed } from "../../../components/model/problem";
import { instance, registered } from "../../helpers/awsObjects";
import { createFakeAws, owner } from "../../helpers/fakeAws";

const toInternet = { destination: "0.0.0.0/0", target: "igw-1", state: "active" };
const ofEveryone = {
    ...{ isEgress: false, protocol: "tcp", fromPort: 32_768, toPort: 60_999 },
};
const zones = ["a", "b", "c"];
const subnets = zones.map((zone, index) => ({
    ...{ id: `subnet-${index + 1}`, vpcId: "vpc-1", zone: `eu-central-1${zone}` },
    ...{ cidrBlock: `10.0.${index + 1}.0/24`, mapPublicIpOnLaunch: false },
}));

interface Case {
    /** Routes of each subnet, in their order. */
    readonly routes?: readonly Route[];
    readonly hosts?: readonly {
        readonly ofEcs?: Partial<ContainerInstance>;
        readonly ofEc2: Partial<Instance>;
    }[];
    /** Addresses from which the hosts' group lets in. */
    readonly letsIn?: readonly string[];
    readonly standing?: StandingBalancer;
}

async function placeOf({
    routes = [toInternet, toInternet, toInternet],
    hosts = [{ ofEc2: { securityGroupIds: ["sg-1"] } }],
    letsIn = ["10.0.0.0/16"],
    standing = {},
}: Case) {
    const { aws } = createFakeAws({
        containerInstances: { alice: hosts.map(({ ofEcs }, index) => registered(index + 1, ofEcs)) },
        instances: hosts.map(({ ofEc2 }, index) => instance(index + 1, ofEc2)),
        subnets,
        securityGroups: [
            { id: "sg-1", vpcId: "vpc-1", rules: letsIn.map((peer) => ({ ...ofEveryone, peer })) },
        ],
        routeTables: routes.map((route, index) => ({
            ...{ id: `rtb-${index + 1}`, vpcId: "vpc-1", main: false, routes: [route] },
            subnetIds: [`subnet-${index + 1}`],
        })),
    });
    const all = { ...aws, ec2: { ...aws.ec2, subnetsOf: () => Promise.resolve(subnets) } } as Target["aws"];
    const { place, problems } = await findBalancerPlace(
        { aws: all, clusterName: "alice", owner },
        { name: "web", balancer: "public", port: { container: 80 }, openGroups: [] },
        standing,
        { first: 32_768, last: 60_999 },
    );
    return { subnetIds: place?.subnetIds, problems: problems.map(placed) };
}

describe("where a service's load balancer stands", () => {
    it("is a subnet of each zone that has a route to an internet gateway", async () => {
        expect(await placeOf({})).to.deep.equal({
            subnetIds: ["subnet-1", "subnet-2", "subnet-3"],
            problems: [],
        });
    });

    // EC2 API reference, Route: an egress-only internet gateway lets nothing in; blackhole says that the target is gone.
    it("is none whose gateway is for egress only, or gone", async () => {
        for (const other of [
            { ...toInternet, destination: "::/0", target: "eigw-1" },
            { ...toInternet, state: "blackhole" },
        ]) {
            const { subnetIds } = await placeOf({ routes: [toInternet, other, toInternet] });
            expect(subnetIds).to.deep.equal(["subnet-1", "subnet-3"]);
        }
    });

    it("is, once it stands, what its doors are judged from", async () => {
        const loadBalancer = {
            ...{ type: "loadbalancer" as const, arn: "arn:lb", name: "web", tags: {} },
            subnetIds: ["subnet-2", "subnet-3"],
        };
        const asked = (letsIn: readonly string[]) => placeOf({ letsIn, standing: { loadBalancer } });
        expect((await asked(["10.0.2.0/24", "10.0.3.0/24"])).problems).to.deep.equal([]);
        expect((await asked(["10.0.1.0/24", "10.0.2.0/24"])).problems).to.have.length(1);
    });

    it("is told by hosts that EC2 shows as terminated no more, nor refused for them or for drained ones", async () => {
        const gone = { state: "terminated", subnetId: "", securityGroupIds: [] };
        const own = { ofEc2: { securityGroupIds: ["sg-1"] } };
        expect((await placeOf({ hosts: [{ ofEc2: gone }, own] })).problems).to.deep.equal([]);
        const closed = { letsIn: [] };
        expect((await placeOf({ ...closed, hosts: [own] })).problems).to.have.length(1);
        for (const other of [
            { ...own, ofEcs: { status: "DRAINING" } },
            { ofEc2: { ...own.ofEc2, state: "stopped" } },
        ]) {
            expect((await placeOf({ ...closed, hosts: [other] })).problems).to.deep.equal([]);
        }
    });
});
