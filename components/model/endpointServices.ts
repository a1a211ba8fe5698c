import { capabilityOf } from "./capabilities/capabilities";
import { wantedNames } from "./capabilities/hostCapabilities";
import type { ResolvedCapabilities } from "./settings/sections/capabilities";
import type { ResolvedInstanceRole } from "./settings/sections/instanceRole";
import type { ResolvedCreatedNetwork } from "./settings/sections/network";

interface Asked {
    readonly capabilities: ResolvedCapabilities;
    readonly network:
        Pick<ResolvedCreatedNetwork, "mode" | "subnets"> | { readonly mode: "default" | "existing" };
    readonly instanceRole: ResolvedInstanceRole;
}

/**
 * The endpoints that the agent speaks to
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html).
 */
export const ecsServices = ["ecs", "ecs-agent", "ecs-telemetry"] as const;

/**
 * Where images of containers come from and logs of tasks go to; layers of images come from S3 (ECR user guide, "Amazon ECR
 * interface VPC endpoints"; CloudWatch Logs user guide, "Using CloudWatch Logs with interface VPC endpoints").
 */
const taskServices = ["ecr.api", "ecr.dkr", "logs"] as const;

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html */
const ssmServices = ["ssm", "ssmmessages", "ec2messages"] as const;

/** Services that hosts in isolated subnets reach by interface endpoints alone, beside S3; none where they reach more. */
export function endpointServices({ network, instanceRole, capabilities }: Asked): readonly string[] {
    if (network.mode !== "create" || network.subnets !== "isolated") {
        return [];
    }
    const ssm = instanceRole.mode === "create" && instanceRole.ssm;
    const ofCapabilities = wantedNames(capabilities).flatMap(
        (name) => capabilityOf(name).endpointServices ?? [],
    );
    return [...new Set([...ecsServices, ...taskServices, ...(ssm ? ssmServices : []), ...ofCapabilities])];
}
