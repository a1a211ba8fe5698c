import { pausedSince, readPause } from "../../components/model/pause";
import { proofOf } from "../../components/model/tags";
import type { Target } from "../environment/target";
import { findInstances, isGone } from "../hosts/find";
import { describeResource } from "../output/resourceWords";
import type { Instance } from "../ports/awsServices";
import type { StateResource } from "../ports/engine";
import { askLists, findTagged, type Lists, type Search } from "./find";
import type { OnUnreadable } from "./unreadable";
import { addedTypes, isMadeByUpdate, repositoryType, type Found } from "./found";
import { repositoriesInState, repositoryStateType } from "./repositories";
import { findUntagged, untaggedTypes } from "./untagged";

/** How AWS differs from the state of an environment, without the details that only a refresh sees. */
export interface Drift {
    /**
     * What carries the environment's id, or stands in what does and can carry no tags, and is not in its state, as an
     * update leaves it that was killed.
     */
    readonly strays: readonly Found[];
    /** What carries the environment's id because people have given it its tags, or is part of a service: it goes with the environment. */
    readonly others: readonly Found[];
    /** What the state has and AWS has no more. */
    readonly lost: readonly StateResource[];
    /** Instances that are the environment's own and not gone. */
    readonly hosts: readonly Instance[];
    /** Ids of hosts that somebody has stopped. */
    readonly stopped: readonly string[];
    /** Names of groups that may have no host any more, as after the end of a lease. */
    readonly emptied: readonly string[];
    /** Since when it is paused, by the tags of its cluster: hosts stand still on purpose, and a group is at zero. */
    readonly pausedSince?: string;
}

/**
 * What goes with something else: nobody makes or deletes it by itself. Volumes, with their data, go with hosts. A repository that
 * the state does not have is taken up, with its images.
 */
const companions = new Set(["ec2:network-interface", "ec2:volume", repositoryType]);

const added = new Set<string>(Object.values(addedTypes));

/** What no update makes: people have given it the tags, or `service deploy` has made it. */
const isAdded = (one: Found): boolean =>
    one.ofService === true || (added.has(one.type) && !isMadeByUpdate(one));

const untagged = new Set<string>(Object.values(untaggedTypes));

/** The log group of tasks is called in the state by its name, which AWS has in its ARN. */
export const logGroupType = "aws:cloudwatch/logGroup:LogGroup";

/** Types whose id is a name, which others may have too, by their type in the state. */
const named: Readonly<Record<string, string>> = {
    "autoscaling:group": "aws:autoscaling/group:Group",
    "iam:instance-profile": "aws:iam/instanceProfile:InstanceProfile",
    "iam:role": "aws:iam/role:Role",
    [addedTypes.logGroup]: logGroupType,
};

/** Types in the state that always carry the environment's tags. */
const tagged = new Set([
    "aws:autoscaling/group:Group",
    logGroupType,
    "aws:ebs/volume:Volume",
    "aws:ec2/instance:Instance",
    "aws:ec2/launchTemplate:LaunchTemplate",
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/subnet:Subnet",
    "aws:ec2/vpc:Vpc",
    repositoryStateType,
    "aws:ecs/cluster:Cluster",
    "aws:scheduler/scheduleGroup:ScheduleGroup",
]);

/** Whether the environment has an id: without one, nothing proves that what carries its stack's name is its own. */
export function hasProof({ owner }: Pick<Target, "owner">): boolean {
    return owner.stackId !== undefined;
}

/** Whether what carries the environment's tags is its own: by its id, else only what the state has. */
export function isProvenOwn(target: Pick<Target, "owner" | "stateIds">, id: string): boolean {
    return hasProof(target) || target.stateIds.has(id);
}

/**
 * Compares AWS with the state, by a few lists however much there is. Reads only.
 * @param resources what the state has, and should be there
 * @param lists of what carries the environment's id, where they have been asked for already
 */
export async function findDrift(
    target: Target,
    resources: readonly StateResource[],
    onUnreadable: OnUnreadable,
    lists: Lists = askLists(searchFor(target)),
): Promise<Drift> {
    const { owner, stateIds, inState } = target;
    const search = searchFor(target);
    const [{ own }, found, groups, cluster] = await Promise.all([
        findInstances(target, lists.groups),
        findTagged(search, onUnreadable, lists),
        // What may not be listed has been told of.
        lists.groups.catch(() => []),
        lists.cluster,
    ]);
    const since = pausedSince(cluster, owner);
    const pause = since === undefined ? "none" : readPause(cluster?.tags ?? {});
    // Only then `resume` gives the group back what it had; else the engine does.
    const knowsSizes = typeof pause === "object" && pause.group !== undefined;
    const hosts = own.filter((one) => !isGone(one));
    const known = new Set([...stateIds, ...hosts.map(({ instanceId }) => instanceId)]);
    const there = new Set(found.filter(({ leaving }) => !leaving).flatMap(({ id, name }) => [id, name]));
    const isKnown = ({ type, id, name }: Found): boolean => {
        const stateType = named[type];
        return stateType === undefined ? known.has(id) : inState(stateType, id) || inState(stateType, name);
    };
    const isStray = (one: Found): boolean =>
        !one.keep && !one.leaving && !companions.has(one.type) && !isAdded(one) && !isKnown(one);
    const strays = hasProof(target) ? [...found.filter(isStray), ...(await findUntagged(target, found))] : [];
    const others = hasProof(target) ? found.filter(isAdded) : [];
    return {
        hosts,
        strays,
        others,
        lost: resources.filter(({ type, id }) => tagged.has(type) && !there.has(id)),
        stopped: hosts
            .filter(({ instanceId, state }) => stateIds.has(instanceId) && /^stopp(ing|ed)$/.test(state))
            .map(({ instanceId }) => instanceId),
        emptied: groups
            .filter(({ name, max }) => max === 0 && stateIds.has(name) && !knowsSizes)
            .map(({ name }) => name),
        pausedSince: since,
    };
}

/** What is looked for of an environment. */
export function searchFor(target: Target): Search {
    const repositoryNames = repositoriesInState(target);
    const tags = proofOf(target.owner);
    return { ...target, tags, hostIds: [], repositoryNames, iamNames: new Set<string>() };
}

/** Whether the engine has to read AWS before it can set right what differs. */
export function needsRefresh({ lost, emptied }: Pick<Drift, "lost" | "emptied">): boolean {
    return lost.length + emptied.length > 0;
}

/** The differences as lines for a person. */
export function describeDrift({
    strays,
    lost,
    stopped,
    emptied,
    pausedSince: since,
}: Drift): readonly string[] {
    return [
        ...(since === undefined ? [] : [`paused since ${since}: up brings hosts and services back`]),
        ...lost.map(({ type, name, id }) => `${describeResource({ type, name })} (${id}) is gone from AWS`),
        ...stopped.map((id) => `host ${id} is stopped`),
        ...emptied.map((name) => `group ${name} was taken to zero, and may have no host`),
        ...strays.map(({ type, id }) =>
            untagged.has(type)
                ? `${type} ${id} stands in what is this environment's own, and is not in its state`
                : `${type} ${id} carries this environment's id and is not in its state`,
        ),
    ];
}

/** The differences for scripts. */
export function driftAsJson({ strays, lost, stopped, emptied, pausedSince: since }: Drift): object {
    return {
        strays: strays.map(({ type, id }) => ({ type, id })),
        lost,
        stopped,
        emptied,
        pausedSince: since,
    };
}
