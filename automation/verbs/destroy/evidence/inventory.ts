import { tagKeys } from "../../../../components/model/tags";
import type { TaggedResource } from "../../../ports/aws";
import type { Aws } from "../../../ports/awsServices";
import type { EvidenceItem, EvidenceRequest } from "../../../hosts/contracts";
import { isGone } from "../../../hosts/hosts";
import { isOwned } from "../ownership";
import { shortId } from "../../../hosts/tasks";

/** Something of the environment that is still in AWS. */
export interface Found extends EvidenceItem {
    /** It is on its way out, or AWS is slow to forget it: worth another look. */
    readonly leaving: boolean;
    /** It outlives the environment on purpose. */
    readonly keep: boolean;
}

/** What could not be looked for, and why. */
export type Unseen = (what: string, error: unknown) => void;

/**
 * Everything in AWS that carries the environment's tag. Each service is asked itself, because the tagging API lags
 * behind and knows no IAM roles; the tagging API is asked for all that nobody thought of.
 */
export async function findTagged(
    aws: Aws,
    request: EvidenceRequest,
    unseen: Unseen,
): Promise<readonly Found[]> {
    const tags = { [tagKeys.stack]: request.stack };
    const tolerate = async <T>(what: string, read: Promise<readonly T[]>): Promise<readonly T[]> => {
        try {
            return await read;
        } catch (error) {
            unseen(what, error);
            return [];
        }
    };
    const fits = nameFilter(request);
    const lists = await Promise.all([
        findInEc2(aws, request),
        findCluster(aws, request),
        tolerate("capacity providers", aws.ecs.capacityProviders(tags)).then((list) =>
            list.map((item) => found("ecs:capacity-provider", item.arn)),
        ),
        tolerate("Auto Scaling groups", aws.autoScaling.groups(tags)).then((list) =>
            list.map((group) => found("autoscaling:group", group.name, group.leaving)),
        ),
        tolerate("IAM roles", aws.iam.roles(tags, fits)).then((list) =>
            list.map((name) => found("iam:role", name)),
        ),
        tolerate("IAM instance profiles", aws.iam.instanceProfiles(tags, fits)).then((list) =>
            list.map((name) => found("iam:instance-profile", name)),
        ),
        tolerate("resources of other services", aws.tagging.resources(tags)).then((list) => findOthers(list)),
    ]);
    return lists.flat();
}

/**
 * Types, in EC2's words, that this program never makes: they carry its tags because a backup copies those of the volume
 * or the instance (https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-lifecycle.html).
 */
const copies: Readonly<Record<string, string>> = {
    snapshot: "a snapshot with copied tags, as backups make them; not made by this environment",
    image: "an image with copied tags, as backups make them; not made by this environment",
};

async function findInEc2(aws: Aws, { stack, survey }: EvidenceRequest): Promise<readonly Found[]> {
    const [resources, volumes, hosts] = await Promise.all([
        aws.ec2.resources(tagKeys.stack, stack),
        aws.ec2.volumes({ [tagKeys.stack]: stack }),
        aws.ec2.instancesById(survey.hosts.map((host) => host.instanceId)),
    ]);
    const tagged = resources.map((resource) => {
        const volume = volumes.find((one) => one.id === resource.id);
        return {
            ...found(`ec2:${resource.type}`, resource.id, resource.leaving),
            name: volume?.tags[tagKeys.name] ?? resource.id,
            ...kept(volume?.tags[tagKeys.keep] === "true" ? "keepOnDestroy" : copies[resource.type]),
        };
    });
    const strays = hosts
        .filter((host) => !isGone(host) && !resources.some((resource) => resource.id === host.instanceId))
        .map((host) => ({
            ...found("ec2:instance", host.instanceId),
            reason: "it has lost its tags, but it is there",
        }));
    return [...tagged, ...strays];
}

async function findCluster(aws: Aws, request: EvidenceRequest): Promise<readonly Found[]> {
    const cluster = await aws.ecs.cluster(request.clusterName);
    return cluster !== undefined && cluster.status !== "INACTIVE" && isOwned(cluster, request)
        ? [found("ecs:cluster", cluster.arn, cluster.status === "DEPROVISIONING")]
        : [];
}

/** Services that were asked themselves, and by whom the tagging API's older knowledge is therefore overruled. */
const askedDirectly = new Set(["ec2", "autoscaling", "iam", "ecs"]);

function findOthers(resources: readonly TaggedResource[]): readonly Found[] {
    return resources
        .filter((resource) => !askedDirectly.has(resource.arn.split(":")[2] ?? ""))
        .map((resource) => ({
            ...found(`${resource.arn.split(":")[2] ?? "aws"}:resource`, resource.arn, true),
            reason: "named by the Resource Groups Tagging API, which may lag behind",
        }));
}

/** Names worth asking IAM for tags: those that carry the environment's name, and those the engine has deleted. */
function nameFilter(request: EvidenceRequest): (name: string) => boolean {
    const known = new Set(request.deletedByEngine.map((item) => item.id));
    return (name) => name.includes(request.environment) || known.has(name);
}

/** Marks what outlives the environment on purpose. */
function kept(reason: string | undefined): Pick<Found, "keep" | "reason"> {
    return reason === undefined ? { keep: false } : { keep: true, reason };
}

function found(type: string, id: string, leaving = false): Found {
    return { type, name: shortId(id), id, leaving, keep: false };
}
