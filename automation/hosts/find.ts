import type { ResolvedSettings } from "../../components/model/settings";
import { mayBeOwn, proofOf, tagKeys, type Ownership } from "../../components/model/tags";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import type { ContainerInstance, Host } from "../ports/aws";
import type { Instance } from "../ports/awsServices";
import type { ScalingGroup } from "../ports/scalingServices";
import { launchTemplateOf, withLaunchTemplate } from "./launchTemplates";

/** The instances of an environment. */
export interface Instances {
    /** Those that the state has, those of the groups that it has, and those that are gone. */
    readonly own: readonly Instance[];
    /** Those that carry the environment's tags alone, as an update leaves them that was killed. */
    readonly strays: readonly Instance[];
    /** How many hosts the environment's group wants at present; missing where it has none that can be read. */
    readonly desired?: number;
    /** That group. */
    readonly group?: ScalingGroup;
}

type Asked = Pick<Target, "aws" | "owner" | "stateIds">;

/**
 * Every instance of an environment; hosts of a group that are older than the stack's id are found by their group.
 * @param listed its groups, where they have been asked for already
 */
export async function findInstances(
    { aws, owner, stateIds }: Asked,
    listed: Promise<readonly ScalingGroup[]> = aws.autoScaling.groups(proofOf(owner)),
): Promise<Instances> {
    const [tagged, groups] = await Promise.all([
        aws.ec2.instances(proofOf(owner)),
        unlessDenied(undefined, listed),
    ]);
    const group = groups?.find(({ name }) => stateIds.has(name));
    const members = new Set(group?.instanceIds);
    const found = new Set(tagged.map(({ instanceId }) => instanceId));
    const untagged = [...members].filter((id) => !found.has(id));
    const older =
        untagged.length === 0
            ? []
            : (await aws.ec2.instancesById(untagged)).filter((one) => isOwnMember(one, owner, stateIds));
    const all = [...tagged, ...older].map((one) =>
        members.has(one.instanceId) ? withLaunchTemplate(one, group) : one,
    );
    const isStray = (one: Instance): boolean =>
        groups !== undefined && !isGone(one) && !stateIds.has(one.instanceId) && !members.has(one.instanceId);
    return {
        own: all.filter((one) => !isStray(one)),
        strays: all.filter(isStray),
        desired: group?.desired,
        group,
    };
}

/**
 * Whether a member of an own group is the environment's: others may have been attached by hand.
 * @param templateIds of own launch templates
 */
export function isOwnMember(
    { tags }: Pick<Instance, "tags">,
    owner: Ownership,
    templateIds: ReadonlySet<string>,
): boolean {
    const template = launchTemplateOf(tags)?.id;
    return mayBeOwn(tags, owner) || (template !== undefined && templateIds.has(template));
}

/** `Instances`, joined with what ECS knows of them. */
export interface Hosts extends Pick<Instances, "desired" | "group"> {
    readonly hosts: readonly Host[];
    readonly strays: readonly Host[];
}

/**
 * Every host of an environment, joined with what ECS knows of it: three queries, however many hosts there are.
 * @param listed its groups, where they have been asked for already
 */
export async function findHosts(
    target: Asked & Pick<Target, "clusterName">,
    listed?: Promise<readonly ScalingGroup[]>,
): Promise<Hosts> {
    const [{ own, strays, desired, group }, registered] = await Promise.all([
        findInstances(target, listed),
        target.aws.ecs.containerInstances(target.clusterName),
    ]);
    return { hosts: joinHosts(own, registered), strays: joinHosts(strays, registered), desired, group };
}

/** Puts each container instance to its EC2 instance, in the order of the hosts' names and launches. */
export function joinHosts(
    instances: readonly Instance[],
    registered: readonly ContainerInstance[],
): readonly Host[] {
    const byInstance = new Map(registered.map((item) => [item.instanceId, item]));
    return instances
        .map((instance): Host => {
            const containerInstance = byInstance.get(instance.instanceId);
            return containerInstance === undefined ? instance : { ...instance, containerInstance };
        })
        .sort(byNameThenLaunch);
}

/** The instance is gone, or so far on its way out that it never comes back. */
export function isGone(host: Pick<Host, "state">): boolean {
    return host.state === "terminated" || host.state === "shutting-down";
}

/** Somebody, or a schedule, has stopped it. */
export function isOff(host: Pick<Host, "state">): boolean {
    return host.state === "stopping" || host.state === "stopped";
}

/**
 * How many hosts an environment should have. Under managed scaling the group's own desired capacity moves, and the
 * settings only say where it starts.
 */
export function countWantedHosts(
    hosts: ResolvedSettings["hosts"],
    { desired }: Pick<Hosts, "desired">,
): number {
    return hosts.mode === "fixed" ? hosts.count : (desired ?? hosts.desired);
}

async function unlessDenied<T, Otherwise>(otherwise: Otherwise, answer: Promise<T>): Promise<T | Otherwise> {
    try {
        return await answer;
    } catch (error) {
        if (error instanceof AppError && error.code === "AWS_ACCESS_DENIED") {
            return otherwise;
        }
        throw error;
    }
}

function byNameThenLaunch(one: Host, other: Host): number {
    const key = (host: Host): string =>
        `${host.tags[tagKeys.name] ?? ""} ${host.launchedAt?.toISOString() ?? ""} ${host.instanceId}`;
    return key(one).localeCompare(key(other), "en", { numeric: true });
}
