import { noPublicDefaultSubnet, withPublicAddress } from "../../components/model/subnets";
import type { ResolvedSettings } from "../../components/model/settings";
import type { Subnet } from "../ports/aws";
import type { Aws } from "../ports/awsServices";
import { refusal, warning, type Finding, type Findings } from "./finding";
import { findUnroutedSubnets } from "./routes";

type ExistingNetwork = Extract<ResolvedSettings["network"], { mode: "existing" }>;

interface NetworkReads {
    readonly ec2: Pick<
        Aws["ec2"],
        "subnets" | "defaultSubnets" | "securityGroups" | "routeTables" | "vpcEndpoints" | "defaultVpc"
    >;
}

/** The subnets that hosts will stand in, as far as they exist already, and what is wrong with them. */
export interface NetworkReport {
    readonly subnets: readonly Subnet[];
    readonly findings: Findings;
}

/** Existing networks must exist, be one VPC, and reach Amazon S3; a network yet to be created has no need of it. */
export async function checkNetwork(
    aws: NetworkReads,
    network: ResolvedSettings["network"],
): Promise<NetworkReport> {
    switch (network.mode) {
        case "create":
            return { subnets: [], findings: [] };
        case "default":
            return withRoutes(aws, await defaultNetwork(aws), () => "network");
        case "existing":
            return withRoutes(
                aws,
                await existingNetwork(aws, network),
                (subnet) => `network.subnetIds[${network.subnetIds.indexOf(subnet.id)}]`,
            );
    }
}

const noDefaultRemedy =
    "aws ec2 modify-subnet-attribute --map-public-ip-on-launch, or set network.mode to create";

async function defaultNetwork(aws: NetworkReads): Promise<NetworkReport> {
    const [vpc, subnets] = await Promise.all([aws.ec2.defaultVpc(), aws.ec2.defaultSubnets()]);
    if (vpc === undefined) {
        const message = 'the region has no default VPC, expected one because network.mode is "default"';
        return { subnets: [], findings: [refusal("NO_DEFAULT_VPC", "network.mode", message)] };
    }
    if (subnets.length > 0) {
        // Hosts stand only in those of public addresses, as the program chooses them.
        const usable = withPublicAddress(subnets);
        return {
            subnets: usable,
            findings:
                usable.length > 0
                    ? []
                    : [refusal("NO_ROUTE_TO_S3", "network", noPublicDefaultSubnet, noDefaultRemedy)],
        };
    }
    const message = `the default VPC ${vpc.id} has no default subnets`;
    return {
        subnets,
        findings: [refusal("NO_DEFAULT_VPC", "network.mode", message, "aws ec2 create-default-subnet")],
    };
}

async function existingNetwork(aws: NetworkReads, network: ExistingNetwork): Promise<NetworkReport> {
    const [subnets, groups] = await Promise.all([
        aws.ec2.subnets(network.subnetIds),
        aws.ec2.securityGroups(network.securityGroupIds),
    ]);
    const vpcId = subnets.find((subnet) => subnet.id === network.subnetIds[0])?.vpcId ?? subnets[0]?.vpcId;
    return {
        subnets: network.subnetIds.flatMap((id) => subnets.find((subnet) => subnet.id === id) ?? []),
        findings: [
            ...checkMembers(
                "network.subnetIds",
                "subnet",
                "SUBNET_NOT_FOUND",
                network.subnetIds,
                subnets,
                vpcId,
            ),
            ...checkMembers(
                "network.securityGroupIds",
                "security group",
                "SECURITY_GROUP_NOT_FOUND",
                network.securityGroupIds,
                groups,
                vpcId,
            ),
        ],
    };
}

/** Each id must be known, and in the VPC of the first subnet. */
function checkMembers(
    path: string,
    noun: string,
    missingCode: "SUBNET_NOT_FOUND" | "SECURITY_GROUP_NOT_FOUND",
    ids: readonly string[],
    found: readonly { readonly id: string; readonly vpcId: string }[],
    vpcId: string | undefined,
): Findings {
    return ids.flatMap((id, index): Finding[] => {
        const member = found.find((one) => one.id === id);
        if (member === undefined) {
            return [refusal(missingCode, `${path}[${index}]`, `there is no ${noun} ${id} in the region`)];
        }
        if (vpcId === undefined || member.vpcId === vpcId) {
            return [];
        }
        const message = `${noun} ${id} is in ${member.vpcId}, expected ${vpcId}, the VPC of the first subnet`;
        return [refusal("SUBNET_IN_ANOTHER_VPC", `${path}[${index}]`, message)];
    });
}

async function withRoutes(
    aws: NetworkReads,
    report: NetworkReport,
    pathOf: (subnet: Subnet) => string,
): Promise<NetworkReport> {
    const unrouted = await findUnroutedSubnets(aws, report.subnets);
    const findings = unrouted.map(({ subnet, reason, remedy, doubtful }) => {
        // SUSE's guide "Amazon EC2 Container Service", section 4, "Additional Considerations".
        const message =
            `${reason}. "The integrated ECS service requires access to Amazon S3 to download a pre-built container" ` +
            "(SUSE's guide, section 4): the host could not attach itself to the cluster";
        return doubtful
            ? warning(
                  "NO_ROUTE_TO_S3",
                  pathOf(subnet),
                  `${message}, unless the VPC's interface endpoint for S3 serves it`,
              )
            : refusal("NO_ROUTE_TO_S3", pathOf(subnet), message, remedy);
    });
    return { subnets: report.subnets, findings: [...report.findings, ...findings] };
}
