import { carries, tagKeys, type Ownership } from "../../components/model/tags";
import { fakeEc2 } from "./fakeEc2";
import { fakeIam } from "./fakeIam";
import type * as read from "../../components/model/checks/reads";
import type {
    ClusterStatus,
    ContainerInstance,
    Service,
    TaggedResource,
    Task,
    TaskDefinition,
} from "../../automation/ports/aws";
import type {
    Aws,
    Ec2Resource,
    Holder,
    Instance,
    ScalableService,
    ScalingGroup,
    Tags,
    Volume,
} from "../../automation/ports/awsServices";

export const stack = "organization/sles-ecs/alice";
export const stackId = "a11ce000-0000-4000-8000-000000000000";
export const owner: Ownership = { environment: "alice", stack, stackId };
export const ownTags: Tags = {
    [tagKeys.stack]: stack,
    [tagKeys.stackId]: stackId,
    [tagKeys.environment]: "alice",
};

/** A small AWS that a test fills and may change while time passes. */
export interface FakeAwsState {
    /** Where calls go that name no region of their own. */
    region: string;
    clusters: ClusterStatus[];
    /** By cluster name. */
    containerInstances: Record<string, ContainerInstance[]>;
    services: Record<string, Service[]>;
    tasks: Record<string, Task[]>;
    /** By family and revision; those that are not here ask for nothing. */
    taskDefinitions: Record<string, TaskDefinition>;
    /** ARNs of the hosts for which an expression holds. */
    matching: Record<string, string[]>;
    capacityProviders: TaggedResource[];
    instances: Instance[];
    consoles: Record<string, string>;
    images: read.MachineImage[];
    subnets: read.Subnet[];
    defaultSubnets: read.Subnet[];
    securityGroups: read.SecurityGroup[];
    routeTables: read.RouteTable[];
    vpcEndpoints: (read.VpcEndpoint & { readonly vpcId: string })[];
    defaultVpc: { readonly id: string } | undefined;
    availabilityZones: string[];
    ownZones: string[];
    zonesOffering: string[];
    /** Of every instance type. */
    memoryMiB: number | undefined;
    keyPairs: string[];
    volumes: Volume[];
    instanceProfiles: Record<string, Tags>;
    /** ARN of the role in a profile. @default - one that is called as the profile */
    rolesOfProfiles: Record<string, string>;
    /** What policies say, whosever they are, by action. @default allowed */
    verdicts: Record<string, read.Verdict>;
    roles: Record<string, Tags>;
    groups: ScalingGroup[];
    scalableServices: ScalableService[];
    tagged: TaggedResource[];
    /** What carries the tag of every stack, beside instances and volumes. */
    ec2Resources: Ec2Resource[];
    holders: Holder[];
    /** What a call throws instead of answering, by name such as `ecs.cluster`. */
    errors: Record<string, unknown>;
}

export interface FakeAws {
    readonly aws: Aws;
    /** The same account as it is asked from another region. */
    readonly inRegion: (region: string | undefined) => Aws;
    readonly state: FakeAwsState;
    /** Every change, in order, such as `deleteService web`. */
    readonly changes: string[];
    /** Every read by name, in order. */
    readonly reads: string[];
    /** Told of every call, as `reads` or as the change that it makes. */
    onCall?: (call: string) => void;
}

const empty: FakeAwsState = {
    region: "eu-central-1",
    clusters: [],
    containerInstances: {},
    services: {},
    tasks: {},
    ...{ taskDefinitions: {}, matching: {} },
    capacityProviders: [],
    instances: [],
    consoles: {},
    images: [],
    subnets: [],
    defaultSubnets: [],
    securityGroups: [],
    routeTables: [],
    vpcEndpoints: [],
    defaultVpc: undefined,
    ownZones: [],
    availabilityZones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
    zonesOffering: [],
    memoryMiB: 4096,
    keyPairs: [],
    volumes: [],
    ...{ ec2Resources: [], holders: [] },
    instanceProfiles: {},
    ...{ rolesOfProfiles: {}, verdicts: {} },
    roles: {},
    groups: [],
    scalableServices: [],
    tagged: [],
    errors: {},
};

export function createFakeAws(given: Partial<FakeAwsState> = {}): FakeAws {
    // What happens in here is no business of another test that is given the same; errors stay who they are.
    const { errors = {}, ...rest } = given;
    const state: FakeAwsState = { ...structuredClone({ ...empty, ...rest }), errors };
    const changes: string[] = [];
    const reads: string[] = [];
    const read = <T>(name: string, value: () => T): Promise<T> => {
        reads.push(name);
        fake.onCall?.("reads");
        return answer(name, value);
    };
    const answer = async <T>(name: string, value: () => T): Promise<T> => {
        await Promise.resolve();
        if (name in state.errors) {
            throw state.errors[name];
        }
        return value();
    };
    const change = (name: string, subject: string, effect: () => void): Promise<void> =>
        answer(name, () => {
            const made = `${name.split(".")[1] ?? name} ${subject}`;
            changes.push(made);
            fake.onCall?.(made);
            effect();
        });
    const identity = (region?: string): Aws["identity"] => ({
        caller: () =>
            read("identity.caller", () => ({
                accountId: "123456789012",
                arn: "arn:aws:iam::123456789012:user/alice",
                region: region ?? state.region,
            })),
        region: () => answer("identity.region", () => region ?? state.region),
    });
    const aws: Aws = {
        identity: identity(),
        ecs: fakeEcs(state, read, change),
        ec2: fakeEc2(state, read, change),
        iam: fakeIam(state, read, change),
        autoScaling: {
            groups: (tags) =>
                read("autoScaling.groups", () => state.groups.filter((one) => carries(one.tags, tags))),
            remove: (name) =>
                change("autoScaling.remove", name, () => {
                    state.groups = state.groups.filter((one) => one.name !== name);
                }),
            renew: (id) =>
                change("autoScaling.renew", id, () => {
                    state.instances = state.instances.map((one) =>
                        one.instanceId === id ? { ...one, state: "shutting-down" } : one,
                    );
                }),
            dropScaleInProtection: (group, ids) =>
                change("autoScaling.dropScaleInProtection", `${group} ${ids.join(",")}`, () => {
                    state.groups = state.groups.map((one) =>
                        one.name === group ? { ...one, protectedInstanceIds: [] } : one,
                    );
                }),
        },
        applicationScaling: {
            scalableServices: (cluster) =>
                read("applicationScaling.scalableServices", () =>
                    state.scalableServices.filter((one) => one.resourceId.startsWith(`service/${cluster}/`)),
                ),
            setMinimum: (id, min) =>
                change("applicationScaling.setMinimum", `${id} ${min}`, () => {
                    state.scalableServices = state.scalableServices.map((one) =>
                        one.resourceId === id ? { ...one, min } : one,
                    );
                }),
        },
        tagging: {
            resources: (tags) =>
                read("tagging.resources", () => state.tagged.filter((one) => carries(one.tags, tags))),
        },
    };
    const fake: FakeAws = {
        aws,
        inRegion: (region) => ({ ...aws, identity: identity(region) }),
        state,
        changes,
        reads,
    };
    return fake;
}

export type Read = <T>(name: string, value: () => T) => Promise<T>;
export type Change = (name: string, subject: string, effect: () => void) => Promise<void>;

function fakeEcs(state: FakeAwsState, read: Read, change: Change): Aws["ecs"] {
    return {
        cluster: (name) => read("ecs.cluster", () => state.clusters.find((one) => one.name === name)),
        clusterNames: () => read("ecs.clusterNames", () => state.clusters.map((one) => one.name)),
        containerInstances: (cluster) =>
            read("ecs.containerInstances", () => state.containerInstances[cluster] ?? []),
        services: (cluster) => read("ecs.services", () => state.services[cluster] ?? []),
        tasks: (cluster) => read("ecs.tasks", () => state.tasks[cluster] ?? []),
        taskDefinitions: (names) =>
            read("ecs.taskDefinitions", () => {
                const none: TaskDefinition = { hostPorts: [], placementConstraints: [] };
                return new Map(names.map((name) => [name, state.taskDefinitions[name] ?? none]));
            }),
        matching: (_, expression) => read("ecs.matching", () => state.matching[expression]),
        capacityProviders: (tags) =>
            read("ecs.capacityProviders", () =>
                state.capacityProviders.filter((one) => carries(one.tags, tags)),
            ),
        setDesiredCount: (cluster, service, count) =>
            change("ecs.setDesiredCount", `${service} ${count}`, () => {
                state.services[cluster] = (state.services[cluster] ?? []).map((one) =>
                    one.name === service ? { ...one, desired: count } : one,
                );
            }),
        deleteService: (cluster, service) =>
            change("ecs.deleteService", service, () => {
                state.services[cluster] = (state.services[cluster] ?? []).filter(
                    (one) => one.name !== service,
                );
                state.tasks[cluster] = (state.tasks[cluster] ?? []).filter(
                    (one) => one.group !== `service:${service}`,
                );
            }),
        stopTask: (cluster, task) =>
            change("ecs.stopTask", task, () => {
                state.tasks[cluster] = (state.tasks[cluster] ?? []).filter((one) => one.arn !== task);
            }),
        drain: (cluster, arns) =>
            change("ecs.drain", arns.join(","), () => {
                state.containerInstances[cluster] = (state.containerInstances[cluster] ?? []).map((one) =>
                    arns.includes(one.arn) ? { ...one, status: "DRAINING" } : one,
                );
            }),
        activate: (cluster, arns) =>
            change("ecs.activate", arns.join(","), () => {
                state.containerInstances[cluster] = (state.containerInstances[cluster] ?? []).map((one) =>
                    arns.includes(one.arn) ? { ...one, status: "ACTIVE" } : one,
                );
            }),
        removeCluster: (arn) =>
            change("ecs.removeCluster", arn, () => {
                state.clusters = state.clusters.filter((one) => one.arn !== arn);
            }),
        removeCapacityProvider: (arn) =>
            change("ecs.removeCapacityProvider", arn, () => {
                state.capacityProviders = state.capacityProviders.filter((one) => one.arn !== arn);
            }),
        deregister: (cluster, arn) =>
            change("ecs.deregister", arn, () => {
                state.containerInstances[cluster] = (state.containerInstances[cluster] ?? []).filter(
                    (one) => one.arn !== arn,
                );
            }),
    };
}
