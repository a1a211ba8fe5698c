import { unlessDeleted } from "../../components/model/checks/reads";
import { ec2Id, keyOfItem, type Evidence, type EvidenceItem } from "../../components/model/evidence";
import { proofOf, tagKeys, type Tags } from "../../components/model/tags";
import { shortId } from "../hosts/tasks";
import type { Aws, ByArnService } from "../ports/awsServices";
import { addedTypes, repositoryType, serviceTypes, toItem } from "./found";
import { repositoryStateType } from "./repositories";
import { findTagged } from "./find";
import { findStillLent, groupType } from "./lentItems";
import type { OnUnreadable } from "./unreadable";

/** What AWS shows of an environment that a record says to be gone. */
export interface AskedAgain {
    /** How many ids were asked for. */
    readonly asked: number;
    /** What is there and should not be. */
    readonly there: readonly EvidenceItem[];
    /** Groups of others that were lent to it, and are no more. */
    readonly givenBack: readonly EvidenceItem[];
    /** Groups of others that are lent to it still; they are among `there`. */
    readonly stillLent: readonly EvidenceItem[];
    /** What stays on purpose, and does. */
    readonly kept: readonly EvidenceItem[];
    /** What was kept and is gone since. */
    readonly keptGone: readonly EvidenceItem[];
}

/** Asks AWS for things by their ids. @returns the ids of those that are there, and are not somebody else's of that name */
type Look = (aws: Aws, ids: readonly string[], evidence: Evidence) => Promise<readonly string[]>;

/** One way to look for things, and what it cannot be without for them to be seen. */
interface Kind {
    /** For people, where it may not be looked for. */
    readonly what: string;
    readonly look: Look;
}

const named = (names: readonly string[]) => {
    const wanted = new Set(names);
    return (name: string): boolean => wanted.has(name);
};

/**
 * Names come back: with another environment's id, or another program's, on what has the name now. What carries this
 * environment's id is its own, and what carries none may be.
 */
function mayBe({ stackId }: Pick<Evidence, "stackId">, tags: Tags): boolean {
    const carried = tags[tagKeys.stackId];
    return carried === undefined || carried === stackId;
}

const ec2: Kind = {
    what: "resources of EC2",
    look: async (aws, ids) => (await aws.ec2.existing(ids)).map(({ id }) => id),
};

const clusters: Kind = {
    what: "clusters",
    look: async (aws, arns, evidence) => {
        const found = await aws.ecs.clusters(arns.map(shortId));
        return found
            .filter((one) => unlessDeleted(one) !== undefined && mayBe(evidence, one.tags))
            .map(({ arn }) => arn);
    },
};

/** Cluster of an ARN such as `arn:aws:ecs:eu-central-1:123456789012:task/dev/0123`. */
function clusterOf(arn: string): string {
    return arn.split("/").at(-2) ?? "default";
}

/** What lives in clusters, asked for cluster by cluster. */
function inClusters(list: (aws: Aws, cluster: string) => Promise<readonly { readonly arn: string }[]>): Look {
    return async (aws, arns) => {
        const lists = await Promise.all([...new Set(arns.map(clusterOf))].map((name) => list(aws, name)));
        const wanted = named(arns);
        return lists.flat().flatMap(({ arn }) => (wanted(arn) ? [arn] : []));
    };
}

const services: Kind = {
    what: "services",
    // A service of that name in somebody else's cluster of that name has the same ARN.
    look: async (aws, arns, evidence) => {
        const found = await aws.ecs.clusters([...new Set(arns.map(clusterOf))]);
        const others = new Set(found.filter(({ tags }) => !mayBe(evidence, tags)).map(({ name }) => name));
        const own = arns.filter((arn) => !others.has(clusterOf(arn)));
        return inClusters((of, cluster) => of.ecs.services(cluster))(aws, own, evidence);
    },
};

/** Names of IAM's or Scheduler's that have no other environment's id. */
function byTags(
    list: (
        aws: Aws,
        stackId: string | undefined,
        fits: (name: string) => boolean,
    ) => Promise<readonly string[]>,
): Look {
    return async (aws, names, { stackId }) => {
        const fits = named(names);
        const own = stackId === undefined ? [] : await list(aws, stackId, fits);
        return [...own, ...(await list(aws, undefined, fits))];
    };
}

const roles: Kind = {
    what: "IAM roles",
    look: byTags((aws, id, fits) => aws.iam.roles({ [tagKeys.stackId]: id }, fits)),
};
const profiles: Kind = {
    what: "IAM instance profiles",
    look: byTags((aws, id, fits) => aws.iam.instanceProfiles({ [tagKeys.stackId]: id }, fits)),
};
const scheduleGroups: Kind = {
    what: "groups of schedules",
    look: byTags(async (aws, id, fits) =>
        (await aws.scheduler.groups({ [tagKeys.stackId]: id }, fits)).map(({ name }) => name),
    ),
};
const groups: Kind = {
    what: "Auto Scaling groups",
    look: async (aws, names, evidence) =>
        (await aws.autoScaling.groups({}))
            .filter(({ name, tags }) => names.includes(name) && mayBe(evidence, tags))
            .map(({ name }) => name),
};
const capacityProviders: Kind = {
    what: "capacity providers",
    look: async (aws, arns, evidence) => {
        const found = (await aws.ecs.capacityProviders({})).filter(({ tags }) => mayBe(evidence, tags));
        // Those of a cluster alone are asked for with it.
        const clusterNames = [...evidence.before, ...evidence.removed]
            .filter((one) => kindOf(one) === clusters)
            .map(({ id }) => shortId(id));
        const scoped = await Promise.all(
            [...new Set(clusterNames)].map((name) => aws.ecs.clusterCapacityProviders(name)),
        );
        const wanted = named(arns);
        return [...found, ...scoped.flat()].flatMap(({ arn }) => (wanted(arn) ? [arn] : []));
    },
};

/** What is asked for by ARN alone. */
const byArn = (what: string, service: (aws: Aws) => Pick<ByArnService, "tags">): Kind => ({
    what,
    look: async (aws, arns, evidence) => {
        const tags = await Promise.all(arns.map((arn) => service(aws).tags(arn)));
        return arns.filter((_, index) => {
            const own = tags[index];
            return own !== undefined && mayBe(evidence, own);
        });
    },
});

const repositories: Kind = {
    what: "repositories",
    look: async (aws, names, evidence) => {
        const found = await Promise.all(names.map((name) => aws.ecr.repository(name)));
        // What an earlier life has kept has that one's id.
        const isKept = named(evidence.kept.map(({ id }) => id));
        return found.flatMap((one) =>
            one !== undefined &&
            (mayBe(evidence, one.tags) || (isKept(one.name) && one.tags[tagKeys.stack] === evidence.stack))
                ? [one.name]
                : [],
        );
    },
};

/** By the type in a record: that of the state, or AWS's word. */
const kinds: Readonly<Record<string, Kind>> = {
    "aws:ecs/cluster:Cluster": clusters,
    "ecs:cluster": clusters,
    "ecs:service": services,
    "ecs:task": { what: "tasks", look: inClusters((aws, cluster) => aws.ecs.tasks(cluster)) },
    "ecs:container-instance": {
        what: "container instances",
        look: inClusters((aws, cluster) => aws.ecs.containerInstances(cluster)),
    },
    "aws:ecs/capacityProvider:CapacityProvider": capacityProviders,
    "ecs:capacity-provider": capacityProviders,
    "ecs:daemon": { what: "managed daemons", look: inClusters((aws, cluster) => aws.ecs.daemons(cluster)) },
    [serviceTypes.loadBalancer]: byArn("load balancers", ({ loadBalancing }) => loadBalancing),
    [serviceTypes.targetGroup]: byArn("target groups", ({ loadBalancing }) => loadBalancing),
    [serviceTypes.taskDefinition]: byArn("task definitions", ({ ecs }) => ({
        tags: async (arn) => (await ecs.registered(arn))?.tags,
    })),
    [addedTypes.logGroup]: byArn("log groups", ({ logs }) => logs),
    "aws:cloudwatch/logGroup:LogGroup": byArn("log groups", ({ logs }) => logs),
    [addedTypes.namespace]: byArn("namespaces", ({ cloudMap }) => cloudMap),
    "aws:autoscaling/group:Group": groups,
    "autoscaling:group": groups,
    "aws:iam/role:Role": roles,
    "iam:role": roles,
    "aws:iam/instanceProfile:InstanceProfile": profiles,
    "iam:instance-profile": profiles,
    [repositoryStateType]: repositories,
    [repositoryType]: repositories,
    "aws:scheduler/scheduleGroup:ScheduleGroup": scheduleGroups,
    "scheduler:schedule-group": scheduleGroups,
};

/** What has no life of its own: it goes with a role, a group of schedules, a route table, a host or a cluster. */
const parts =
    /^(aws:(iam\/rolePolicy(Attachment)?|scheduler\/schedule|ec2\/(route|routeTableAssociation|volumeAttachment)|ecs\/clusterCapacityProviders|ecr\/(lifecyclePolicy|repositoryPolicy)):|ec2:route(-table-association)?$|scheduler:schedule$)/;

/** How to look for something; undefined where only the tags can tell. */
function kindOf({ type, id }: EvidenceItem): Kind | "part" | undefined {
    const isOfEc2 = /^(ec2:|aws:(ec2|ebs|vpc)\/)/.test(type) && ec2Id.test(id);
    return parts.test(type) ? "part" : isOfEc2 ? ec2 : kinds[type];
}

/** What AWS is asked for by id. A group of others that is there proves nothing: only its tag does. */
function itemsToAsk({ before, removed, left, kept, loans = [] }: Evidence): readonly EvidenceItem[] {
    const lent = new Set(loans.map(keyOfItem));
    const items = [...before, ...removed, ...left, ...kept].filter((one) => !lent.has(keyOfItem(one)));
    return [...new Map(items.map((one) => [keyOfItem(one), one])).values()];
}

/**
 * Asks AWS for every id in a record, and for all that carries the environment's tags. Reads only.
 * @param aws in the account and the region of the record
 */
export async function askAgain(
    evidence: Evidence,
    aws: Aws,
    onUnreadable: OnUnreadable,
): Promise<AskedAgain> {
    const { kept, loans = [], environment } = evidence;
    const items = itemsToAsk(evidence);
    const asked = items.flatMap((one) => {
        const kind = kindOf(one);
        return kind === undefined || kind === "part" ? [] : [{ item: one, kind }];
    });
    const idsOf = (kind: Kind): readonly string[] =>
        asked.filter((one) => one.kind === kind).map(({ item }) => item.id);
    const looks = [...new Set(asked.map(({ kind }) => kind))].map(async (kind) => {
        try {
            const there = new Set(await kind.look(aws, idsOf(kind), evidence));
            return asked.flatMap(({ item, kind: of }) => (of === kind && there.has(item.id) ? [item] : []));
        } catch (error) {
            onUnreadable(kind.what, error);
            return [];
        }
    });
    const cluster = items.find((one) => kindOf(one) === clusters);
    const search = {
        ...{ aws, environment, leased: true, hostIds: [] },
        clusterName: cluster && shortId(cluster.id),
        tags: proofOf(evidence),
        iamNames: new Set(items.filter((one) => kindOf(one) === roles).map(({ id }) => id)),
        repositoryNames: items.filter((one) => kindOf(one) === repositories).map(({ id }) => id),
    };
    const [byId, tagged, lent] = await Promise.all([
        Promise.all(looks).then((lists) => lists.flat()),
        findTagged(search, onUnreadable),
        findStillLent(aws, evidence, onUnreadable),
    ]);
    const stays = new Set([...kept, ...tagged.filter(({ keep }) => keep)].map(({ id }) => id));
    const found = [
        ...byId.map(({ type, name, id }) => ({ type, name, id, reason: "it is there" })),
        ...tagged.map(({ type, name, id, leaving }) => ({
            ...{ type, name, id },
            reason: leaving
                ? "it carries the environment's tags, and may be on its way out"
                : "it carries the environment's tags",
        })),
        ...lent.map(toItem),
    ];
    const there = new Map(found.map((one) => [one.id, one]));
    return {
        asked: asked.length,
        there: [...there.values()].filter(({ id }) => !stays.has(id)),
        stillLent: lent.map(toItem).filter(({ type }) => type === groupType),
        givenBack: loans.filter(({ id }) => !there.has(id)),
        kept: kept.filter(({ id }) => there.has(id)),
        keptGone: kept.filter((one) => !there.has(one.id) && kindOf(one) !== undefined),
    };
}
