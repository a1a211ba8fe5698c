import type { LoadBalancer, TaskDefinition } from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { AwsError } from "../front/apiResponse";
import { invalid } from "./inputs";

type Parts = Pick<Cloud, "moto">;

const version = "2015-12-01";
const delayAttribute = "deregistration_delay.timeout_seconds";

/**
 * Refuses load balancers whose target group or container there is not. The code is documented, the words are unverified.
 * Classic Load Balancers, which a service names instead of a target group, are not played.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
 * @throws AwsError InvalidParameterException
 */
export async function checkLoadBalancers(
    { moto }: Parts,
    region: string,
    loadBalancers: readonly LoadBalancer[] = [],
    { containerDefinitions: containers = [] }: TaskDefinition,
): Promise<void> {
    for (const { targetGroupArn, containerName = "", containerPort } of loadBalancers) {
        if (targetGroupArn === undefined) {
            throw invalid("Target group ARN cannot be blank.");
        }
        const container = containers.find(({ name }) => name === containerName);
        if (container === undefined) {
            throw invalid(`The container ${containerName} does not exist in the task definition.`);
        }
        if (container.portMappings?.some((mapping) => mapping.containerPort === containerPort) !== true) {
            throw invalid(
                `The container ${containerName} did not have a container port ${containerPort} defined.`,
            );
        }
        const form = { Action: "DescribeTargetGroups", "TargetGroupArns.member.1": targetGroupArn };
        await moto
            .query(region, "elasticloadbalancing", { ...form, Version: version })
            .catch((error: unknown) => {
                throw error instanceof AwsError && error.status < 500
                    ? invalid(`Unable to find the target group with targetGroupArn ${targetGroupArn}.`)
                    : error;
            });
    }
}

/**
 * How long target groups finish what a target has begun, before it is gone: the longest of them counts.
 * @default 300, as of a target group that says nothing
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay
 */
export async function deregistrationDelaySeconds(
    { moto }: Parts,
    region: string,
    loadBalancers: readonly LoadBalancer[],
): Promise<number> {
    const delays = await Promise.all(
        loadBalancers.map(async ({ targetGroupArn = "" }) => {
            const form = { Action: "DescribeTargetGroupAttributes", TargetGroupArn: targetGroupArn };
            // A target group that was deleted meanwhile holds up nobody.
            const answer = await moto
                .query(region, "elasticloadbalancing", { ...form, Version: version })
                .catch(() => undefined);
            return answer === undefined ? 0 : delayIn(answer);
        }),
    );
    return Math.max(0, ...delays);
}

function delayIn(attributes: string): number {
    const entries = attributes
        .split("<member>")
        .filter((entry) => entry.includes(`<Key>${delayAttribute}</Key>`));
    return Number(/<Value>(\d+)<\/Value>/.exec(entries[0] ?? "")?.[1] ?? 300);
}
