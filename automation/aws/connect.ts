import type { Aws } from "../ports/awsServices";
import { type AwsOptions, AwsSession, regionOf } from "./session";

/**
 * AWS through the AWS SDK; every service is loaded and connected with its first call. AWS itself and anything that
 * stands in for it (AWS_ENDPOINT_URL) are used in the same way.
 */
export function connectAws(options: AwsOptions): Aws {
    let opening: Promise<AwsSession> | undefined;
    const open = (): Promise<AwsSession> => (opening ??= AwsSession.open(options));
    const identity = lazily(async () => (await import("./identity")).createIdentityService(await open()));
    return {
        // Mostly the region is known without the SDK.
        identity: {
            caller: () => identity.caller(),
            time: () => identity.time(),
            credentialsExpireAt: () => identity.credentialsExpireAt(),
            region: async () => regionOf(options) ?? identity.region(),
        },
        ecs: lazily(async () => (await import("./ecs")).createEcsService(await open())),
        ec2: lazily(async () => (await import("./ec2")).createEc2Service(await open())),
        iam: lazily(async () => (await import("./iam")).createIamService(await open())),
        autoScaling: lazily(async () =>
            (await import("./autoScaling")).createAutoScalingService(await open()),
        ),
        applicationScaling: lazily(async () =>
            (await import("./applicationScaling")).createApplicationScalingService(await open()),
        ),
        scheduler: lazily(async () => (await import("./scheduler")).createSchedulerService(await open())),
        parameters: lazily(async () => (await import("./parameters")).createParameterService(await open())),
        ssm: lazily(async () => (await import("./ssm")).createSsmService(await open())),
        tagging: lazily(async () => (await import("./tagging")).createTaggingService(await open())),
        loadBalancing: lazily(async () =>
            (await import("./loadBalancing")).createLoadBalancingService(await open()),
        ),
        kms: lazily(async () => (await import("./kms")).createKmsService(await open())),
        quotas: lazily(async () => (await import("./quotas")).createQuotaService(await open())),
        pricing: lazily(async () => (await import("./pricing")).createPricingService(await open())),
        ecr: lazily(async () => (await import("./ecr")).createEcrService(await open())),
        logs: lazily(async () => (await import("./logs")).createLogsService(await open())),
        cloudMap: lazily(async () => (await import("./cloudMap")).createCloudMapService(await open())),
    };
}

type AsyncMethods = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

/**
 * A service whose module is loaded by the first call of any of its methods. The AWS SDK's clients take tenths of a
 * second to load, and most commands need two or three of them.
 */
function lazily<Service extends { [Name in keyof Service]: AsyncMethods[string] }>(
    load: () => Promise<Service>,
): Service {
    let loading: Promise<Service> | undefined;
    const methods = new Map<PropertyKey, unknown>();
    const method = (name: PropertyKey): unknown => {
        const call = async (...args: never[]): Promise<unknown> => {
            loading ??= load();
            return ((await loading) as unknown as AsyncMethods)[String(name)]?.(...args);
        };
        methods.set(name, call);
        return call;
    };
    return new Proxy({} as Service, {
        // Whoever awaits a service must not take it for a promise.
        get: (_, name) => (name === "then" ? undefined : (methods.get(name) ?? method(name))),
    });
}
