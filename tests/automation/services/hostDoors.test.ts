import { expect } from "chai";

import { findDoors } from "../../../automation/services/hostDoors";
import type { GroupRule } from "../../../components/model/checks/reads";
import { placed } from "../../../components/model/problem";
import { tagKeys, type TagQuery } from "../../../components/model/tags";
import type { Target } from "../../../automation/environment/target";
import { owner } from "../../helpers/fakeAws";

const ports = { first: 32_768, last: 60_999 };
const from = ["10.0.0.0/24", "10.0.1.0/24"].map((cidrBlock, index) => ({
    ...{ id: `subnet-${index}`, vpcId: "vpc-1", zone: `eu-central-1${"ab"[index]}`, cidrBlock },
    mapPublicIpOnLaunch: false,
}));

const rule = (peer: string, first: number = ports.first, last: number = ports.last): GroupRule => ({
    ...{ isEgress: false, protocol: "tcp", fromPort: first, toPort: last, peer },
});

interface Case {
    /** Groups of each host, in their order. */
    readonly hosts: Readonly<Record<string, readonly string[]>>;
    readonly own?: readonly string[];
    readonly rules?: Readonly<Record<string, readonly GroupRule[]>>;
    /** Group of the load balancer, where it stands. */
    readonly balancer?: string;
    readonly openGroups?: readonly string[];
    /** Hosts that take no tasks: they are drained, or do not run. */
    readonly idle?: readonly string[];
    /** Groups that are being deleted. */
    readonly leaving?: readonly string[];
}

async function doorsOf({
    hosts,
    own = [],
    rules = {},
    balancer,
    openGroups = [],
    idle = [],
    leaving = [],
}: Case) {
    const tagged = (tags: TagQuery): readonly string[] =>
        tags[tagKeys.service] === undefined ? own : balancer === undefined ? [] : [balancer];
    const aws = {
        ec2: {
            securityGroups: (ids: readonly string[]) =>
                Promise.resolve(ids.map((id) => ({ id, vpcId: "vpc-1", rules: rules[id] ?? [] }))),
            resources: (tags: TagQuery) =>
                Promise.resolve(
                    tagged(tags).map((id) => ({
                        ...{ id, type: "security-group", leaving: leaving.includes(id) },
                    })),
                ),
        },
    } as unknown as Target["aws"];
    const found = await findDoors(
        { aws, owner },
        {
            ...{ name: "web", hostPorts: ports, from, openGroups },
            hosts: Object.entries(hosts).map(([instanceId, securityGroupIds]) => ({
                ...{ instanceId, securityGroupIds, takesTasks: !idle.includes(instanceId) },
            })),
        },
    );
    return { open: found.openGroups, problems: found.problems };
}

describe("the security groups through which a load balancer comes to hosts", () => {
    it("opens the environment's own alone, whatever stands before it", async () => {
        const hosts = { "i-1": ["sg-given", "sg-own"], "i-2": ["sg-own"] };
        expect(await doorsOf({ hosts, own: ["sg-own"] })).to.deep.equal({ open: ["sg-own"], problems: [] });
    });

    it("opens it for later hosts, and once more for other ports, but not where it is open", async () => {
        const hosts = { "i-1": ["sg-own"], "i-2": ["sg-new"] };
        const asked = (rules: readonly GroupRule[]) =>
            doorsOf({
                ...{ hosts, own: ["sg-own", "sg-new"], balancer: "sg-lb" },
                rules: { "sg-own": rules },
            });
        expect((await asked([rule("sg-lb")])).open).to.deep.equal(["sg-new"]);
        expect((await asked([rule("sg-lb", 40_000, 50_000)])).open).to.deep.equal(["sg-new", "sg-own"]);
    });

    it("refuses what is of others, with its hosts, the option, and the rule by which its owner lets it in", async () => {
        const hosts = { "i-1": ["sg-own"], "i-2": ["sg-others"] };
        const { open, problems } = await doorsOf({ hosts, own: ["sg-own"] });
        expect(open).to.deep.equal(["sg-own"]);
        expect(problems.map(placed)).to.deep.equal([
            "--public: the load balancer would not reach host i-2 on TCP ports 32768 to 60999: it has only security groups of others, sg-others, which are not opened unasked",
        ]);
        const [{ hint = "" } = {}] = problems;
        expect(hint).to.contain("--open-group sg-others");
        // AWS CLI reference, ec2 authorize-security-group-ingress: shorthand of --ip-permissions.
        expect(hint).to.contain(
            "aws ec2 authorize-security-group-ingress --group-id sg-others --ip-permissions 'IpProtocol=tcp,FromPort=32768,ToPort=60999,IpRanges=[{CidrIp=10.0.0.0/24},{CidrIp=10.0.1.0/24}]'",
        );
    });

    it("names the load balancer's own group in that rule, once it stands", async () => {
        const { problems } = await doorsOf({ hosts: { "i-1": ["sg-others"] }, balancer: "sg-lb" });
        expect(problems[0]?.hint).to.contain("UserIdGroupPairs=[{GroupId=sg-lb}]");
    });

    it("goes on where the rule is there already, by subnets or by group, and opens nothing", async () => {
        const hosts = { "i-1": ["sg-others"] };
        for (const rules of [
            [rule("10.0.0.0/24"), rule("10.0.1.0/24")],
            [rule("10.0.0.0/16", 0, 65_535)],
            [rule("sg-lb")],
        ]) {
            const answer = await doorsOf({ hosts, balancer: "sg-lb", rules: { "sg-others": rules } });
            expect(answer).to.deep.equal({ open: [], problems: [] });
        }
        const half = await doorsOf({ hosts, rules: { "sg-others": [rule("10.0.0.0/24")] } });
        expect(half.problems).to.have.length(1);
    });

    it("opens a group of others that a person names, and refuses one that no host has", async () => {
        const hosts = { "i-1": ["sg-a", "sg-b"] };
        expect(await doorsOf({ hosts, openGroups: ["sg-b"] })).to.deep.equal({
            open: ["sg-b"],
            problems: [],
        });
        const { problems } = await doorsOf({ hosts, openGroups: ["sg-b", "sg-c"] });
        expect(problems.map(placed)).to.deep.equal([
            "--open-group: no host has security group sg-c, expected one of sg-a, sg-b",
        ]);
    });

    it("says that a group need not be opened which the load balancer comes through already", async () => {
        const answer = await doorsOf({
            ...{ hosts: { "i-1": ["sg-a"] }, openGroups: ["sg-a"] },
            rules: { "sg-a": [rule("10.0.0.0/16")] },
        });
        expect(answer.open).to.deep.equal([]);
        expect(answer.problems.map((one) => `${one.severity} ${placed(one)}`)).to.deep.equal([
            "warning --open-group: security group sg-a is left as it is: the load balancer reaches its hosts without that",
        ]);
    });

    // EC2 user guide, "Terminate Amazon EC2 instances": what is terminated is shown for a while.
    it("passes over hosts that have no groups any more", async () => {
        const hosts = { "i-1": ["sg-own"], "i-gone": [] };
        expect(await doorsOf({ hosts, own: ["sg-own"] })).to.deep.equal({ open: ["sg-own"], problems: [] });
        const { problems } = await doorsOf({ hosts: { "i-gone": [] }, openGroups: ["sg-a"] });
        expect(problems.map(placed)).to.deep.equal(["--open-group: no host has security group sg-a"]);
    });

    it("refuses nothing for hosts that take no tasks, and opens the environment's own group of them", async () => {
        const hosts = { "i-1": ["sg-others"], "i-2": ["sg-own"] };
        const answer = await doorsOf({ hosts, own: ["sg-own"], idle: ["i-1", "i-2"] });
        expect(answer).to.deep.equal({ open: ["sg-own"], problems: [] });
    });

    it("takes no group for the environment's own that is being deleted", async () => {
        const { open, problems } = await doorsOf({
            ...{ hosts: { "i-1": ["sg-own"] }, own: ["sg-own"], leaving: ["sg-own"] },
        });
        expect(open).to.deep.equal([]);
        expect(problems).to.have.length(1);
    });

    it("opens the environment's own group also where its addresses are let in, which may be taken off again", async () => {
        const rules = { "sg-own": [rule("10.0.0.0/16")] };
        const { open } = await doorsOf({ hosts: { "i-1": ["sg-own"] }, own: ["sg-own"], rules });
        expect(open).to.deep.equal(["sg-own"]);
    });
});
