import { bundledPrices, type HourlyThing } from "../../../components/model/cost/prices";
import type { Handler } from "../cloud";
import { jsonResponse } from "../front/apiResponse";

interface GetProductsInput {
    readonly ServiceCode?: string;
    readonly Filters?: readonly { readonly Field?: string; readonly Value?: string }[];
}

/** A product of the list, with its only price. */
interface Listed {
    readonly service: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly unit: string;
    readonly usd: number;
}

const hourly: Readonly<Record<HourlyThing, Pick<Listed, "service" | "attributes">>> = {
    natGateway: {
        service: "AmazonEC2",
        attributes: { productFamily: "NAT Gateway", usagetype: "NatGateway-Hours" },
    },
    interfaceEndpoint: {
        service: "AmazonVPC",
        attributes: { productFamily: "VpcEndpoint", usagetype: "USE1-VpcEndpoint-Hours" },
    },
    publicAddress: {
        service: "AmazonVPC",
        attributes: { group: "VPCPublicIPv4Address", usagetype: "USE1-PublicIPv4:InUseAddress" },
    },
    loadBalancer: {
        service: "AWSELB",
        attributes: { productFamily: "Load Balancer-Application", usagetype: "LoadBalancerUsage" },
    },
};

/** The prices that come along with the program, and no others: of other regions and types nothing is known here. */
function allListed(): readonly Listed[] {
    const { region: regionCode, hosts, volumes, usdAnHour } = bundledPrices;
    const shared = { tenancy: "Shared", preInstalledSw: "NA", capacitystatus: "Used" };
    const machines = Object.entries(hosts).flatMap(([instanceType, { suse, linux }]) =>
        (
            [
                ["SUSE", suse],
                ["Linux", linux],
            ] as const
        ).map(([operatingSystem, usd]) => ({
            ...{ service: "AmazonEC2", unit: "Hrs", usd },
            attributes: { productFamily: "Compute Instance", instanceType, operatingSystem, ...shared },
        })),
    );
    const storage = Object.entries(volumes).map(([volumeApiName, usd]) => ({
        ...{ service: "AmazonEC2", unit: "GB-Mo", usd },
        attributes: { productFamily: "Storage", volumeApiName },
    }));
    const things = (Object.keys(hourly) as HourlyThing[]).map((thing) => ({
        ...hourly[thing],
        ...{ unit: "Hrs", usd: usdAnHour[thing] },
    }));
    return [...machines, ...storage, ...things].map((one) => ({
        ...one,
        attributes: { ...one.attributes, regionCode },
    }));
}

const getProducts: Handler = (request) => {
    const { ServiceCode, Filters = [] } = JSON.parse(
        request.body?.toString("utf8") ?? "{}",
    ) as GetProductsInput;
    const found = allListed().filter(
        ({ service, attributes }) =>
            service === ServiceCode && Filters.every(({ Field = "", Value }) => attributes[Field] === Value),
    );
    const PriceList = found.map((one) => JSON.stringify(toProduct(one)));
    return Promise.resolve(jsonResponse({ FormatVersion: "aws_v1", PriceList }));
};

function toProduct({ service, attributes: all, unit, usd }: Listed): object {
    const { productFamily, ...attributes } = all;
    const price = { unit, beginRange: "0", endRange: "Inf", pricePerUnit: { USD: usd.toFixed(10) } };
    return {
        product: { productFamily, attributes },
        serviceCode: service,
        terms: { OnDemand: { term: { priceDimensions: { price } } } },
    };
}

/**
 * AWS's price list.
 * Source: https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_pricing_GetProducts.html
 */
export const pricingHandlers: Readonly<Record<string, Handler>> = { GetProducts: getProducts };
