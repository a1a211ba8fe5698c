import type { Inputs, MockAws } from "./mockAws";

/** As the official provider gives it: without local routes, and with empty text for what there is not. */
export function routeTableAnswer(table: MockAws["routeTables"][number] | undefined): Inputs {
    const { subnetIds = [], leadsThrough = [] } = table ?? {};
    const main = subnetIds.length === 0;
    return {
        vpcId: "vpc-default",
        associations: main ? [{ main, subnetId: "" }] : subnetIds.map((subnetId) => ({ main, subnetId })),
        routes: leadsThrough.map((id) => ({
            cidrBlock: "0.0.0.0/0",
            gatewayId: id.startsWith("igw-") ? id : "",
            natGatewayId: id.startsWith("nat-") ? id : "",
        })),
    };
}

/** Endpoints of a service, such as `s3`, as the official provider describes one. */
export function endpoints(
    { s3Endpoints, interfaceEndpoints }: MockAws,
    service: string,
    wanted: string,
): readonly Inputs[] {
    const common = { id: `vpce-${service}`, state: "available", dnsOptions: [], policy: "" };
    const ofS3 = s3Endpoints
        .filter(({ type }) => service === "s3" && type === wanted)
        .map(({ routeTableIds }) => ({ ...common, routeTableIds, privateDnsEnabled: false }));
    const others = interfaceEndpoints
        .filter((name) => name === service && wanted === "Interface")
        .map(() => ({ ...common, routeTableIds: [], privateDnsEnabled: true }));
    return [...ofS3, ...others];
}
