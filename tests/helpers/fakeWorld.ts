import type { ContainerInstance } from "../../automation/ports/aws";
import type { Clock } from "../../automation/ports/io";
import type { StateResource } from "../../automation/ports/engine";
import type { Instance, Tags } from "../../automation/ports/awsServices";
import { attributeNames } from "../../components/model/attributes";
import {
    storageOfHost,
    type ResolvedAutoScalingHosts,
    type ResolvedSettings,
} from "../../components/model/settings";
import { environmentTags, tagKeys } from "../../components/model/tags";
import { cluster, instance, registered } from "./awsObjects";
import { stackId, type FakeAws, type FakeAwsState } from "./fakeAws";
import { forgetGone, launchAlike, launchedFrom, templateId } from "./fakeGroups";

export { launchedFrom } from "./fakeGroups";
import { scheduleTasks, startTasks } from "./fakeScheduler";

export interface WorldOptions {
    /** Until the agent of a new host connects; never with Infinity. @default 40 */
    readonly bootSeconds?: number;
    /** ECS neither stops nor moves a task, whatever room there is. @default false */
    readonly tasksStay?: boolean;
    /** Called whenever time has passed. */
    readonly onSleep?: (seconds: number, state: FakeAwsState) => void;
}

/** What the state of an environment has as its id. */
export function stackIdOf(environment: string): string {
    return environment === "alice" ? stackId : `${environment}-id`;
}

export function tagsOf(environment: string): Tags {
    return environmentTags(
        { environment, stack: `organization/sles-ecs/${environment}`, stackId: stackIdOf(environment) },
        {},
    );
}

/** Name of the group of an environment. */
export function groupOf(tags: Tags): string {
    return `sles-ecs-${tags[tagKeys.environment]}`;
}

/** An existing environment: its cluster, and these hosts of it, ready and of this image. */
export function standing(
    environment: string,
    hosts: readonly Partial<Instance>[],
    region = "us-east-1",
    clusterName = environment,
): Pick<FakeAwsState, "clusters" | "instances" | "containerInstances"> {
    const tags = tagsOf(environment);
    const arn = `arn:aws:ecs:${region}:123456789012:cluster/${clusterName}`;
    const instances = hosts.map((host, index) =>
        instance(index + 1, {
            zone: `${region}a`,
            ...host,
            tags: {
                ...tags,
                [tagKeys.name]: `${environment}-host-${index + 1}`,
                [tagKeys.host]: String(index + 1),
                ...host.tags,
            },
        }),
    );
    return {
        clusters: [cluster({ name: clusterName, arn, tags, registeredHosts: hosts.length })],
        instances,
        containerInstances: {
            [clusterName]: instances.map((one) => agentOf(one, clusterName, "imageStore", region)),
        },
    };
}

function agentOf(
    { instanceId }: Instance,
    clusterName: string,
    storage: string,
    region: string,
): ContainerInstance {
    return registered(1, {
        instanceId,
        clusterName,
        arn: `arn:aws:ecs:${region}:123456789012:container-instance/${clusterName}/of-${instanceId}`,
        attributes: { [attributeNames.dockerStorage]: storage },
    });
}

/** What in an account happens by itself, and what the program makes of the settings of an environment. */
export class FakeWorld {
    private readonly booting = new Map<string, { readonly clusterName: string; readonly storage: string }>();
    private readonly start: number;
    private launch: (() => void) | undefined;

    constructor(
        private readonly fake: FakeAws,
        private readonly clock: Pick<Clock, "now">,
        private readonly options: WorldOptions,
        private readonly calls: string[],
    ) {
        this.start = clock.now().getTime();
    }

    get state(): FakeAwsState {
        return this.fake.state;
    }

    /**
     * As the program does: the cluster and the hosts of the settings.
     * @param targets URNs of the only resources to change
     * @param replaced names of the resources that are replaced whatever their image
     * @param newTemplate the launch template gets a new version
     * @param strays ids of hosts that the state does not know
     */
    apply(
        environment: string,
        settings: ResolvedSettings,
        targets: readonly string[] | undefined,
        replaced: readonly string[],
        newTemplate = false,
        strays: readonly string[] = [],
    ): void {
        const { state } = this;
        const { clusterName, hosts } = settings;
        const tags = tagsOf(environment);
        const there = state.clusters.some(({ name, status }) => name === clusterName && status === "ACTIVE");
        if (!there) {
            state.clusters.push(...standing(environment, [], state.region, clusterName).clusters);
        }
        const own = this.hostsOf(tags).filter(({ instanceId }) => !strays.includes(instanceId));
        if (hosts.mode === "autoScaling") {
            const before = state.groups.find(({ name }) => name === groupOf(tags))?.launchTemplate?.version;
            const template = String(Number(before ?? "1") + (newTemplate ? 1 : 0));
            this.launch = () => this.launchHost(settings, { ...tags, ...launchedFrom(template) });
            const missing = hosts.desired - own.length;
            Array.from({ length: missing > 0 ? missing : 0 }).forEach(this.launch);
            this.keepGroup(tags, hosts, template);
            return;
        }
        const isSurplus = ({ tags: of }: Instance): boolean => Number(of[tagKeys.host]) > hosts.count;
        own.filter(isSurplus).forEach((host) => this.terminate(host));
        for (let number = 1; number <= hosts.count; number += 1) {
            const old = own.find(({ tags: of }) => of[tagKeys.host] === String(number));
            const name = `sles-ecs-hosts-${number}`;
            const isWanted = targets === undefined || targets.some((urn) => urn.endsWith(`::${name}`));
            if (isWanted && (replaced.includes(name) || old?.imageId !== this.imageOf(settings).id)) {
                this.terminate(old);
                this.launchHost(settings, tags, number);
            }
        }
    }

    /** As the engine does: everything of the environment but what is to be kept. */
    destroy(environment: string): void {
        const { state } = this;
        const tags = tagsOf(environment);
        const isOwn = (one: { readonly tags: Tags }): boolean =>
            one.tags[tagKeys.stack] === tags[tagKeys.stack];
        this.hostsOf(tags).forEach((host) => this.terminate(host));
        state.clusters = state.clusters.map((one) => (isOwn(one) ? { ...one, status: "INACTIVE" } : one));
        state.volumes = state.volumes.filter((one) => !isOwn(one) || one.tags[tagKeys.keep] === "true");
        state.groups = state.groups.filter((one) => !isOwn(one));
    }

    /** Agents connect, tasks move off draining hosts and stop where nobody wants them, groups replace their hosts. */
    elapse(): void {
        const { state, clock, options } = this;
        const now = clock.now().getTime();
        for (const ending of state.instances.filter((one) => one.state === "shutting-down")) {
            this.terminate(ending);
        }
        forgetGone(state);
        for (const { name, desired, instanceIds } of state.groups.filter(
            ({ leaving, max }) => !leaving && max > 0,
        )) {
            const bring = this.launch ?? (() => this.bringAlike(instanceIds[0], name));
            Array.from({ length: Math.max(0, desired - instanceIds.length) }).forEach(bring);
        }
        for (const { instanceIds } of state.groups.filter(({ max }) => max === 0)) {
            instanceIds.forEach((id) => this.terminate(state.instances.find((one) => one.instanceId === id)));
        }
        for (const [instanceId, { clusterName, storage }] of this.booting) {
            const host = state.instances.find((one) => one.instanceId === instanceId);
            const bootSeconds = (now - (host?.launchedAt?.getTime() ?? now)) / 1000;
            if (host !== undefined && bootSeconds >= (options.bootSeconds ?? 40)) {
                this.booting.delete(instanceId);
                const agents = (state.containerInstances[clusterName] ??= []);
                agents.push(agentOf(host, clusterName, storage, state.region));
                this.calls.push(`host ${instanceId} is ready`);
            }
        }
        if (options.tasksStay !== true) {
            Object.keys(state.tasks).forEach((clusterName) => scheduleTasks(state, clusterName));
            Object.keys(state.services).forEach((clusterName) => startTasks(state, clusterName));
        }
        options.onSleep?.((now - this.start) / 1000, state);
    }

    /** The hosts of an environment that EC2 has not terminated. */
    hostsOf(tags: Tags): readonly Instance[] {
        return this.state.instances.filter(
            (one) => one.state !== "terminated" && one.tags[tagKeys.stack] === tags[tagKeys.stack],
        );
    }

    /** Hosts and groups, as the state has them. */
    idsOf(tags: Tags): readonly StateResource[] {
        const groups = this.state.groups.filter((one) => one.tags[tagKeys.stack] === tags[tagKeys.stack]);
        return [
            ...this.hostsOf(tags).map(({ instanceId, tags: of }) => ({
                type: "aws:ec2/instance:Instance",
                name: `sles-ecs-hosts-${of[tagKeys.host] ?? instanceId}`,
                id: instanceId,
            })),
            ...groups.map(({ name }) => ({ type: "aws:autoscaling/group:Group", name, id: name })),
        ];
    }

    /** The group of an environment, with whatever hosts it has at the time, and as many as it has been asked for since. */
    private keepGroup(
        tags: Tags,
        { min, max, desired: first }: ResolvedAutoScalingHosts,
        template: string,
    ): void {
        const { state } = this;
        const name = groupOf(tags);
        const members = () => this.hostsOf(tags).map(({ instanceId }) => instanceId);
        const before = state.groups.find((one) => one.name === name);
        const desired = before?.desired ?? Math.max(first, members().length);
        const group = {
            ...{ name, tags, min, max, desired },
            ...{ protectedInstanceIds: [], leaving: false },
            suspendedProcesses: before?.suspendedProcesses ?? [],
            launchTemplate: { id: templateId, version: template },
            get instanceIds() {
                return members();
            },
        };
        state.groups = [...state.groups.filter((one) => one.name !== name), group];
    }

    private imageOf({ hostImage: { lock } }: ResolvedSettings): {
        readonly id: string;
        readonly name: string;
    } {
        const image = lock ?? this.state.images[0];
        if (image === undefined) {
            throw new Error("the fake account has no image");
        }
        return image;
    }

    private bringAlike(id: string | undefined, group: string): void {
        const member = this.state.instances.find(({ instanceId }) => instanceId === id);
        const clusterName = member?.tags[tagKeys.environment];
        if (member !== undefined && clusterName !== undefined) {
            const { instanceId } = launchAlike(this.state, member, group, this.clock.now());
            this.booting.set(instanceId, { clusterName, storage: "imageStore" });
        }
    }

    private launchHost(settings: ResolvedSettings, tags: Tags, number?: number): void {
        const { state } = this;
        const { id, name } = this.imageOf(settings);
        const host = instance(state.instances.length + 1, {
            zone: `${state.region}a`,
            subnetId: "subnet-0000000a",
            imageId: id,
            imageName: name,
            launchedAt: this.clock.now(),
            tags: {
                ...tags,
                [tagKeys.name]: `${tags[tagKeys.environment]}-host${number === undefined ? "" : `-${number}`}`,
                ...(number === undefined ? {} : { [tagKeys.host]: String(number) }),
            },
        });
        state.instances = [...state.instances, host];
        const storage = storageOfHost(settings.dockerStorage, number).mode;
        this.booting.set(host.instanceId, { clusterName: settings.clusterName, storage });
    }

    /** ECS deregisters the host, and the tasks of its services wait for another place. */
    private terminate(host: Instance | undefined): void {
        const { state } = this;
        state.instances = state.instances.map((one) =>
            one.instanceId === host?.instanceId ? { ...one, state: "terminated" } : one,
        );
        for (const [clusterName, agents] of Object.entries(state.containerInstances)) {
            const gone = agents.find(({ instanceId }) => instanceId === host?.instanceId);
            state.containerInstances[clusterName] = agents.filter((one) => one !== gone);
            state.tasks[clusterName] = (state.tasks[clusterName] ?? []).flatMap((task) => {
                const isHere = gone !== undefined && task.containerInstanceArn === gone.arn;
                const isOfService = task.group.startsWith("service:");
                return !isHere ? [task] : isOfService ? [{ ...task, containerInstanceArn: undefined }] : [];
            });
        }
    }
}
