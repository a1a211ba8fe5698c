/** A record in pint's own form. */
type ServerRecord = Readonly<Record<"ip" | "ipv6" | "name" | "region" | "type", string>>;

/**
 * What pint has said of SUSE's update servers, by the region that they serve.
 * Source: `pint amazon servers` in AWS's workshop on SLES, and pint's records in SUSE's check of cloud-regionsrv-client.
 */
const updateServers: Readonly<Record<string, string>> = {
    "af-south-1": "13.244.54.57 13.244.40.27 13.245.60.134",
    "ap-east-1": "18.162.90.181 18.162.132.113 18.162.83.253",
    "ap-northeast-1": "54.248.86.233 54.248.240.93 54.248.226.128",
    "ap-northeast-2": "52.79.38.96 52.79.39.98 52.79.134.51",
    "ap-northeast-3": "13.208.100.56 13.208.114.212 13.208.123.116",
    "ap-south-1": "52.66.49.238 52.66.45.16 52.66.51.63",
    "ap-southeast-1": "122.248.246.124 54.254.106.151 54.251.254.125",
    "ap-southeast-2": "54.253.249.15 54.253.114.150 54.66.121.137",
    "ca-central-1": "52.60.53.175 52.60.53.224 52.60.50.162",
    "eu-central-1": "54.93.130.182 54.93.131.24 52.28.214.37",
    "eu-north-1": "13.53.91.131 13.53.91.167 13.53.77.232",
    "eu-south-1": "15.161.33.0 15.161.39.2 15.161.27.146",
    "eu-west-1": "54.246.90.215 54.75.232.245 176.34.126.172",
    "eu-west-2": "52.56.58.194 52.56.58.190 52.56.59.89",
    "eu-west-3": "52.47.108.87 52.47.113.10 52.47.92.102",
    "me-south-1": "15.185.47.44 157.175.138.207 157.175.6.182",
    "sa-east-1": "177.71.187.15 54.232.112.38 54.232.114.156",
    "us-east-1": "54.197.240.216 54.225.105.144 107.22.231.220",
    "us-east-2": "52.15.49.139 52.15.84.50 52.15.50.30",
    "us-west-1": "50.18.104.175 50.18.105.39 54.215.80.72",
    "us-west-2": "54.244.114.254 54.245.112.93 54.245.101.73",
};

/** Region servers have no name, and stand in a few regions for all. */
const regionServers: readonly ServerRecord[] = [
    { ip: "54.253.118.149", region: "ap-southeast-2", type: "regionserver-sles" },
    { ip: "54.247.166.75", region: "eu-west-1", type: "regionserver-sles" },
    { ip: "34.197.223.242", region: "us-east-1", type: "regionserver-sles" },
    { ip: "54.223.148.145", region: "cn-north-1", type: "regionserver-sles" },
    { ip: "54.245.101.47", region: "us-west-2", type: "regionserver-sap" },
    { ip: "52.79.82.165", region: "ap-northeast-2", type: "regionserver-sap" },
].map((record) => ({ ...record, ipv6: "", name: "" }));

const servers: readonly ServerRecord[] = [
    ...regionServers,
    ...Object.entries(updateServers).flatMap(([region, addresses]) =>
        addresses
            .split(" ")
            .map((ip) => ({ ip, ipv6: "", name: "smt-ec2.susecloud.net", region, type: "smt" })),
    ),
];

/** Types as pint takes them in an address, by the first word of those in its records. */
const types: Readonly<Record<string, string>> = {
    smt: "smt",
    update: "smt",
    regionserver: "regionserver",
    "regionserver-sap": "regionserver",
    "regionserver-sles": "regionserver",
    region: "regionserver",
};

/** As `ServerType` of pint gives them. */
export const serverTypes = ["region", "update"] as const;

/** Servers of a region, or of all, and of a type, or of both; undefined for a type that pint does not know. */
export function serversOf(
    region: string | undefined,
    type: string | undefined,
): readonly ServerRecord[] | undefined {
    const wanted = type === undefined ? undefined : types[type];
    if (type !== undefined && wanted === undefined) {
        return undefined;
    }
    return servers.filter(
        (one) =>
            (region === undefined || one.region === region) &&
            (wanted === undefined || one.type.startsWith(wanted)),
    );
}
