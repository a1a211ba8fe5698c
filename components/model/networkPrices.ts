/**
 * What AWS charges for networks, in USD, beside the transfer of data. Sources: https://aws.amazon.com/vpc/pricing/ (NAT gateways,
 * public IPv4 addresses) and https://aws.amazon.com/privatelink/pricing/ (interface endpoints), us-east-1, November 2026.
 */
export const networkPrices = {
    region: "us-east-1",
    /** ISO 8601. */
    month: "2026-11",
    usdAnHour: {
        natGateway: 0.045,
        /** In each zone that it is in. */
        interfaceEndpoint: 0.01,
        /** Also that of a NAT gateway. */
        publicAddress: 0.005,
    },
    /** Of what passes. */
    usdAGigabyte: { natGateway: 0.045, interfaceEndpoint: 0.01 },
} as const;
