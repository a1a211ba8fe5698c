import { flag, integer, list, object, region, required, set, text, type Values } from "../schema/property";

const instanceRefresh = object(
    {
        preferences: object({
            autoRollback: flag(),
            instanceWarmup: text(),
            maxHealthyPercentage: integer({ default: 100 }),
            minHealthyPercentage: integer({ default: 90 }),
            scaleInProtectedInstances: text({ default: "Ignore" }),
            skipMatching: flag(),
            standbyInstances: text({ default: "Ignore" }),
        }),
        strategy: required(text()),
        triggers: set(text()),
    },
    { remembered: true },
);

/** The inputs of `aws:autoscaling/group:Group`. */
export const groupInputs = {
    availabilityZones: set(text(), { computed: true }),
    capacityRebalance: flag(),
    defaultCooldown: integer({ computed: true }),
    defaultInstanceWarmup: integer(),
    desiredCapacity: integer({ computed: true }),
    enabledMetrics: set(text()),
    forceDelete: flag({ default: false, remembered: true }),
    healthCheckGracePeriod: integer({ default: 300 }),
    healthCheckType: text({ computed: true }),
    ignoreFailedScalingActivities: flag({ default: false, remembered: true }),
    instanceMaintenancePolicy: object({
        maxHealthyPercentage: required(integer()),
        minHealthyPercentage: required(integer()),
    }),
    instanceRefresh,
    launchTemplate: required(
        object({
            id: text({ computed: true }),
            name: text({ computed: true }),
            version: text({ computed: true }),
        }),
    ),
    maxInstanceLifetime: integer(),
    maxSize: required(integer()),
    metricsGranularity: text({ default: "1Minute" }),
    minSize: required(integer()),
    name: text({ replaces: true }),
    namePrefix: text({ replaces: true, remembered: true }),
    protectFromScaleIn: flag({ default: false }),
    region: region(),
    serviceLinkedRoleArn: text({ computed: true }),
    suspendedProcesses: set(text()),
    tags: set(
        object({ key: required(text()), propagateAtLaunch: required(flag()), value: required(text()) }),
    ),
    targetGroupArns: set(text(), { computed: true }),
    terminationPolicies: list(text()),
    vpcZoneIdentifiers: set(text(), { computed: true }),
    waitForCapacityTimeout: text({ default: "10m", remembered: true }),
};

/** What the program gives of a group. */
export type GroupInputs = Values<typeof groupInputs>;

/** A tag of a group. */
export type GroupTag = NonNullable<GroupInputs["tags"]>[number];

/** Seconds of a duration such as `10m`, `90s` or `1h30m`, as the official provider takes it; else `undefined`. */
export function secondsOf(duration: string): number | undefined {
    const parts: readonly (string | undefined)[] | null = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(
        duration,
    );
    if (duration === "0") {
        return 0;
    }
    if (parts === null || duration === "") {
        return undefined;
    }
    const [hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
    return hours * 3600 + minutes * 60 + seconds;
}
