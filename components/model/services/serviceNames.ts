import { namePrefix } from "../names";

/** What the parts of a service are called in AWS: the same at every deployment, so that one that was interrupted is taken up. */
export interface ServiceNames {
    readonly family: string;
    readonly logGroup: string;
    readonly securityGroup: string;
    /** Of its load balancer and of its target group. */
    readonly balancer: string;
}

/** What the names of the streams in its log group begin with. */
export const logStreamPrefix = "ecs";

/** How much of the stack's id is in names. */
const idLength = 8;

/** What the names of all load balancers and target groups of an environment begin with. */
export function balancerStart(stackId: string): string {
    return `${namePrefix}-${stackId.slice(0, idLength)}-`;
}

/** What the families of all task definitions of services begin with, whatever environment they are of. */
export const serviceFamilyStart = `${namePrefix}-service-`;

/** What the families of all task definitions of an environment begin with. */
export function familyStart(stackId: string): string {
    return `${serviceFamilyStart}${stackId.slice(0, idLength)}-`;
}

/** What the names of the log groups of all services of an environment begin with. */
export function logGroupStart(stackId: string, environment: string): string {
    return `/${namePrefix}/${environment}-${stackId.slice(0, idLength)}/`;
}

/** @param stackId keeps environments apart that are called alike */
export function serviceNames(stackId: string, environment: string, service: string): ServiceNames {
    const id = stackId.slice(0, idLength);
    return {
        family: `${familyStart(stackId)}${service}`,
        logGroup: `${logGroupStart(stackId, environment)}${service}`,
        securityGroup: `${namePrefix}-${environment}-${id}-${service}`,
        balancer: `${balancerStart(stackId)}${balancerEnd(service)}`,
    };
}

/**
 * Elastic Load Balancing takes 32 letters, numbers and hyphens (API reference, CreateLoadBalancer): 14 are left for the service,
 * and one whose name is longer, or has other characters, is told apart by a checksum.
 */
function balancerEnd(service: string): string {
    return /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,12}[A-Za-z0-9])?$/.test(service)
        ? service
        : `${service.replaceAll("_", "").slice(0, 5)}-${checksum(service)}`;
}

/** FNV-1a with 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/), as eight hexadecimal digits. */
function checksum(text: string): string {
    let hash = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(text)) {
        hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    }
    return hash.toString(16).padStart(8, "0");
}
