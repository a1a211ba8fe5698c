import type { Aws } from "../ports/awsServices";
import { lazily } from "./lazy";
import { AwsSession, type AwsOptions } from "./session";

/**
 * AWS through the AWS SDK; every service is loaded and connected with its first call. AWS itself and anything that
 * stands in for it (AWS_ENDPOINT_URL) are used in the same way.
 */
export function connectAws(options: AwsOptions): Aws {
    const session = new AwsSession(options);
    const identity = lazily(async () => (await import("./identity")).createIdentityService(session));
    return {
        // Mostly the region is known without the SDK.
        identity: {
            caller: () => identity.caller(),
            region: async () => session.region ?? identity.region(),
        },
        ecs: lazily(async () => (await import("./ecs")).createEcsService(session)),
        ec2: lazily(async () => (await import("./ec2")).createEc2Service(session)),
        iam: lazily(async () => (await import("./iam")).createIamService(session)),
        autoScaling: lazily(async () => (await import("./autoScaling")).createAutoScalingService(session)),
        applicationScaling: lazily(async () =>
            (await import("./applicationScaling")).createApplicationScalingService(session),
        ),
        tagging: lazily(async () => (await import("./tagging")).createTaggingService(session)),
    };
}
