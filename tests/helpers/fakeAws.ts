import type { ScheduleTime } from "../../components/model/lease";
import { carries, tagKeys, type Ownership } from "../../components/model/tags";
import { startOfTime } from "./fakeTime";
import { fakeEcr, noRegistry, type FakeRegistry } from "./fakeEcr";
import { fakeEcs } from "./fakeEcs";
import { fakeLoadBalancing, fakeLogs, noServiceParts, type FakeServiceParts } from "./fakeDeployments";
import { noLoans, without, type FakeLoans } from "./fakeGroupProviders";
import { fakeEc2 } from "./fakeEc2";
import { fakeIam, named } from "./fakeIam";
import { fakeLimits, noLimits, type FakeLimits } from "./fakeLimits";
import { fakeParameters } from "./fakeParameters";
import { fakeScaling } from "./fakeScaling";
import type { DeniedAction, StatusChecks } from "../../components/model/diagnosis/evidence";
import { fakeSsm, type FakeShell } from "./fakeSsm";
import type * as read from "../../components/model/checks/reads";
import type {
    ClusterCapacityProvider,
    ClusterStatus,
    ContainerInstance,
    Daemon,
    Service,
    TaggedResource,
    Task,
    TaskDefinition,
} from "../../automation/ports/aws";
import type {
    Aws,
    ByArnService,
    Ec2Resource,
    Holder,
    Instance,
    RouteTableParts,
    Tags,
    Volume,
} from "../../automation/ports/awsServices";
import type { LifecycleHook, ScalableService, ScalingGroup } from "../../automation/ports/scalingServices";

export const stack = "organization/sles-ecs/alice";
export const stackId = "a11ce000-0000-4000-8000-000000000000";
export const owner: Ownership = { environment: "alice", stack, stackId };
export const ownTags: Tags = {
    [tagKeys.stack]: stack,
    [tagKeys.stackId]: stackId,
    [tagKeys.environment]: "alice",
};

/** A small AWS that a test fills and may change while time passes. */
export interface FakeAwsState extends FakeLoans, FakeLimits, FakeRegistry, FakeServiceParts {
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
    daemons: Record<string, Daemon[]>;
    clusterCapacityProviders: Record<string, ClusterCapacityProvider[]>;
    instances: Instance[];
    consoles: Record<string, string>;
    /** By instance, as what follows; those that are not here are well. */
    statusChecks: Record<string, StatusChecks>;
    userData: Record<string, string>;
    images: read.MachineImage[];
    subnets: read.Subnet[];
    defaultSubnets: read.Subnet[];
    securityGroups: read.SecurityGroup[];
    routeTables: read.RouteTable[];
    vpcEndpoints: (read.VpcEndpoint & { readonly vpcId: string })[];
    natGateways: read.NatGateway[];
    networkAcls: read.NetworkAcl[];
    defaultVpc: { readonly id: string } | undefined;
    availabilityZones: string[];
    ownZones: (string | undefined)[];
    ownVpcId: string | undefined;
    routeTableParts: RouteTableParts[];
    /** Names of schedules by their group. */
    schedulesIn: Record<string, string[]>;
    zonesOffering: string[];
    /** Of every instance type but those that have their own. */
    memoryMiB: number | undefined;
    memoryOfTypesMiB: Record<string, number>;
    keyPairs: string[];
    volumes: Volume[];
    instanceProfiles: Record<string, Tags>;
    /** ARN of the role in a profile. @default - one that is called as the profile */
    rolesOfProfiles: Record<string, string>;
    /** What policies say, whosever they are, by action. @default allowed */
    verdicts: Record<string, read.Verdict>;
    roles: Record<string, Tags>;
    /** @default - the account has none */
    accountAlias?: string;
    /** By role; those that are not here trust EC2. */
    trustedServices: Record<string, string[]>;
    denied: DeniedAction[];
    groups: ScalingGroup[];
    /** By name of a group, as the hooks. */
    failedLaunches: Record<string, string>;
    lifecycleHooks: Record<string, LifecycleHook[]>;
    /** In seconds, by ARN of a target group. */
    deregistrationDelays: Record<string, number>;
    /** Tags of what is asked for by ARN alone: log groups, namespaces. */
    byArn: Record<string, Tags>;
    scalableServices: ScalableService[];
    tagged: TaggedResource[];
    scheduleGroups: Record<string, Tags>;
    /** Parameter Store, by name. */
    parameters: Record<string, string>;
    /** How long ago those were changed that a test gives. @default 0 */
    parametersChangedMinutesAgo: number;
    /** Regions that have something of their own; all others show the same. */
    elsewhere: Record<string, FakeAws>;
    /** Those that are switched on. */
    regions: string[];
    /** When the schedules of a group come, by the group's name. */
    schedules: Record<string, ScheduleTime>;
    /** Until when those come that start hosts; whether those of its hours come. Both by the group's name. */
    opensUntil: Record<string, Date | undefined>;
    hours: Record<string, ScheduleTime["state"]>;
    /** What carries the tag of every stack, beside instances and volumes. */
    ec2Resources: Ec2Resource[];
    holders: Holder[];
    credentialsExpireAt: Date | undefined;
    /** AWS's clock. */
    now: () => Date;
    /** SSM's `PingStatus` of the hosts that it knows, by instance. */
    managedNodes: Record<string, string>;
    /** What becomes of a script on a host. @default - it succeeds, and writes nothing */
    shell: FakeShell;
    /** Thrown by a call, by its name such as `ecs.cluster`. */
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

const empty: Omit<FakeAwsState, "now" | "shell"> = {
    region: "eu-central-1",
    clusters: [],
    containerInstances: {},
    services: {},
    tasks: {},
    ...{ taskDefinitions: {}, matching: {} },
    ...{ ...noLoans(), ...noRegistry(), ...noServiceParts },
    ...{
        daemons: {},
        clusterCapacityProviders: {},
        lifecycleHooks: {},
        failedLaunches: {},
        deregistrationDelays: {},
        byArn: {},
    },
    instances: [],
    ...{ consoles: {}, statusChecks: {}, userData: {} },
    ...{ images: [], subnets: [] },
    defaultSubnets: [],
    securityGroups: [],
    routeTables: [],
    ...{ vpcEndpoints: [], natGateways: [], networkAcls: [] },
    defaultVpc: undefined,
    ...{ ownZones: [], ownVpcId: undefined, routeTableParts: [], schedulesIn: {} },
    availabilityZones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
    zonesOffering: [],
    memoryMiB: 4096,
    memoryOfTypesMiB: {},
    ...{ keyPairs: [], volumes: [], ...noLimits },
    ...{ ec2Resources: [], holders: [] },
    instanceProfiles: {},
    ...{ rolesOfProfiles: {}, verdicts: {} },
    ...{ roles: {}, trustedServices: {}, denied: [] },
    groups: [],
    ...{ scalableServices: [], tagged: [] },
    ...{ scheduleGroups: {}, schedules: {}, opensUntil: {}, hours: {}, parameters: {} },
    ...{ parametersChangedMinutesAgo: 0, managedNodes: {}, elsewhere: {} },
    ...{ regions: ["eu-central-1", "us-east-1"], credentialsExpireAt: undefined, errors: {} },
};

export function createFakeAws(given: Partial<FakeAwsState> = {}): FakeAws {
    // What happens in here is no business of another test that is given the same; errors stay who they are.
    const { errors = {}, elsewhere = {}, now = () => new Date(startOfTime), ...more } = given;
    const { shell = () => ({}), ...rest } = more;
    const state: FakeAwsState = { ...structuredClone({ ...empty, ...rest }), errors, elsewhere, now, shell };
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
        credentialsExpireAt: () => read("identity.credentialsExpireAt", () => state.credentialsExpireAt),
        time: () => read("identity.time", () => state.now()),
    });
    const aws: Aws = {
        identity: identity(),
        ecs: fakeEcs(state, read, change),
        ec2: fakeEc2(state, read, change),
        iam: fakeIam(state, read, change),
        ...fakeScaling(state, read, change),
        scheduler: {
            groups: (tags, fits) =>
                read("scheduler.groups", () =>
                    named(state.scheduleGroups, tags, fits).map((name) => ({
                        name,
                        leaving: false,
                        tags: state.scheduleGroups[name] ?? {},
                    })),
                ),
            removeGroup: (name) =>
                change("scheduler.removeGroup", name, () => {
                    state.scheduleGroups = without(state.scheduleGroups, name);
                }),
            schedules: (group) => read("scheduler.schedules", () => state.schedulesIn[group] ?? []),
            removeSchedule: (group, name) =>
                change("scheduler.removeSchedule", `${group}/${name}`, () => {
                    state.schedulesIn[group] = (state.schedulesIn[group] ?? []).filter((one) => one !== name);
                }),
            moveSchedules: (group, when, end) =>
                change("scheduler.moveSchedules", `${group} ${when.state} ${when.expression}`, () => {
                    state.schedules[group] = when;
                    state.opensUntil[group] = end;
                }),
            switchHours: (group, to) =>
                change("scheduler.switchHours", `${group} ${to}`, () => {
                    state.hours[group] = to;
                }),
        },
        parameters: fakeParameters(state, answer),
        ssm: fakeSsm(state, read, change),
        loadBalancing: fakeLoadBalancing(state, read, change),
        ecr: fakeEcr(state, read, change),
        ...fakeLimits(state, read),
        logs: { ...byArn("logs", state, read, change), ...fakeLogs(state, read) },
        cloudMap: byArn("cloudMap", state, read, change),
        tagging: {
            resources: (tags) =>
                read("tagging.resources", () => state.tagged.filter((one) => carries(one.tags, tags))),
        },
    };
    const fake: FakeAws = {
        aws,
        inRegion: (region) => state.elsewhere[region ?? ""]?.aws ?? { ...aws, identity: identity(region) },
        state,
        changes,
        reads,
    };
    return fake;
}

function byArn(service: string, state: FakeAwsState, read: Read, change: Change): ByArnService {
    return {
        tags: (arn) => read(`${service}.tags`, () => state.byArn[arn]),
        remove: (arn) =>
            change(`${service}.remove`, arn, () => {
                state.byArn = without(state.byArn, arn);
                state.tagged = state.tagged.filter((one) => one.arn !== arn);
            }),
    };
}

export type Read = <T>(name: string, value: () => T) => Promise<T>;
export type Change = (name: string, subject: string, effect: () => void) => Promise<void>;
