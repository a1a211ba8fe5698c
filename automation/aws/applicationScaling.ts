import {
    ApplicationAutoScalingClient,
    paginateDescribeScalableTargets,
    RegisterScalableTargetCommand,
} from "@aws-sdk/client-application-auto-scaling";

import type { ApplicationScalingService } from "../ports/awsServices";
import { collect, unless } from "./collect";
import type { AwsSession } from "./session";

const serviceCount = { ServiceNamespace: "ecs", ScalableDimension: "ecs:service:DesiredCount" } as const;

export function createApplicationScalingService(session: AwsSession): ApplicationScalingService {
    const client = session.connect(
        new ApplicationAutoScalingClient(session.configuration("APPLICATION_AUTO_SCALING")),
        "APPLICATION_AUTO_SCALING",
        "application-autoscaling",
    );
    return {
        scalableServices: async (cluster) => {
            const targets = await collect(
                paginateDescribeScalableTargets({ client }, serviceCount),
                (page) => page.ScalableTargets,
            );
            return targets
                .map((target) => ({
                    resourceId: target.ResourceId ?? "",
                    min: target.MinCapacity ?? 0,
                    max: target.MaxCapacity ?? 0,
                }))
                .filter((target) => target.resourceId.startsWith(`service/${cluster}/`));
        },
        setMinimum: async (resourceId, min) => {
            await unless(["ObjectNotFoundException"], undefined, () =>
                client.send(
                    new RegisterScalableTargetCommand({
                        ...serviceCount,
                        ResourceId: resourceId,
                        MinCapacity: min,
                    }),
                ),
            );
        },
    };
}
