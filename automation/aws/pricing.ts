import { paginateGetProducts, PricingClient } from "@aws-sdk/client-pricing";

import type { HostPrice, HourlyThing, PriceList } from "../../components/model/cost/prices";
import type { PricingService } from "../ports/prices";
import { collect } from "./collect";
import type { AwsSession } from "./session";

/** One product of AWS's price list, as JSON (https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-an-offer.html). */
interface Product {
    readonly product?: { readonly attributes?: Readonly<Record<string, string | undefined>> };
    readonly terms?: {
        readonly OnDemand?: Readonly<
            Record<string, { readonly priceDimensions?: Readonly<Record<string, PriceDimension>> }>
        >;
    };
}

interface PriceDimension {
    readonly beginRange?: string;
    readonly pricePerUnit?: { readonly USD?: string };
}

type Filters = Readonly<Record<string, string>>;
type Ask = (service: string, filters: Filters) => Promise<readonly Product[]>;

/**
 * The list is one for all regions, and asked for in these alone
 * (https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html).
 */
function priceListRegion(region: string): string {
    return /^(eu|me|af|il)-/.test(region) ? "eu-central-1" : /^ap-/.test(region) ? "ap-south-1" : "us-east-1";
}

export function createPricingService(session: AwsSession): PricingService {
    const configuration = session.configuration("PRICING");
    return {
        list: async ({ region, instanceTypes }, abortSignal) => {
            const client = session.connect(
                new PricingClient({ ...configuration, region: priceListRegion(region) }),
                "PRICING",
                "pricing",
            );
            const ask: Ask = async (ServiceCode, filters) => {
                const Filters = Object.entries({ regionCode: region, ...filters }).map(([Field, Value]) => ({
                    ...{ Type: "TERM_MATCH" as const, Field, Value },
                }));
                const pages = paginateGetProducts({ client }, { ServiceCode, Filters }, { abortSignal });
                const products = await collect(pages, ({ PriceList: list }) =>
                    Array.isArray(list) ? list.map(String) : [],
                );
                return products.map((one) => JSON.parse(one) as Product);
            };
            return readList(region, instanceTypes, ask);
        },
    };
}

/** What each is told by in AWS's list: a region's short name may stand before the type of usage, as in `EUC1-NatGateway-Hours`. */
const usages: Readonly<Record<HourlyThing, readonly [service: string, filters: Filters, usage: RegExp]>> = {
    natGateway: ["AmazonEC2", { productFamily: "NAT Gateway" }, /^([A-Z0-9]+-)?NatGateway-Hours$/],
    interfaceEndpoint: ["AmazonVPC", { productFamily: "VpcEndpoint" }, /^([A-Z0-9]+-)?VpcEndpoint-Hours$/],
    publicAddress: ["AmazonVPC", { group: "VPCPublicIPv4Address" }, /^([A-Z0-9]+-)?PublicIPv4:InUseAddress$/],
    loadBalancer: [
        "AWSELB",
        { productFamily: "Load Balancer-Application" },
        // `TS-` is what trust stores cost.
        /^(?!TS-)([A-Z0-9]+-)?LoadBalancerUsage$/,
    ],
};

async function readList(
    region: string,
    instanceTypes: readonly string[],
    ask: Ask,
): Promise<PriceList | undefined> {
    const hourly = async (thing: HourlyThing) => {
        const [service, filters, usage] = usages[thing];
        const products = await ask(service, filters);
        return priceOf(products.find((one) => usage.test(attributeOf(one, "usagetype"))));
    };
    const [hosts, volumes, natGateway, interfaceEndpoint, publicAddress, loadBalancer] = await Promise.all([
        Promise.all(instanceTypes.map(async (type) => [type, await hostPrice(type, ask)] as const)),
        ask("AmazonEC2", { productFamily: "Storage" }),
        hourly("natGateway"),
        hourly("interfaceEndpoint"),
        hourly("publicAddress"),
        hourly("loadBalancer"),
    ]);
    const list = {
        region,
        hosts: Object.fromEntries(hosts.filter(([, { suse }]) => suse !== undefined)),
        volumes: volumePrices(volumes),
        usdAnHour: { natGateway, interfaceEndpoint, publicAddress, loadBalancer },
    };
    const isEmpty = Object.keys(list.hosts).length + Object.keys(list.volumes).length === 0;
    return isEmpty ? undefined : list;
}

/** On demand, of a machine that others may share, used and not reserved, with nothing but its system. */
async function hostPrice(instanceType: string, ask: Ask): Promise<HostPrice> {
    const products = await ask("AmazonEC2", {
        instanceType,
        tenancy: "Shared",
        preInstalledSw: "NA",
        capacitystatus: "Used",
    });
    const of = (system: string) =>
        priceOf(products.find((one) => attributeOf(one, "operatingSystem") === system));
    return { suse: of("SUSE"), linux: of("Linux") };
}

function volumePrices(products: readonly Product[]): PriceList["volumes"] {
    const prices: Record<string, number> = {};
    for (const product of products) {
        const [type, usd] = [attributeOf(product, "volumeApiName"), priceOf(product)];
        if (type !== "" && usd !== undefined && usd > 0) {
            prices[type] ??= usd;
        }
    }
    return prices;
}

function attributeOf({ product }: Product, name: string): string {
    return product?.attributes?.[name] ?? "";
}

/** On demand, of the first of what may be steps. */
function priceOf(product: Product | undefined): number | undefined {
    const [term] = Object.values(product?.terms?.OnDemand ?? {});
    const steps = Object.values(term?.priceDimensions ?? {});
    const first = steps.find(({ beginRange = "0" }) => beginRange === "0");
    const usd = Number(first?.pricePerUnit?.USD ?? Number.NaN);
    return Number.isFinite(usd) ? usd : undefined;
}
