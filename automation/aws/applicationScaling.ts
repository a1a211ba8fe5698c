import {
    ApplicationAutoScalingClient,
    paginateDescribeScalableTargets,
    RegisterScalableTargetCommand,
    type SuspendedState,
} from "@aws-sdk/client-application-auto-scaling";

import { scalingActivities, type ScalingActivity } from "../../components/model/pause";
import type { ApplicationScalingService } from "../ports/scalingServices";
import { collect, unless } from "./collect";
import type { AwsSession } from "./session";

/** What Application Auto Scaling calls that an activity is suspended. */
const stateNames = {
    in: "DynamicScalingInSuspended",
    out: "DynamicScalingOutSuspended",
    scheduled: "ScheduledScalingSuspended",
} as const satisfies Record<ScalingActivity, keyof SuspendedState>;

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
                    suspended: scalingActivities.filter(
                        (one) => target.SuspendedState?.[stateNames[one]] === true,
                    ),
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
        setSuspended: async (resourceId, activities) => {
            const state = scalingActivities.map((one) => [stateNames[one], activities.includes(one)]);
            await unless(["ObjectNotFoundException"], undefined, () =>
                client.send(
                    new RegisterScalableTargetCommand({
                        ...serviceCount,
                        ResourceId: resourceId,
                        // What is left out would go on (API reference, SuspendedState).
                        SuspendedState: Object.fromEntries(state) as SuspendedState,
                    }),
                ),
            );
        },
    };
}
