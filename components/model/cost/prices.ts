/** What AWS charges an hour for a host of one type. */
export interface HostPrice {
    /** With SUSE Linux Enterprise Server, pay as you go. */
    readonly suse?: number;
    /** The same machine with a Linux without a licence: what is above that is SUSE's share. */
    readonly linux?: number;
}

/** What is charged by the hour, each, whatever passes. */
export type HourlyThing = "natGateway" | "interfaceEndpoint" | "publicAddress" | "loadBalancer";

/** What AWS charges in one region, in USD, on demand. What is missing is not known. */
export interface PriceList {
    readonly region: string;
    /** By instance type, an hour. */
    readonly hosts: Readonly<Record<string, HostPrice>>;
    /** By volume type, for a GiB and month. */
    readonly volumes: Readonly<Record<string, number>>;
    readonly usdAnHour: Readonly<Partial<Record<HourlyThing, number>>>;
}

interface BundledPrices extends PriceList {
    /** ISO 8601. */
    readonly month: { readonly hosts: string; readonly others: string };
    /** Of what passes, which no sum has. */
    readonly usdAGigabyte: Readonly<Partial<Record<HourlyThing, number>>>;
}

/**
 * The prices that come along, for whoever cannot ask AWS. Hosts: AWS's price list (Shared, no software), as
 * https://github.com/cristim/ec2-instances-info has it of 2025-05-28. The rest: https://aws.amazon.com/vpc/pricing/ (NAT gateways,
 * public IPv4 addresses), https://aws.amazon.com/privatelink/pricing/ (interface endpoints, in each zone),
 * https://aws.amazon.com/ebs/pricing/ and https://aws.amazon.com/elasticloadbalancing/pricing/ (application load balancers).
 */
export const bundledPrices = {
    region: "us-east-1",
    month: { hosts: "2025-05", others: "2026-11" },
    hosts: {
        "t3.nano": { suse: 0.0052, linux: 0.0052 },
        "t3.micro": { suse: 0.0104, linux: 0.0104 },
        "t3.small": { suse: 0.0518, linux: 0.0208 },
        "t3.medium": { suse: 0.0979, linux: 0.0416 },
        "t3.large": { suse: 0.1395, linux: 0.0832 },
        "t3.xlarge": { suse: 0.2227, linux: 0.1664 },
        "t3.2xlarge": { suse: 0.4578, linux: 0.3328 },
        "t3a.small": { suse: 0.0498, linux: 0.0188 },
        "t3a.medium": { suse: 0.0939, linux: 0.0376 },
        "t3a.large": { suse: 0.1315, linux: 0.0752 },
        "m5.large": { suse: 0.152, linux: 0.096 },
        "m5.xlarge": { suse: 0.248, linux: 0.192 },
        "m6i.large": { suse: 0.1523, linux: 0.096 },
        "m6i.xlarge": { suse: 0.2483, linux: 0.192 },
        "m7i.large": { suse: 0.1571, linux: 0.1008 },
        "m7i.xlarge": { suse: 0.2579, linux: 0.2016 },
        "c5.large": { suse: 0.141, linux: 0.085 },
        "c5.xlarge": { suse: 0.226, linux: 0.17 },
        "c6i.large": { suse: 0.1413, linux: 0.085 },
        "c6i.xlarge": { suse: 0.2263, linux: 0.17 },
        "r5.large": { suse: 0.182, linux: 0.126 },
        "r6i.large": { suse: 0.1823, linux: 0.126 },
    },
    volumes: { gp3: 0.08, gp2: 0.1, io1: 0.125, io2: 0.125, st1: 0.045, sc1: 0.015 },
    usdAnHour: { natGateway: 0.045, interfaceEndpoint: 0.01, publicAddress: 0.005, loadBalancer: 0.0225 },
    usdAGigabyte: { natGateway: 0.045, interfaceEndpoint: 0.01 },
} as const satisfies BundledPrices;

/** Whence prices are, and of when. */
export type PriceSource =
    /** AWS's price list, asked for at this time, ISO 8601; or that of an endpoint that stands in for AWS. */
    | { readonly kind: "aws"; readonly askedAt: string; readonly endpoint?: string }
    /** Those that come along, and why AWS's list was not asked. */
    | { readonly kind: "bundled"; readonly reason: string };

export interface KnownPrices {
    readonly list: PriceList;
    readonly source: PriceSource;
}
