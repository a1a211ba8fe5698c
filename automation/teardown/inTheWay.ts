import type { EvidenceItem } from "../../components/model/evidence";
import { carries, proofOf, tagKeys } from "../../components/model/tags";
import type { StateResource } from "../ports/engine";
import type { Holder } from "../ports/awsServices";
import type { DestroyTarget } from "../emptying/cleanUp";
import type { ClusterSurvey } from "./survey";

/** What of others holds on to the environment's network, and what therefore stays for now. */
export interface InTheWay {
    readonly holders: readonly EvidenceItem[];
    /** Resources in the state that EC2 would not delete, or without which the others' would be cut off. */
    readonly spared: readonly StateResource[];
}

const vpcType = "aws:ec2/vpc:Vpc";
const groupType = "aws:ec2/securityGroup:SecurityGroup";
/** What makes up a network: while a stranger is in it, all of it stays, for it is the stranger's way out as well. */
const networkTypes =
    /^aws:ec2\/(vpc|subnet|internetGateway|natGateway|eip|route|routeTable|routeTableAssociation|vpcEndpoint):/;
/** Its own group and that of the hosts, which a rule of it names, are in use as long as the network stays. */
const interfaceEndpoints = "sles-ecs:components:InterfaceEndpoints";
const ruleType = /^aws:vpc\/securityGroup(Egress|Ingress)Rule:/;

/**
 * Finds what is not this environment's and holds on to its VPC or security group. The engine would ask EC2 to delete
 * these for a quarter of an hour, and fail.
 */
export async function findInTheWay(
    target: DestroyTarget,
    resources: readonly StateResource[],
    survey: ClusterSurvey,
): Promise<InTheWay> {
    const idsOf = (type: string): string[] =>
        resources.filter((one) => one.type === type).map(({ id }) => id);
    const parts = { vpcIds: idsOf(vpcType), securityGroupIds: idsOf(groupType) };
    if (parts.vpcIds.length === 0 && parts.securityGroupIds.length === 0) {
        return { holders: [], spared: [] };
    }
    const isOwn = ownership(target, resources, survey);
    const own = new Set([...parts.vpcIds, ...parts.securityGroupIds]);
    const strangers = (await target.aws.ec2.holders(parts)).filter((holder) => !isOwn(holder));
    const held = new Set(strangers.flatMap(({ holds }) => holds).filter((id) => own.has(id)));
    const instances = await target.aws.ec2.instancesById(
        strangers.flatMap(({ instanceId }) => instanceId ?? []),
    );
    const tagsOf = new Map(instances.map(({ instanceId, tags }) => [instanceId, tags]));
    return {
        holders: strangers.map((holder) =>
            describe({ ...holder, tags: tagsOf.get(holder.instanceId ?? "") ?? holder.tags }, own),
        ),
        spared: sparedFor(held, resources),
    };
}

/** Which holders go with the environment: its own, and what AWS made for these. */
function ownership(
    { owner }: DestroyTarget,
    resources: readonly StateResource[],
    { hosts, strays }: Pick<ClusterSurvey, "hosts" | "strays">,
): (holder: Holder) => boolean {
    const ids = [...resources, ...strays].map(({ id }) => id).concat(hosts.map((host) => host.instanceId));
    const own = new Set(ids.filter((id) => id !== ""));
    const proof = proofOf(owner);
    return ({ id, instanceId, description, tags }) =>
        carries(tags, proof) ||
        own.has(id) ||
        (instanceId !== undefined && own.has(instanceId)) ||
        // Network interfaces of NAT gateways and endpoints are described by these, those of tasks by ECS's ARN.
        description.startsWith("arn:aws:ecs:") ||
        description.split(/\s+/).some((word) => own.has(word));
}

function sparedFor(held: ReadonlySet<string>, resources: readonly StateResource[]): StateResource[] {
    const ofType = (type: string): boolean => resources.some((one) => one.type === type && held.has(one.id));
    const [isNetworkHeld, isGroupHeld] = [ofType(vpcType), ofType(groupType)];
    const keepsGroups = isNetworkHeld && resources.some(({ type }) => type === interfaceEndpoints);
    return resources.filter(
        ({ type, id }) =>
            (isNetworkHeld && networkTypes.test(type)) ||
            (keepsGroups && (type === groupType || ruleType.test(type))) ||
            (isGroupHeld && (held.has(id) || ruleType.test(type))),
    );
}

function describe(
    { id, instanceId, description, tags, holds }: Holder,
    own: ReadonlySet<string>,
): EvidenceItem {
    const type = id.startsWith("sg-") ? "ec2:security-group" : "ec2:network-interface";
    return {
        ...(instanceId === undefined ? { type, id } : { type: "ec2:instance", id: instanceId }),
        name: tags[tagKeys.name] ?? (description || (instanceId ?? id)),
        reason: `uses ${holds.filter((held) => own.has(held)).join(" and ")}`,
    };
}
