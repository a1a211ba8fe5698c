import http from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import { expect } from "chai";

import { connectAws } from "../../../automation/aws/connect";

interface Listed {
    readonly service: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly usd: number;
}

const host = (operatingSystem: string, usd: number, more: object = {}): Listed => ({
    service: "AmazonEC2",
    usd,
    attributes: {
        ...{ productFamily: "Compute Instance", instanceType: "t3.small", operatingSystem },
        ...{ tenancy: "Shared", preInstalledSw: "NA", capacitystatus: "Used", ...more },
    },
});
const of = (
    service: string,
    productFamily: string,
    usagetype: string,
    usd: number,
    more: object = {},
): Listed => ({
    ...{ service, usd, attributes: { productFamily, usagetype, ...more } },
});

/** As AWS lists Frankfurt, with what is beside that which is asked for; the figures are made up. */
const all: readonly Listed[] = [
    host("Windows", 9),
    host("SUSE", 0.055),
    host("Linux", 0.024),
    host("SUSE", 8, { tenancy: "Dedicated" }),
    host("SUSE", 7, { capacitystatus: "UnusedCapacityReservation" }),
    host("Linux", 6, { preInstalledSw: "SQL Web" }),
    of("AmazonEC2", "Storage", "EUC1-EBS:VolumeUsage.gp3", 0.0952, { volumeApiName: "gp3" }),
    of("AmazonEC2", "Storage", "EUC1-EBS:VolumeUsage.piops", 0.149, { volumeApiName: "io1" }),
    of("AmazonEC2", "NAT Gateway", "EUC1-RegionalNatGateway-Hours", 5),
    of("AmazonEC2", "NAT Gateway", "EUC1-NatGateway-Bytes", 4),
    of("AmazonEC2", "NAT Gateway", "EUC1-NatGateway-Hours", 0.052),
    of("AmazonVPC", "VpcEndpoint", "EUC1-VpcEndpoint-GWLBE-Hours", 3),
    of("AmazonVPC", "VpcEndpoint", "EUC1-VpcEndpoint-Hours", 0.012),
    of("AmazonVPC", "", "EUC1-PublicIPv4:IdleAddress", 2, { group: "VPCPublicIPv4Address" }),
    of("AmazonVPC", "", "EUC1-PublicIPv4:InUseAddress", 0.005, { group: "VPCPublicIPv4Address" }),
    of("AWSELB", "Load Balancer-Application", "TS-LoadBalancerUsage", 1),
    of("AWSELB", "Load Balancer-Application", "EUC1-LoadBalancerUsage", 0.027),
];

describe("AWS's price list as it is read", () => {
    let server: http.Server;
    let scopes: string[] = [];
    before(async () => {
        server = http.createServer((request, response) => {
            scopes.push(
                /Credential=[^/]*\/[^/]*\/([^/]*)\//.exec(request.headers.authorization ?? "")?.[1] ?? "",
            );
            void text(request).then((body) => response.end(JSON.stringify(answer(body))));
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    });
    beforeEach(() => {
        scopes = [];
    });
    after(() => new Promise((resolve) => server.close(resolve)));

    /** Two pages, where there is more than one product. */
    function answer(body: string): object {
        const { ServiceCode, Filters, NextToken } = JSON.parse(body) as {
            readonly ServiceCode: string;
            readonly Filters: readonly { readonly Field: string; readonly Value: string }[];
            readonly NextToken?: string;
        };
        const found = all.filter(
            ({ service, attributes }) =>
                service === ServiceCode &&
                Filters.every(
                    ({ Field, Value }) =>
                        (Field === "regionCode" ? "eu-central-1" : attributes[Field]) === Value,
                ),
        );
        const page = NextToken === undefined ? found.slice(0, 1) : found.slice(1);
        return {
            FormatVersion: "aws_v1",
            PriceList: page.map((one) => JSON.stringify(productOf(one))),
            ...(NextToken === undefined && found.length > 1 && { NextToken: "more" }),
        };
    }

    function productOf({ service, attributes, usd }: Listed): object {
        const offer = (price: number) => ({
            "SKU.TERM": {
                priceDimensions: {
                    "SKU.TERM.RATE": {
                        unit: "Hrs",
                        beginRange: "0",
                        pricePerUnit: { USD: price.toFixed(10) },
                    },
                },
            },
        });
        return {
            product: { attributes },
            serviceCode: service,
            terms: { OnDemand: offer(usd), Reserved: offer(usd / 2) },
        };
    }

    function list(region: string) {
        const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        const env = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b", AWS_ENDPOINT_URL: endpoint };
        const { pricing } = connectAws({ env: { ...env, AWS_MAX_ATTEMPTS: "1" }, region });
        return pricing.list({ region, instanceTypes: ["t3.small"] }, new AbortController().signal);
    }

    it("has on-demand prices of shared hosts with SUSE and without, and of nothing beside what is asked for", async () => {
        expect(await list("eu-central-1")).to.deep.equal({
            region: "eu-central-1",
            hosts: { "t3.small": { suse: 0.055, linux: 0.024 } },
            volumes: { gp3: 0.0952, io1: 0.149 },
            usdAnHour: {
                natGateway: 0.052,
                interfaceEndpoint: 0.012,
                publicAddress: 0.005,
                loadBalancer: 0.027,
            },
        });
    });

    // https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html
    for (const [region, nearest] of [
        ["eu-west-1", "eu-central-1"],
        ["ap-northeast-1", "ap-south-1"],
        ["us-west-2", "us-east-1"],
        ["sa-east-1", "us-east-1"],
    ] as const) {
        it(`is asked in ${nearest} for ${region}, as it is not served everywhere`, async () => {
            expect(await list(region)).to.equal(undefined);
            expect([...new Set(scopes)]).to.deep.equal([nearest]);
        });
    }
});
