import type { Case } from "./ways.test";

const nat = { routes: ["0.0.0.0/0 > nat-1"], nats: ["nat-1 available subnet-n"] };
const byNat = "open: rtb-h > nat-1 > subnet-n > rtb-n > igw-1";
const gateway = { routes: ["pl-s3 > vpce-1"], endpoints: ["vpce-1 s3 Gateway rtb-h"] };
const answers = "100 in allow tcp 1024-65535 0.0.0.0/0";
const https = "100 out allow tcp 443 0.0.0.0/0";
const last = ["32767 in deny all any 0.0.0.0/0", "32767 out deny all any 0.0.0.0/0"];
const hosts = (...rules: string[]) => ({ ...nat, acls: { "subnet-h": [...rules, ...last] } });
const nats = (...rules: string[]) => ({ ...nat, acls: { "subnet-n": [...rules, ...last] } });
const open = [
    "100 in allow tcp 443 10.0.1.0/24",
    "110 in allow tcp 1024-65535 0.0.0.0/0",
    "100 out allow tcp 443 0.0.0.0/0",
    "110 out allow tcp 32768-61000 10.0.1.0/24",
];
const groups = (...rules: string[]) => ({ ...nat, groups: { "sg-h": rules } });
const ofEcs = {
    routes: gateway.routes,
    endpoints: [
        ...gateway.endpoints,
        "vpce-2 ecs Interface dns sg-e",
        "vpce-3 ecs-agent Interface dns sg-e",
        "vpce-4 ecs-telemetry Interface dns sg-e",
    ],
    others: { "sg-e": ["in tcp 443 10.0.0.0/16"] },
};
const byEcs = "open: vpce-2 > vpce-3 > vpce-4";
const noGateway = "closed: rtb-h leads to no internet or NAT gateway…";

/** VPC user guide: "Network ACL rules", "Ephemeral ports", "Security group rules"; the verdicts were worked out by hand. */
export const networksOfFilters: readonly Case[] = [
    ["an ACL that lets HTTPS out, and answers in", hosts(https, answers), { s3: byNat }],
    [
        "an ACL that lets nothing out",
        hosts(answers),
        {
            s3: "closed: network ACL acl-h of subnet-h does not let TCP port 443 out to the Internet: no rule allows it",
        },
    ],
    [
        "an ACL that lets no answers in",
        hosts(https, "100 in allow tcp 443 0.0.0.0/0"),
        {
            s3: "closed: network ACL acl-h of subnet-h does not let the answers on TCP ports 32768 to 60999 in from the Internet: no rule allows it",
        },
    ],
    [
        "an ACL whose denial comes before what allows it",
        hosts("90 out deny all any 0.0.0.0/0", https, answers),
        {
            s3: "closed: network ACL acl-h of subnet-h does not let TCP port 443 out to the Internet: rule 90 denies it",
        },
    ],
    [
        "an ACL whose denial comes after what allows it",
        hosts(https, "110 out deny all any 0.0.0.0/0", answers),
        { s3: byNat },
    ],
    [
        "an ACL that denies private networks first",
        hosts("90 out deny all any 10.0.0.0/8", "91 out deny all any 192.168.0.0/17", https, answers),
        { s3: byNat },
    ],
    [
        "an ACL that allows UDP alone",
        hosts("100 out allow udp any 0.0.0.0/0", answers),
        { s3: "closed: network ACL acl-h…" },
    ],
    [
        "an ACL that allows one block alone, in which one update server and the region server are",
        hosts("100 out allow tcp 443 52.28.214.0/24", "110 out allow tcp 443 34.197.223.242/32", answers),
        {
            s3: "doubtful: network ACL acl-h of subnet-h lets only a part of TCP port 443 out to the Internet: no rule allows the rest, unless that part is enough",
            suse: byNat,
        },
    ],
    [
        "an ACL that denies the block of both update servers first",
        hosts("90 out deny tcp 443 52.0.0.0/6", https, answers),
        {
            s3: "doubtful: network ACL acl-h of subnet-h lets only a part of TCP port 443 out to the Internet: rule 90 denies the rest, unless that part is enough",
            suse: "closed: network ACL acl-h of subnet-h does not let TCP port 443 out to the Internet: rule 90 denies it",
        },
    ],
    [
        "an ACL that takes answers on a part of Linux's ports",
        hosts(https, "100 in allow tcp 49152-65535 0.0.0.0/0"),
        {
            s3: "doubtful: network ACL acl-h of subnet-h lets only a part of the answers on TCP ports 32768 to 60999 in from the Internet: no rule allows the rest, unless that part is enough",
        },
    ],
    ["an ACL of the NAT gateway's subnet that lets all of it through", nats(...open), { s3: byNat }],
    [
        "an ACL of the NAT gateway's subnet that does not let hosts in",
        nats(...open.slice(1)),
        {
            s3: "closed: network ACL acl-n of subnet-n does not let TCP port 443 in from subnet-h: no rule allows it",
        },
    ],
    [
        "an ACL of the NAT gateway's subnet without answers to the hosts",
        nats(...open.slice(0, 3)),
        {
            s3: "closed: network ACL acl-n of subnet-n does not let the answers on TCP ports 32768 to 60999 out to subnet-h: no rule allows it",
        },
    ],
    [
        "an ACL of the NAT gateway's subnet that takes answers on Linux's ports alone, and NAT gateways use more",
        nats(...open.filter((rule) => !rule.startsWith("110 in")), "110 in allow tcp 32768-60999 0.0.0.0/0"),
        {
            s3: "doubtful: network ACL acl-n of subnet-n lets only a part of the answers on TCP ports 1024 to 65535 in from the Internet: no rule allows the rest…",
        },
    ],
    ["ACLs that could not be read", { ...hosts(), isUnread: true }, { s3: "open: rtb-h > nat-1" }],
    [
        "an ACL that allows nothing, before endpoints in another subnet",
        { ...ofEcs, acls: { "subnet-h": last } },
        {
            s3: "closed: network ACL acl-h of subnet-h does not let TCP port 443 out to Amazon S3: no rule allows it",
            ecs: "closed: network ACL acl-h of subnet-h does not let TCP port 443 out to subnet-e: no rule allows it",
            suse: noGateway,
        },
    ],
    [
        "an ACL that allows the VPC alone, before endpoints in another subnet",
        {
            ...ofEcs,
            acls: {
                "subnet-h": [
                    "100 out allow all any 10.0.0.0/16",
                    "100 in allow all any 10.0.0.0/16",
                    ...last,
                ],
            },
        },
        {
            s3: "closed: network ACL acl-h of subnet-h does not let TCP port 443 out to Amazon S3…",
            ecs: byEcs,
            suse: noGateway,
        },
    ],
    [
        "an ACL that allows nothing, around hosts and endpoints in one subnet",
        {
            ...ofEcs,
            endpoints: ofEcs.endpoints.map((one) => (one.includes("dns") ? `${one} subnet-h` : one)),
            acls: { "subnet-h": last },
        },
        { s3: "closed: network ACL acl-h…", ecs: byEcs, suse: noGateway },
    ],
    [
        "an ACL of the endpoints' subnet that does not let hosts in",
        { ...ofEcs, acls: { "subnet-e": last } },
        {
            s3: "open: rtb-h > vpce-1",
            ecs: "closed: network ACL acl-e of subnet-e does not let TCP port 443 in from subnet-h: no rule allows it",
            suse: noGateway,
        },
    ],
    [
        "the same, with another address of the endpoints in the subnet of the hosts",
        {
            ...ofEcs,
            endpoints: ofEcs.endpoints.map((one) => (one.includes("dns") ? `${one} subnet-e subnet-h` : one)),
            acls: { "subnet-e": last },
        },
        {
            s3: "open: rtb-h > vpce-1",
            ecs: "doubtful: network ACL acl-e of subnet-e does not let TCP port 443 in from subnet-h: no rule allows it, unless its addresses in other subnets are enough",
            suse: noGateway,
        },
    ],
    ["a security group that lets HTTPS out", groups("out tcp 443 0.0.0.0/0"), { s3: byNat }],
    ["a security group that lets everything out", groups("out all any 0.0.0.0/0"), { s3: byNat }],
    [
        "a security group that lets nothing out",
        groups(),
        { s3: "closed: security group sg-h does not let TCP port 443 out to the Internet" },
    ],
    [
        "a security group that lets HTTP alone out",
        groups("out tcp 80 0.0.0.0/0"),
        { s3: "closed: security group sg-h does not let TCP port 443…" },
    ],
    [
        "a security group with a rule for what comes in alone",
        groups("in tcp 443 0.0.0.0/0"),
        { s3: "closed: security group sg-h does not let TCP port 443…" },
    ],
    [
        "two security groups, of which one lets HTTPS out",
        { ...nat, groups: { "sg-h": [], "sg-i": ["out tcp 443 0.0.0.0/0"] } },
        { s3: byNat },
    ],
    [
        "two security groups that let nothing out",
        { ...nat, groups: { "sg-h": [], "sg-i": [] } },
        { s3: "closed: the security groups sg-h, sg-i do not let TCP port 443 out to the Internet" },
    ],
    [
        "a security group that lets the VPC alone out, before endpoints",
        { ...ofEcs, groups: { "sg-h": ["out tcp 443 10.0.0.0/16"] } },
        {
            s3: "closed: security group sg-h does not let TCP port 443 out to Amazon S3",
            ecs: byEcs,
            suse: noGateway,
        },
    ],
    [
        "a security group for the prefix list of the gateway endpoint and the group of the others",
        { ...ofEcs, groups: { "sg-h": ["out tcp 443 pl-s3", "out tcp 443 sg-e"] } },
        { s3: "open: rtb-h > vpce-1", ecs: byEcs, suse: noGateway },
    ],
    [
        "a security group for a prefix list, which may hold anything",
        groups("out tcp 443 pl-1"),
        {
            s3: "doubtful: security group sg-h does not let TCP port 443 out to the Internet, unless the rule for pl-1 does",
        },
    ],
    [
        "a security group for SUSE's servers alone",
        groups("out tcp 443 34.197.223.242/32", "out tcp 443 54.93.130.182/32"),
        {
            s3: "doubtful: security group sg-h lets only a part of TCP port 443 out to the Internet…",
            suse: byNat,
        },
    ],
];
