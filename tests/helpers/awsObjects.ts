import { attributeNames } from "../../components/model/attributes";
import { tagKeys } from "../../components/model/tags";
import type { ClusterStatus, ContainerInstance, Host, Service, Task } from "../../automation/ports/aws";
import type { Target } from "../../automation/environment/target";
import type { Instance } from "../../automation/ports/awsServices";
import type { ScalingGroup } from "../../automation/ports/scalingServices";
import { owner, ownTags, type FakeAws } from "./fakeAws";
import { createFakeClock } from "./fakeTime";

/** The environment `alice`, in that account. */
export function targetIn(
    { aws, state }: Pick<FakeAws, "aws"> & { readonly state?: FakeAws["state"] },
    changes: Partial<Target> = {},
): Target {
    return {
        environment: "alice",
        owner,
        clusterName: "alice",
        leased: true,
        stateIds: new Set([
            ...(state?.instances ?? []).map(({ instanceId }) => instanceId),
            ...(state?.groups ?? []).map(({ name }) => name),
        ]),
        inState: (type, id) =>
            type.startsWith("aws:autoscaling/") && (state?.groups ?? []).some(({ name }) => name === id),
        aws,
        clock: createFakeClock(),
        signal: new AbortController().signal,
        ...changes,
    };
}

/** An instance of the environment `alice`, running, as host number `number`. */
export function instance(number: number, changes: Partial<Instance> = {}): Instance {
    return {
        instanceId: `i-${number}`,
        state: "running",
        zone: "eu-central-1a",
        subnetId: "subnet-1",
        instanceType: "t3.medium",
        imageId: "ami-1",
        imageName: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
        hasInstanceProfile: true,
        publicIpAddress: `192.0.2.${number}`,
        tags: { ...ownTags, [tagKeys.name]: `alice-host-${number}` },
        ...changes,
    };
}

/** A group of the environment `alice` that wants one host and has none. */
export function emptyGroup(): ScalingGroup {
    return {
        name: "alice-hosts",
        tags: ownTags,
        ...{ min: 0, max: 2, desired: 1, instanceIds: [], protectedInstanceIds: [] },
        ...{ suspendedProcesses: [], leaving: false },
    };
}

/** The container instance of that host: connected, ACTIVE, on the store of the image. */
export function registered(number: number, changes: Partial<ContainerInstance> = {}): ContainerInstance {
    return {
        arn: `arn:aws:ecs:eu-central-1:123456789012:container-instance/alice/ci-${number}`,
        instanceId: `i-${number}`,
        clusterName: "alice",
        status: "ACTIVE",
        agentConnected: true,
        agentVersion: "1.105.1",
        runningTasks: 0,
        pendingTasks: 0,
        free: { cpuUnits: 2048, memoryMiB: 3900 },
        takenPorts: [],
        attributes: { [attributeNames.dockerStorage]: "imageStore" },
        ...changes,
    };
}

export function host(
    number: number,
    changes: Partial<Instance> = {},
    container?: Partial<ContainerInstance>,
): Host {
    return { ...instance(number, changes), containerInstance: registered(number, container) };
}

export function cluster(changes: Partial<ClusterStatus> = {}): ClusterStatus {
    return {
        name: "alice",
        arn: "arn:aws:ecs:eu-central-1:123456789012:cluster/alice",
        status: "ACTIVE",
        registeredHosts: 2,
        runningTasks: 0,
        pendingTasks: 0,
        activeServices: 0,
        capacityProviders: [],
        tags: ownTags,
        ...changes,
    };
}

export function service(name: string, changes: Partial<Service> = {}): Service {
    return {
        name,
        arn: `arn:aws:ecs:eu-central-1:123456789012:service/alice/${name}`,
        status: "ACTIVE",
        schedulingStrategy: "REPLICA",
        minimumHealthyPercent: 100,
        maximumPercent: 200,
        placementConstraints: [],
        desired: 2,
        running: 2,
        pending: 0,
        tags: {},
        taskDefinition: "web:3",
        targetGroups: [],
        isExpress: false,
        ...changes,
    };
}

export function task(id: string, group: string, changes: Partial<Task> = {}): Task {
    return {
        arn: `arn:aws:ecs:eu-central-1:123456789012:task/alice/${id}`,
        taskDefinition: "web:3",
        group,
        lastStatus: "RUNNING",
        desiredStatus: "RUNNING",
        needs: { cpuUnits: 256, memoryMiB: 512 },
        containerInstanceArn: registered(1).arn,
        ...changes,
    };
}
