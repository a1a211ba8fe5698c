import type { Case } from "./ways.test";

const allow = (resource: string | readonly string[], more: object = {}) => ({
    Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: resource, ...more }],
});
const bucket = "arn:aws:s3:::amazon-ecs-agent-eu-central-1/*";
export const gateway = { routes: ["pl-s3 > vpce-1"], endpoints: ["vpce-1 s3 Gateway rtb-h"] };
export const byGateway = "open: rtb-h > vpce-1";
const policyDenies =
    "closed: the policy of its gateway endpoint vpce-1 lets nobody read the bucket amazon-ecs-agent-eu-central-1, which holds the agent";
const policyDoubt = "doubtful: the policy of its gateway endpoint vpce-1…";
export const noGateway = "closed: rtb-h leads to no internet or NAT gateway…";
const closed = { ecs: noGateway, suse: noGateway };
export const ofEcs = [
    "vpce-2 ecs Interface dns sg-e",
    "vpce-3 ecs-agent Interface dns sg-e",
    "vpce-4 ecs-telemetry Interface dns sg-e",
];
export const others = { "sg-e": ["in tcp 443 10.0.0.0/16"] };
export const byEndpoints = "open: vpce-2 > vpce-3 > vpce-4";
const nat = { routes: ["0.0.0.0/0 > nat-1"], nats: ["nat-1 available subnet-n"] };
const byNat = "open: rtb-h > nat-1 > subnet-n > rtb-n > igw-1";

/**
 * VPC user guide: "Gateway endpoints"; "AWS PrivateLink": private DNS, endpoint policies; ECS developer guide, "Amazon ECS
 * interface VPC endpoints". The verdicts were worked out by hand.
 */
export const networksOfEndpoints: readonly Case[] = [
    ["a gateway endpoint alone", gateway, { s3: byGateway, ...closed }],
    [
        "a gateway endpoint on another table",
        { ...gateway, routes: [], endpoints: ["vpce-1 s3 Gateway rtb-n"] },
        { s3: noGateway },
    ],
    [
        "a gateway endpoint that is not there yet",
        { ...gateway, endpoints: ["vpce-1 s3 Gateway rtb-h pending"] },
        { s3: noGateway },
    ],
    [
        "a gateway endpoint of DynamoDB",
        { routes: [], endpoints: ["vpce-1 dynamodb Gateway rtb-h"] },
        { s3: noGateway },
    ],
    [
        "a gateway endpoint before a NAT gateway",
        { ...nat, endpoints: gateway.endpoints },
        { s3: byGateway, ecs: byNat, suse: byNat },
    ],
    ["a policy for the agent's bucket", { ...gateway, policy: allow(bucket) }, { s3: byGateway, ...closed }],
    [
        "a policy for other buckets",
        { ...gateway, policy: allow("arn:aws:s3:::our-bucket/*") },
        { s3: policyDenies, ...closed },
    ],
    [
        "a policy for other buckets, and a NAT gateway to the agent's first bucket, which is elsewhere",
        { ...nat, endpoints: gateway.endpoints, policy: allow("arn:aws:s3:::our-bucket/*") },
        { s3: byNat },
    ],
    [
        "the same in the region of the first bucket, where the endpoint takes both",
        { ...nat, endpoints: gateway.endpoints, policy: allow("arn:aws:s3:::our-bucket/*") },
        {
            s3: "closed: the policy of its gateway endpoint vpce-1 lets nobody read the bucket amazon-ecs-agent-us-east-1, which holds the agent",
            ecs: byNat,
            suse: byNat,
        },
        "us-east-1",
    ],
    [
        "a policy for the first bucket, in its region",
        { ...gateway, policy: allow("arn:aws:s3:::amazon-ecs-agent/*") },
        { s3: byGateway, ...closed },
        "us-east-1",
    ],
    [
        "a policy for somebody in particular",
        { ...gateway, policy: allow(bucket, { Principal: { AWS: "arn:aws:iam::123456789012:root" } }) },
        { s3: policyDenies, ...closed },
    ],
    [
        "a policy with a denial",
        {
            ...gateway,
            policy: {
                Statement: [
                    ...allow("*").Statement,
                    {
                        Effect: "Deny",
                        Principal: "*",
                        Action: "s3:*",
                        NotResource: "arn:aws:s3:::our-bucket/*",
                    },
                ],
            },
        },
        { s3: policyDenies, ...closed },
    ],
    [
        "a policy under a condition",
        {
            ...gateway,
            policy: allow(bucket, { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
        },
        { s3: policyDoubt, ...closed },
    ],
    [
        "a policy with patterns in action and resource",
        { ...gateway, policy: allow("arn:aws:s3:::amazon-ecs-agent-*/*", { Action: ["s3:Get*"] }) },
        { s3: byGateway, ...closed },
    ],
    [
        "all endpoints that hosts need to join",
        { routes: gateway.routes, endpoints: [...gateway.endpoints, ...ofEcs], others },
        { s3: byGateway, ecs: byEndpoints, suse: noGateway },
    ],
    [
        "all but that of telemetry",
        { routes: gateway.routes, endpoints: [...gateway.endpoints, ...ofEcs.slice(0, 2)], others },
        {
            s3: byGateway,
            ecs: "closed: rtb-h leads to no internet or NAT gateway, and the VPC has no interface endpoint with private DNS for ecs-telemetry",
            suse: noGateway,
        },
    ],
    [
        "all but that of telemetry, beside a NAT gateway",
        { ...nat, endpoints: ofEcs.slice(0, 2), others },
        { s3: byNat, ecs: "open: vpce-2 > vpce-3 > rtb-h > nat-1 > subnet-n > rtb-n > igw-1" },
    ],
    [
        "all but that of ECS itself, without which hosts are told of public names",
        { routes: gateway.routes, endpoints: [...gateway.endpoints, ...ofEcs.slice(1)], others },
        {
            s3: byGateway,
            ecs: "closed: rtb-h leads to no internet or NAT gateway, and the VPC has no interface endpoint with private DNS for ecs",
            suse: noGateway,
        },
    ],
    [
        "all but that of ECS itself, beside a NAT gateway, through which all of it goes then",
        { ...nat, endpoints: ofEcs.slice(1), others: { "sg-e": [] } },
        { s3: byNat, ecs: byNat },
    ],
    [
        "endpoints without private DNS",
        {
            routes: gateway.routes,
            endpoints: [...gateway.endpoints, ...ofEcs.map((one) => one.replace(" dns", ""))],
            others,
        },
        {
            s3: byGateway,
            ...closed,
            ecs: "doubtful: rtb-h leads to no internet or NAT gateway, and the VPC has no interface endpoint with private DNS for ecs, ecs-agent, ecs-telemetry, unless a hosted zone of your own leads its names to vpce-2, vpce-3, vpce-4",
        },
    ],
    [
        "endpoints of which one is pending",
        {
            routes: gateway.routes,
            endpoints: [...gateway.endpoints, ...ofEcs.slice(0, 2), `${ofEcs[2]} pending`],
            others,
        },
        {
            s3: byGateway,
            ecs: "closed: rtb-h leads to no internet or NAT gateway, and the VPC has no interface endpoint with private DNS for ecs-telemetry",
            suse: noGateway,
        },
    ],
    [
        "endpoints that let nobody in, beside a NAT gateway that their names keep hosts from",
        { ...nat, endpoints: ofEcs, others: { "sg-e": [] } },
        {
            s3: byNat,
            ecs: "closed: security group sg-e does not let TCP port 443 in from hosts of subnet-h to vpce-2",
        },
    ],
    [
        "endpoints that let another subnet in",
        { ...nat, endpoints: ofEcs, others: { "sg-e": ["in tcp 443 10.0.2.0/24"] } },
        { s3: byNat, ecs: "closed: security group sg-e does not let TCP port 443…" },
    ],
    [
        "endpoints that let in the group of the hosts",
        {
            ...nat,
            endpoints: ofEcs,
            groups: { "sg-h": ["out all any 0.0.0.0/0"] },
            others: { "sg-e": ["in tcp 443 sg-h"] },
        },
        { s3: byNat, ecs: byEndpoints },
    ],
    [
        "endpoints that let in another group",
        {
            ...nat,
            endpoints: ofEcs,
            groups: { "sg-h": ["out all any 0.0.0.0/0"] },
            others: { "sg-e": ["in tcp 443 sg-x"] },
        },
        { s3: byNat, ecs: "closed: security group sg-e does not let TCP port 443…" },
    ],
    [
        "endpoints that let in a group, which may be that of hosts yet to come",
        { ...nat, endpoints: ofEcs, others: { "sg-e": ["in tcp 443 sg-x"] } },
        {
            s3: byNat,
            ecs: "doubtful: security group sg-e does not let TCP port 443 in from hosts of subnet-h to vpce-2, unless the rule for sg-x does",
        },
    ],
    [
        "an interface endpoint for S3",
        { routes: [], endpoints: ["vpce-5 s3 Interface dns sg-e"], others },
        { s3: "open: vpce-5", ...closed },
    ],
    [
        "an interface endpoint for S3 without private DNS",
        { routes: [], endpoints: ["vpce-5 s3 Interface sg-e"], others },
        { s3: noGateway },
    ],
    [
        "an interface endpoint for S3 of which nothing more is known",
        { routes: [], endpoints: ["vpce-5 s3 Interface untold"] },
        {
            s3: "doubtful: rtb-h leads to no internet or NAT gateway and has no S3 gateway endpoint, unless the VPC's interface endpoint for S3 serves it",
            ...closed,
        },
    ],
];
