import type { Aws } from "../ports/awsServices";
import { AwsSession, type AwsOptions } from "./session";

/**
 * AWS through the AWS SDK. The SDK's clients are loaded here and now but connect with their first call.
 * AWS itself and anything that stands in for it (AWS_ENDPOINT_URL) are used in the same way.
 */
export async function connectAws(options: AwsOptions): Promise<Aws> {
    const session = new AwsSession(options);
    const [identity, ecs, ec2, iam, autoScaling, applicationScaling, tagging] = await Promise.all([
        import("./identity"),
        import("./ecs"),
        import("./ec2"),
        import("./iam"),
        import("./autoScaling"),
        import("./applicationScaling"),
        import("./tagging"),
    ]);
    return {
        identity: identity.createIdentityService(session),
        ecs: ecs.createEcsService(session),
        ec2: ec2.createEc2Service(session),
        iam: iam.createIamService(session),
        autoScaling: autoScaling.createAutoScalingService(session),
        applicationScaling: applicationScaling.createApplicationScalingService(session),
        tagging: tagging.createTaggingService(session),
    };
}
