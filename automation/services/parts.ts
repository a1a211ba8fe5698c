import { balancerStart, familyStart } from "../../components/model/services/serviceNames";
import { proofOf, tagKeys, type TagQuery } from "../../components/model/tags";
import type { EvidenceItem } from "../../components/model/evidence";
import type { Target } from "../environment/target";
import { shortId } from "../hosts/tasks";
import { serviceTypes } from "../inventory/found";
import type { Progress } from "../ports/io";

/** What `service deploy` has made for services, beside them: nothing of it goes by itself. */
export interface ServiceParts {
    readonly loadBalancers: readonly EvidenceItem[];
    readonly targetGroups: readonly EvidenceItem[];
    readonly rules: readonly EvidenceItem[];
    readonly securityGroups: readonly EvidenceItem[];
    readonly taskDefinitions: readonly EvidenceItem[];
}

type Asked = Pick<Target, "aws" | "owner">;

/**
 * The parts of one service, or of all of an environment; none of one that has no id, as nothing proves there whose they are.
 * @param service its name. @default - all
 */
export async function findParts({ aws, owner }: Asked, service?: string): Promise<ServiceParts> {
    const { stackId } = owner;
    const none = { loadBalancers: [], targetGroups: [], rules: [], securityGroups: [], taskDefinitions: [] };
    if (stackId === undefined) {
        return none;
    }
    const tags: TagQuery = {
        ...proofOf(owner),
        ...(service === undefined ? {} : { [tagKeys.service]: service }),
    };
    const [balancing, resources, definitions] = await Promise.all([
        aws.loadBalancing.tagged(tags, (name) => name.startsWith(balancerStart(stackId))),
        aws.ec2.resources(tags),
        aws.ecs.ownTaskDefinitions(familyStart(stackId), tags),
    ]);
    const balancers = (type: string, as: string): EvidenceItem[] =>
        balancing.filter((one) => one.type === type).map(({ name, arn: id }) => ({ type: as, name, id }));
    const ofEc2 = (type: string): EvidenceItem[] =>
        resources
            .filter((one) => one.ofService === true && one.type === type && !one.leaving)
            .map(({ id }) => ({ type: `ec2:${type}`, name: id, id }));
    return {
        loadBalancers: balancers("loadbalancer", serviceTypes.loadBalancer),
        targetGroups: balancers("targetgroup", serviceTypes.targetGroup),
        rules: ofEc2("security-group-rule"),
        securityGroups: ofEc2("security-group"),
        taskDefinitions: definitions.map(({ arn: id }) => ({
            ...{ type: serviceTypes.taskDefinition, name: shortId(id), id },
        })),
    };
}

/** All of them, in the order in which they go. */
export function listParts(parts: ServiceParts): readonly EvidenceItem[] {
    const { loadBalancers, targetGroups, rules, securityGroups, taskDefinitions } = parts;
    return [...loadBalancers, ...targetGroups, ...rules, ...securityGroups, ...taskDefinitions];
}

/** How a removal waits for what AWS refuses while something else is still there. */
export type UntilAccepted = (name: string, change: () => Promise<void>) => Promise<void>;

/**
 * Takes parts of services away, once their tasks have stopped: a load balancer holds its target groups and its security group until
 * it is gone. Idempotent.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-delete.html
 */
export async function removeParts(
    { aws, signal }: Pick<Target, "aws" | "signal">,
    parts: ServiceParts,
    untilAccepted: UntilAccepted,
    progress: Pick<Progress, "note">,
): Promise<readonly EvidenceItem[]> {
    const removed: EvidenceItem[] = [];
    const removers: readonly (readonly [readonly EvidenceItem[], (id: string) => Promise<void>])[] = [
        [parts.loadBalancers, (id) => aws.loadBalancing.remove(id)],
        [parts.targetGroups, (id) => aws.loadBalancing.remove(id)],
        [parts.rules, (id) => aws.ec2.remove(id)],
        [parts.securityGroups, (id) => aws.ec2.remove(id)],
        [parts.taskDefinitions, (id) => aws.ecs.removeTaskDefinition(id)],
    ];
    for (const [items, remove] of removers) {
        for (const item of items) {
            signal.throwIfAborted();
            await untilAccepted(`${item.type} ${item.name}`, () => remove(item.id));
            progress.note(`${item.type} ${item.name}: deleted`);
            removed.push(item);
        }
    }
    return removed;
}
