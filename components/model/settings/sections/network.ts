import { z } from "zod";
import { parseCidrBlock } from "../../subnets";
import { bundledPrices } from "../../cost/prices";
import { defaults } from "../defaults";
import { checkedText, listOf, mayBeOutput, oneOf, text, wholeNumber } from "../fields";
import { ingressSchema, resolveIngress, type IngressRule } from "./ingress";
import { securityGroupIds } from "./securityGroupIds";
import type { Settings } from "../settings.generated";

const { usdAnHour } = bundledPrices;

const defaultVpc = z.strictObject({
    mode: z.literal("default").optional().meta({
        description: "The account's default VPC and its default subnets.",
        defaultText: defaults.networkMode,
    }),
    ingress: ingressSchema.optional(),
    securityGroupIds: securityGroupIds().optional().meta({
        description: "Security groups of the default VPC that hosts have beside their own.",
        defaultText: "- none",
    }),
});

const existing = z.strictObject({
    mode: z.literal("existing").meta({ description: "Subnets and security groups that already exist." }),
    subnetIds: listOf(
        text(/^subnet-[0-9a-f]{8,17}$/, "a subnet id such as subnet-0123456789abcdef0").meta(
            mayBeOutput("subnet-5e5ec50000000####"),
        ),
        "a list of subnet ids",
    ).meta({ description: "Subnets for the hosts, all of one VPC." }),
    securityGroupIds: securityGroupIds().meta({
        description: "Security groups of the hosts, of the same VPC.",
    }),
});

const create = z.strictObject({
    mode: z
        .literal("create")
        .meta({ description: "A VPC of the environment's own, with a gateway endpoint to S3." }),
    cidrBlock: checkedText("an IPv4 block such as 10.0.0.0/16", (value) => {
        const parsed = parseCidrBlock(value);
        return "expected" in parsed ? parsed.expected : undefined;
    })
        .optional()
        .meta({ description: "Addresses of the VPC, /16 to /24.", defaultText: defaults.cidrBlock }),
    zones: wholeNumber(1, 6)
        .optional()
        .meta({ description: "Number of availability zones.", defaultText: String(defaults.zones) }),
    subnets: oneOf(["public", "private", "isolated"])
        .optional()
        .meta({
            description:
                "`public`: hosts have public addresses, and nothing reaches them but what `ingress` lets in; `private`: hosts go out through one NAT gateway; `isolated`: hosts have no way to the Internet, and reach S3, ECS, ECR, CloudWatch Logs and (`instanceRole.ssm: true`) Systems Manager by endpoints in the VPC, but neither SUSE's update servers nor images of other registries. " +
                `AWS charges (${bundledPrices.region}, ${bundledPrices.month.others}) ${usdAnHour.publicAddress} USD an hour for each public address, ${usdAnHour.natGateway} for the NAT gateway, which has one, and ${usdAnHour.interfaceEndpoint} for each endpoint but that of S3 in each zone; \`preview\` and \`up\` say what that comes to.`,
            defaultText: defaults.subnets,
        }),
    ingress: ingressSchema.optional(),
    securityGroupIds: securityGroupIds().optional().meta({
        description:
            "Security groups that hosts have beside their own, of the environment's own VPC: from the second update on.",
        defaultText: "- none",
    }),
});

export const networkSchema = z.discriminatedUnion("mode", [defaultVpc, existing, create]).meta({
    description: "Where the hosts run. They need a route to S3, or the agent cannot be downloaded.",
    defaultText: "- the account's default VPC, `mode: default`",
});

/** What a group of the hosts' own lets in. */
interface OwnGroup {
    /** Missing where that is nothing. */
    readonly ingress?: readonly IngressRule[];
    /** That hosts have beside their own one; missing without any. */
    readonly securityGroupIds?: readonly string[];
}
export interface ResolvedDefaultNetwork extends OwnGroup {
    readonly mode: "default";
}
export interface ResolvedExistingNetwork {
    readonly mode: "existing";
    readonly subnetIds: readonly string[];
    readonly securityGroupIds: readonly string[];
}
export interface ResolvedCreatedNetwork extends OwnGroup {
    readonly mode: "create";
    readonly cidrBlock: string;
    readonly zones: number;
    readonly subnets: "public" | "private" | "isolated";
}
export type ResolvedNetwork = ResolvedDefaultNetwork | ResolvedExistingNetwork | ResolvedCreatedNetwork;

export function resolveNetwork(network: NonNullable<Settings["network"]> = {}): ResolvedNetwork {
    switch (network.mode) {
        case undefined:
        case "default":
            return {
                mode: "default",
                ingress: resolveIngress(network.ingress),
                securityGroupIds: network.securityGroupIds,
            };
        case "existing":
            return network;
        case "create":
            return {
                mode: "create",
                cidrBlock: network.cidrBlock ?? defaults.cidrBlock,
                zones: network.zones ?? defaults.zones,
                subnets: network.subnets ?? defaults.subnets,
                ingress: resolveIngress(network.ingress),
                securityGroupIds: network.securityGroupIds,
            };
    }
}
