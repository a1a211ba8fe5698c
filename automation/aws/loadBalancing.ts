import {
    DescribeTargetGroupAttributesCommand,
    ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";

import type { LoadBalancingService } from "../ports/awsServices";
import { unless } from "./collect";
import type { AwsSession } from "./session";

/** What a target group has that says nothing. Source: API reference of Elastic Load Balancing, TargetGroupAttribute. */
const usualDelaySeconds = 300;

export function createLoadBalancingService(session: AwsSession): LoadBalancingService {
    const client = session.connect(
        new ElasticLoadBalancingV2Client(session.configuration("ELASTIC_LOAD_BALANCING_V2")),
        "ELASTIC_LOAD_BALANCING_V2",
        "elasticloadbalancing",
    );
    const delayOf = async (TargetGroupArn: string): Promise<number | undefined> => {
        const answer = await unless(["TargetGroupNotFound", "TargetGroupNotFoundException"], undefined, () =>
            client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn })),
        );
        const delay = answer?.Attributes?.find(({ Key }) => Key === "deregistration_delay.timeout_seconds");
        return answer === undefined ? undefined : Number(delay?.Value ?? usualDelaySeconds);
    };
    return {
        deregistrationDelays: async (arns) => {
            const delays = await Promise.all(
                [...new Set(arns)].map(async (arn) => ({ arn, delay: await delayOf(arn) })),
            );
            return new Map(delays.flatMap(({ arn, delay }) => (delay === undefined ? [] : [[arn, delay]])));
        },
    };
}
