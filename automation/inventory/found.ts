import type { EvidenceItem } from "../../components/model/evidence";
import { shortId } from "../hosts/tasks";

/** Something of the environment that is still in AWS. */
export interface Found extends EvidenceItem {
    /** It is on its way out, or AWS is slow to forget it: worth another look. */
    readonly leaving: boolean;
    /** It outlives the environment on purpose. */
    readonly keep: boolean;
    /** It is a part of a service, and goes with that. */
    readonly ofService?: boolean;
    /** It carries its own name as a tag. @default false */
    readonly isNamed?: boolean;
}

/** Type of a group of EventBridge Scheduler's schedules. */
export const scheduleGroup = "scheduler:schedule-group";

/** Type of a repository of Amazon ECR. */
export const repositoryType = "ecr:repository";

/**
 * Types of what people give the environment's tags: it goes at the end, and never before. No update makes such a thing, but for the
 * log group of tasks.
 */
export const addedTypes = { logGroup: "logs:log-group", namespace: "servicediscovery:namespace" } as const;

/** Types of the parts of a service that `service deploy` makes, beside those of EC2. */
export const serviceTypes = {
    loadBalancer: "elasticloadbalancing:loadbalancer",
    targetGroup: "elasticloadbalancing:targetgroup",
    taskDefinition: "ecs:task-definition",
} as const;

/** Something that is there, and goes with the environment. */
export function found(type: string, id: string, leaving = false): Found {
    return { type, name: shortId(id), id, leaving, keep: false };
}

/** Whether something of these types is an update's own: that names it by a tag, as everything that it makes. */
export function isMadeByUpdate({ isNamed = false }: Found): boolean {
    return isNamed;
}

/** As the record has it. */
export function toItem({ type, name, id, reason }: Found): EvidenceItem {
    return { type, name, id, reason };
}
