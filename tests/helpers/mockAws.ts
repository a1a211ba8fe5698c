import type * as reads from "../../components/model/checks/reads";
import type { StateLease } from "../../components/model/lease";
import { expectOwnTags, hostIds, volumeIds } from "./mockHosts";
import { instanceProfile, simulation } from "./mockIam";
import { imageAnswer } from "./mockImages";
import { keyAnswer, noKeys, type MockKeys } from "./mockKeys";
import { logGroupAnswer, repositoryAnswer } from "./mockRepositories";
import { endpoints, groupRule, groupRules, routeTableAnswer } from "./mockNetwork";

/** AWS as the program's functions find it. */
export interface MockAws extends MockKeys {
    readonly region: string;
    readonly partition: string;
    /** What the state keeps as the id of the stack. */
    readonly stackId: string;
    /** What the state keeps as the first form of the lease. @default - what the program says */
    readonly lease?: StateLease;
    readonly zones: readonly string[];
    /** Zones that offer every instance type. @default - all */
    readonly offeredZones: readonly string[];
    readonly images: readonly {
        readonly id: string;
        readonly name: string;
        readonly rootDeviceName: string;
        /** Among the owners that a program asks for. @default amazon */
        readonly ownerAlias?: string;
        /** @default - never */
        readonly deprecatedAt?: string;
        /** @default - as small as can be */
        readonly rootVolumeGiB?: number;
    }[];
    /** Hosts of the environment that run already, by their images. */
    readonly runningImages: readonly string[];
    /** Fixed hosts of the environment that run already, by their number. */
    readonly runningHosts: Readonly<Record<number, { readonly subnetId: string; readonly zone: string }>>;
    /** Zones of the environment's own subnets, in their order. */
    readonly ownZones: readonly (string | undefined)[];
    readonly ownVpcId: string | undefined;
    /** Of every instance type; without it there is no such type. */
    readonly memoryMiB: number | undefined;
    readonly volumes: readonly reads.StandingVolume[];
    readonly defaultVpcId: string | undefined;
    readonly subnets: readonly {
        readonly id: string;
        readonly zone: string;
        readonly vpcId: string;
        readonly isDefault: boolean;
        readonly mapPublicIpOnLaunch: boolean;
    }[];
    readonly securityGroups: readonly {
        readonly id: string;
        readonly name: string;
        readonly vpcId: string;
        /** @default - everything goes out */
        readonly rules?: readonly reads.GroupRule[];
    }[];
    readonly clusters: readonly {
        readonly name: string;
        readonly status: string;
        readonly tags: Readonly<Record<string, string>>;
    }[];
    /** Of every VPC; a table without subnets is the main one. */
    readonly routeTables: readonly {
        readonly id: string;
        readonly subnetIds: readonly string[];
        /** Ids of what its default routes lead through. */
        readonly leadsThrough: readonly string[];
    }[];
    /** Endpoints for S3 of every VPC. */
    readonly s3Endpoints: readonly {
        readonly type: "Gateway" | "Interface";
        readonly routeTableIds: readonly string[];
    }[];
    /** Services that every VPC has interface endpoints for, with private DNS, such as `ecs-agent`. */
    readonly interfaceEndpoints: readonly string[];
    /** Of every VPC. */
    readonly natGateways: readonly reads.NatGateway[];
    readonly keyPairs: readonly string[];
    readonly repositories: readonly reads.StandingRepository[];
    readonly logGroups: Readonly<Record<string, reads.Cluster["tags"]>>;
    readonly instanceProfiles: readonly string[];
    /** What policies say, whosever they are, by action. @default allowed */
    readonly verdicts: Readonly<Record<string, reads.Verdict>>;
    /** What a function fails with, by its token. */
    readonly failures: Readonly<Record<string, string>>;
    /** Where volumes are already, by their resources' names. @default - where the program asks for them */
    readonly volumeZones: Readonly<Record<string, string>>;
}

const zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];
/** An empty account in eu-west-1: a default VPC, SUSE's images, nothing else. */
export const emptyAccount: MockAws = {
    region: "eu-west-1",
    partition: "aws",
    stackId: "0123abcd-0000-4000-8000-000000000000",
    zones,
    offeredZones: zones,
    images: [
        ["ami-old", "suse-sles-15-sp7-v20260310-ecs-hvm-ssd-x86_64"],
        ["ami-new", "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64"],
        ["ami-plain", "suse-sles-15-sp7-v20260925-hvm-ssd-x86_64"],
        ["ami-16", "suse-sles-16-0-v20260703-ecs-hvm-ssd-x86_64"],
    ].map(([id = "", name = ""]) => ({ id, name, rootDeviceName: "/dev/sda1" })),
    // In an order that is not the zones'.
    subnets: ["c", "a", "b"].map((letter) => ({
        id: `subnet-0000000${letter}`,
        zone: `eu-west-1${letter}`,
        vpcId: "vpc-default",
        isDefault: true,
        mapPublicIpOnLaunch: true,
    })),
    runningImages: [],
    runningHosts: {},
    ownZones: [],
    ownVpcId: undefined,
    memoryMiB: 4096,
    volumes: [],
    defaultVpcId: "vpc-default",
    securityGroups: [],
    clusters: [],
    routeTables: [{ id: "rtb-main", subnetIds: [], leadsThrough: ["igw-1"] }],
    s3Endpoints: [],
    interfaceEndpoints: [],
    natGateways: [],
    ...{ keyPairs: [], repositories: [], logGroups: {} },
    ...noKeys,
    ...{ instanceProfiles: [], verdicts: {}, failures: {} },
    volumeZones: {},
};

export const account = "123456789012";

const idsOf = (all: readonly { readonly id: string }[]) => ({ ids: all.map(({ id }) => id) });
const keyPairAnswer = (all: readonly string[], keyName: unknown) => ({
    keyName: only(
        "EC2 Key Pair",
        all.filter((name) => name === keyName),
    ),
});

export type Inputs = Readonly<Record<string, unknown>>;
interface Filter {
    readonly name: string;
    readonly values: readonly string[];
}

/** Answers the program's functions; a function that is not known here is an error. */
export function answer(aws: MockAws, token: string, inputs: Inputs): Inputs {
    const { region } = aws;
    const failure = aws.failures[token];
    if (failure !== undefined) {
        throw new Error(failure);
    }
    const filterOf = (name: string): readonly string[] =>
        ((inputs["filters"] ?? []) as readonly Filter[]).find((filter) => filter.name === name)?.values ?? [];
    const find = <T extends { readonly id: string }>(what: string, among: readonly T[]): T => {
        const found = among.find(({ id }) => id === inputs["id"]);
        if (found === undefined) {
            throw new Error(`no matching ${what} found`);
        }
        return found;
    };
    const clusterArn = (name: string) => `arn:aws:ecs:${region}:${account}:cluster/${name}`;
    switch (token) {
        case "aws:index/getRegion:getRegion":
            return { region, name: region };
        case "aws:index/getCallerIdentity:getCallerIdentity":
            return { accountId: account, arn: `arn:${aws.partition}:iam::${account}:user/alice` };
        case "aws:index/getAvailabilityZones:getAvailabilityZones":
            return { names: aws.zones, region };
        case "aws:ec2/getAmiIds:getAmiIds": {
            const [name = "*"] = filterOf("name");
            const pattern = new RegExp(`^${name.replaceAll("*", ".*").replaceAll("?", ".")}$`);
            const owners = inputs["owners"] as readonly string[];
            const byId = filterOf("image-id");
            const ids = aws.images
                .filter((image) => owners.includes(image.ownerAlias ?? "amazon") && pattern.test(image.name))
                .filter(({ id }) => byId.length === 0 || byId.includes(id))
                .map(({ id }) => id);
            return { ids, region };
        }
        case "aws:ec2/getAmi:getAmi":
            return imageAnswer(aws.images.find(({ id }) => id === filterOf("image-id")[0]));
        case "aws:ec2/getInstances:getInstances": {
            expectOwnTags(inputs["instanceTags"]);
            return { ids: hostIds(aws, filterOf) };
        }
        case "aws:ebs/getEbsVolumes:getEbsVolumes":
            return { ids: volumeIds(aws, filterOf, inputs["tags"] as reads.StandingVolume["tags"]) };
        case "aws:ebs/getVolume:getVolume": {
            const found = aws.volumes.filter(({ id }) => filterOf("volume-id").includes(id));
            const {
                id,
                sizeGiB: size,
                zone,
                isEncrypted,
                kmsKeyId = "",
                tags,
            } = only("EC2 EBS Volume", found);
            return { id, size, availabilityZone: zone, encrypted: isEncrypted, kmsKeyId, tags };
        }
        case "aws:ec2/getSubnets:getSubnets":
            return {
                ids:
                    filterOf("tag:sles-ecs:stack").length > 0
                        ? aws.ownZones.filter((zone) => zone !== undefined).map((zone) => `own-${zone}`)
                        : aws.subnets
                              .filter(({ id, isDefault }) =>
                                  filterOf("default-for-az").length > 0
                                      ? isDefault
                                      : filterOf("subnet-id").includes(id),
                              )
                              .map(({ id }) => id),
            };
        case "aws:ec2/getVpcs:getVpcs":
            return { ids: aws.defaultVpcId === undefined ? [] : [aws.defaultVpcId] };
        case "aws:ec2/getSubnet:getSubnet": {
            const own = aws.ownZones.findIndex((zone) => inputs["id"] === `own-${zone}`);
            if (own !== -1) {
                return {
                    vpcId: aws.ownVpcId,
                    availabilityZone: aws.ownZones[own],
                    cidrBlock: `10.0.${16 * own}.0/20`,
                };
            }
            const { zone, ...subnet } = find("EC2 Subnet", aws.subnets);
            return { ...subnet, availabilityZone: zone };
        }
        case "aws:ec2/getSecurityGroups:getSecurityGroups": {
            const groups = aws.securityGroups.filter(({ id }) => filterOf("group-id").includes(id));
            return { ids: groups.map(({ id }) => id), vpcIds: groups.map(({ vpcId }) => vpcId) };
        }
        case "aws:vpc/getSecurityGroupRules:getSecurityGroupRules":
            return { ids: groupRules(aws, filterOf("group-id")).map(({ id }) => id) };
        case "aws:vpc/getSecurityGroupRule:getSecurityGroupRule":
            return groupRule(aws, inputs["securityGroupRuleId"]);
        case "aws:ec2/getRouteTables:getRouteTables":
            return idsOf(aws.routeTables);
        case "aws:ec2/getRouteTable:getRouteTable":
            return routeTableAnswer(aws.routeTables.find(({ id }) => id === inputs["routeTableId"]));
        case "aws:ec2/getVpcEndpoint:getVpcEndpoint": {
            const [type = ""] = filterOf("vpc-endpoint-type");
            const service = String(inputs["serviceName"]).split(".").at(-1) ?? "";
            return { ...only("EC2 VPC Endpoint", endpoints(aws, service, type)), ...inputs };
        }
        case "aws:ec2/getNatGateways:getNatGateways":
            return idsOf(aws.natGateways);
        case "aws:ec2/getNatGateway:getNatGateway": {
            const { connectivity: connectivityType, ...gateway } = find("EC2 NAT Gateway", aws.natGateways);
            return { ...gateway, connectivityType };
        }
        case "aws:ebs/getDefaultKmsKey:getDefaultKmsKey":
        case "aws:kms/getKey:getKey":
            return keyAnswer(aws, inputs["keyId"]);
        case "aws:ecr/getRepository:getRepository":
            return repositoryAnswer(aws, inputs["name"]);
        case "aws:cloudwatch/getLogGroups:getLogGroups":
        case "aws:cloudwatch/getLogGroup:getLogGroup":
            return logGroupAnswer(aws.logGroups, inputs["name"]);
        case "aws:ec2/getKeyPair:getKeyPair":
            return keyPairAnswer(aws.keyPairs, inputs["keyName"]);
        case "aws:iam/getInstanceProfile:getInstanceProfile":
            return instanceProfile(aws, String(inputs["name"]), account);
        case "aws:iam/getPrincipalPolicySimulation:getPrincipalPolicySimulation":
            return simulation(aws, inputs["actionNames"] as string[]);
        case "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings":
            return { locations: aws.offeredZones };
        case "aws:ec2/getInstanceType:getInstanceType": {
            const known = aws.memoryMiB === undefined ? [] : [aws.memoryMiB];
            return { memorySize: only("EC2 Instance Type", known) };
        }
        case "aws:ecs/getClusters:getClusters":
            return { clusterArns: aws.clusters.map(({ name }) => clusterArn(name)) };
        case "aws:ecs/getCluster:getCluster": {
            const cluster = aws.clusters.find(({ name }) => name === inputs["clusterName"]);
            const counts = {
                registeredContainerInstancesCount: 2,
                runningTasksCount: 0,
                pendingTasksCount: 0,
            };
            const arn = clusterArn(String(inputs["clusterName"]));
            return { ...cluster, ...counts, clusterName: cluster?.name, arn };
        }
        default:
            throw new Error(`the mock knows no function ${token}`);
    }
}

/** The official provider's words where there is not exactly one. */
function only<T>(what: string, found: readonly T[]): T {
    const [first] = found;
    if (first === undefined || found.length > 1) {
        throw new Error(
            first === undefined
                ? `no matching ${what} found`
                : `multiple ${what}s matched; use additional constraints to reduce matches to a single ${what}`,
        );
    }
    return first;
}
