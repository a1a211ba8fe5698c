import type { Case } from "./ways.test";

const byInternet = "open: rtb-h > igw-1";
const byNat = "open: rtb-h > nat-1 > subnet-n > rtb-n > igw-1";
const toNat = { routes: ["0.0.0.0/0 > nat-1"], nats: ["nat-1 available subnet-n"] };
const noGateway = "closed: rtb-h leads to no internet or NAT gateway…";

/** VPC user guide: "Route tables", "NAT gateways", "Internet gateways"; the verdicts were worked out by hand. */
export const networksOfRoutes: readonly Case[] = [
    [
        "an internet gateway and public addresses",
        { routes: ["0.0.0.0/0 > igw-1"], isPublic: true },
        { s3: byInternet },
    ],
    [
        "an internet gateway on the main table, which serves subnets without one",
        { routes: ["0.0.0.0/0 > igw-1"], isPublic: true, usesMain: true },
        { s3: byInternet },
    ],
    [
        "an internet gateway without public addresses",
        { routes: ["0.0.0.0/0 > igw-1"] },
        {
            s3: "closed: rtb-h leads only to the internet gateway igw-1, and the subnet gives hosts no public address to use it with",
        },
    ],
    [
        "no routes but the VPC's own",
        { routes: [] },
        {
            s3: "closed: rtb-h leads to no internet or NAT gateway and has no S3 gateway endpoint",
            ecs: "closed: rtb-h leads to no internet or NAT gateway, and the VPC has no interface endpoint with private DNS for ecs, ecs-agent, ecs-telemetry",
            suse: "closed: rtb-h leads to no internet or NAT gateway, and no endpoint of a VPC leads to SUSE's servers",
        },
    ],
    ["a NAT gateway in a public subnet", toNat, { s3: byNat }],
    ["a NAT gateway that could not be read", { ...toNat, isUnread: true }, { s3: "open: rtb-h > nat-1" }],
    [
        "a NAT gateway that has failed",
        { ...toNat, nats: ["nat-1 failed subnet-n"] },
        { s3: "closed: its NAT gateway nat-1 is failed, expected available" },
    ],
    [
        "a NAT gateway that is still pending",
        { ...toNat, nats: ["nat-1 pending subnet-n"] },
        { s3: "closed: its NAT gateway nat-1 is pending, expected available" },
    ],
    [
        "a NAT gateway in a subnet without a way out",
        { ...toNat, natRoutes: [] },
        {
            s3: "closed: its NAT gateway nat-1 stands in subnet-n, whose route table (rtb-n) leads to no internet gateway",
        },
    ],
    [
        "a NAT gateway in a subnet whose internet gateway is gone",
        { ...toNat, natRoutes: ["0.0.0.0/0 > igw-1!"] },
        {
            s3: "closed: its NAT gateway nat-1 stands in subnet-n, whose route table (rtb-n) leads to no internet gateway",
        },
    ],
    [
        "a NAT gateway in the very subnet that it serves",
        { ...toNat, nats: ["nat-1 available subnet-h"] },
        {
            s3: "closed: its NAT gateway nat-1 stands in subnet-h, whose route table (rtb-h) leads to no internet gateway",
        },
    ],
    [
        "a NAT gateway behind a transit gateway",
        { ...toNat, natRoutes: ["0.0.0.0/0 > tgw-1"] },
        { s3: "doubtful: rtb-h leads to no internet or NAT gateway…" },
    ],
    [
        "a private NAT gateway",
        { ...toNat, nats: ["nat-1 available subnet-n private"] },
        { s3: "doubtful: rtb-h leads to no internet or NAT gateway…" },
    ],
    ["a regional NAT gateway", { ...toNat, nats: ["nat-1 available"] }, { s3: "open: rtb-h > nat-1" }],
    [
        "a route whose NAT gateway is gone",
        { routes: ["0.0.0.0/0 > nat-1!"] },
        { s3: "closed: rtb-h leads to no internet or NAT gateway (its route through nat-1 is a blackhole)…" },
    ],
    [
        "a transit gateway",
        { routes: ["0.0.0.0/0 > tgw-1"] },
        {
            s3: "doubtful: rtb-h leads to no internet or NAT gateway and has no S3 gateway endpoint, unless its route to 0.0.0.0/0 through tgw-1 leads there",
            ecs: "doubtful: …",
            suse: "doubtful: …",
        },
    ],
    [
        "a peering connection, which leads into the other VPC and not out of it",
        { routes: ["0.0.0.0/0 > pcx-1"] },
        {
            s3: "closed: rtb-h leads to no internet or NAT gateway (its route through pcx-1 leads to a peered VPC, whose gateways serve that VPC alone) and has no S3 gateway endpoint",
            ecs: "doubtful: …",
            suse: "closed: …",
        },
    ],
    [
        "a NAT gateway, and a peering connection for a part of the Internet",
        { ...toNat, routes: ["0.0.0.0/0 > nat-1", "52.28.0.0/16 > pcx-1"] },
        {
            s3: "doubtful: the route of rtb-h to 52.28.0.0/16 leads nowhere: its route through pcx-1 leads to a peered VPC, whose gateways serve that VPC alone, unless Amazon S3 is not in 52.28.0.0/16",
            ecs: "doubtful: the route of rtb-h to 52.28.0.0/16 leads nowhere…",
            suse: byNat,
        },
    ],
    ["a virtual private gateway", { routes: ["0.0.0.0/0 > vgw-1"] }, { s3: "doubtful: …" }],
    ["a firewall's endpoint", { routes: ["0.0.0.0/0 > vpce-fw"] }, { s3: "doubtful: …" }],
    ["an appliance's network interface", { routes: ["0.0.0.0/0 > eni-1"] }, { s3: "doubtful: …" }],
    [
        "both halves of the Internet through a NAT gateway",
        { ...toNat, routes: ["0.0.0.0/1 > nat-1", "128.0.0.0/1 > nat-1"] },
        { s3: byNat },
    ],
    [
        "one half of the Internet through a NAT gateway, in which SUSE's servers are",
        { ...toNat, routes: ["0.0.0.0/1 > nat-1"] },
        { s3: "doubtful: rtb-h leads to no internet or NAT gateway…", suse: byNat },
    ],
    [
        "the other half, in which they are not",
        { ...toNat, routes: ["128.0.0.0/1 > nat-1"] },
        { s3: "doubtful: …", suse: noGateway },
    ],
    [
        "a more specific route to nothing, in which one of two update servers is",
        { ...toNat, routes: ["0.0.0.0/0 > nat-1", "52.28.0.0/16 > tgw-1!"] },
        {
            s3: "doubtful: the route of rtb-h to 52.28.0.0/16 leads nowhere: its route through tgw-1 is a blackhole, unless Amazon S3 is not in 52.28.0.0/16",
            ecs: "doubtful: the route of rtb-h to 52.28.0.0/16…",
            suse: byNat,
        },
    ],
    [
        "a more specific route to nothing, in which both update servers are",
        { ...toNat, routes: ["0.0.0.0/0 > nat-1", "52.0.0.0/6 > tgw-1!"] },
        {
            s3: "doubtful: the route of rtb-h to 52.0.0.0/6…",
            suse: "closed: rtb-h leads to no internet or NAT gateway (its route through tgw-1 is a blackhole)…",
        },
    ],
    [
        "a more specific route through a transit gateway beside a NAT gateway: both may lead there",
        { ...toNat, routes: ["0.0.0.0/0 > nat-1", "52.0.0.0/8 > tgw-1"] },
        { s3: byNat },
    ],
    [
        "a most specific route out of a less specific one to nothing",
        { ...toNat, routes: ["0.0.0.0/0 > tgw-1!", "34.197.223.0/24 > nat-1", "54.93.130.182/32 > nat-1"] },
        { s3: "doubtful: …", suse: byNat },
    ],
    [
        "routes to private networks alone",
        { routes: ["10.0.0.0/8 > tgw-1", "172.16.0.0/12 > pcx-1", "192.168.0.0/16 > vgw-1"] },
        { s3: noGateway, ecs: "doubtful: …", suse: noGateway },
    ],
    [
        "a gateway endpoint of S3 and a route to a network that may have the endpoints of ECS",
        { routes: ["10.0.0.0/8 > tgw-1"], endpoints: ["vpce-1 s3 Gateway rtb-h"] },
        {
            s3: "open: rtb-h > vpce-1",
            ecs: "doubtful: …",
            suse: "closed: …",
        },
    ],
    [
        "a gateway endpoint of S3 and a proxy of the agent",
        { endpoints: ["vpce-1 s3 Gateway rtb-h"], agentProxy: "proxy.example:3128" },
        { s3: "open: rtb-h > vpce-1", ecs: "doubtful: …", suse: "closed: …" },
    ],
    [
        "no way of its own, and a proxy of the hosts",
        { proxy: "proxy.example:3128" },
        { s3: "doubtful: …", ecs: "doubtful: …", suse: "doubtful: …" },
    ],
    [
        "a gateway endpoint of S3 and a proxy of the hosts",
        { endpoints: ["vpce-1 s3 Gateway rtb-h"], proxy: "proxy.example:3128" },
        { s3: "open: rtb-h > vpce-1", ecs: "doubtful: …", suse: "doubtful: …" },
    ],
    [
        "endpoints whose names only a hosted zone of one's own can lead to",
        {
            endpoints: [
                "vpce-1 s3 Gateway rtb-h",
                "vpce-2 ecs Interface sg-e",
                "vpce-3 ecs-agent Interface sg-e",
                "vpce-4 ecs-telemetry Interface sg-e",
            ],
        },
        { s3: "open: rtb-h > vpce-1", ecs: "doubtful: …", suse: "closed: …" },
    ],
    ["a route of IPv6 alone", { routes: ["::/0 > eigw-1"] }, { s3: noGateway }],
    [
        "a prefix list through a transit gateway, which may hold anything",
        { routes: ["pl-63a5400a > tgw-1"] },
        {
            s3: "doubtful: rtb-h leads to no internet or NAT gateway and has no S3 gateway endpoint, unless its route to pl-63a5400a through tgw-1 leads there",
            ecs: "doubtful: …",
            suse: "doubtful: …",
        },
    ],
    ["a prefix list of an endpoint of something else", { routes: ["pl-1 > vpce-ddb"] }, { s3: noGateway }],
    [
        // One of SUSE's update servers, 52.28.214.37, is in there; the other one is not.
        "a VPC with a block of the Internet as its own, which hides a part of it",
        { routes: ["52.28.0.0/16 > local", "0.0.0.0/0 > igw-1"], isPublic: true },
        {
            s3: "doubtful: the route of rtb-h to 52.28.0.0/16 leads nowhere: 52.28.0.0/16 is the VPC's own block, and hides what is there on the Internet, unless Amazon S3 is not in 52.28.0.0/16",
            ecs: "doubtful: the route of rtb-h to 52.28.0.0/16 leads nowhere: 52.28.0.0/16 is the VPC's own block, and hides what is there on the Internet, unless Amazon ECS is not in 52.28.0.0/16",
            suse: "open: rtb-h > igw-1",
        },
    ],
    [
        // All of SUSE's region servers that the sketch knows.
        "a VPC with the block of SUSE's region server as its own",
        { routes: ["34.197.0.0/16 > local", "0.0.0.0/0 > igw-1"], isPublic: true },
        {
            s3: "doubtful: the route of rtb-h to 34.197.0.0/16 leads nowhere…",
            ecs: "doubtful: the route of rtb-h to 34.197.0.0/16 leads nowhere…",
            suse: "closed: 34.197.0.0/16 is the VPC's own block, and hides what is there on the Internet",
        },
    ],
];
