import type { CommonOptions } from "../../../command/command";
import { openUpToRead } from "../../../environment/reading";
import type { OpenTarget } from "../../../environment/target";
import type { Service } from "../../../ports/aws";
import type { Context } from "../../../ports/context";
import { addressesOf } from "../../../services/addresses";
import { isOwnService } from "../../../services/ownService";
import { needsOf, whyNoHost } from "../../../services/whyNot";

export interface ServicesRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
}

export interface ListedService {
    readonly name: string;
    /** Made by `service deploy` for this environment. */
    readonly own: boolean;
    readonly images: readonly string[];
    readonly desired: number;
    readonly running: number;
    readonly pending: number;
    /** ECS's word for how its newest deployment stands: COMPLETED, IN_PROGRESS or FAILED. */
    readonly rollout: string;
    readonly addresses: readonly string[];
    /** Why no host takes the tasks that it lacks, a line a host; none where they are on their way, or all there. */
    readonly hindrances: readonly string[];
}

export interface ServicesResult {
    readonly environment: string;
    readonly clusterName: string;
    readonly services: readonly ListedService[];
}

/** Every service on the cluster of an environment. Reads only. */
export async function listServices(request: ServicesRequest, context: Context): Promise<ServicesResult> {
    const target = await openUpToRead(context, request);
    const { environment, clusterName, aws } = target;
    const services = await aws.ecs.services(clusterName);
    const listed = await Promise.all(services.map((one) => describeService(target, one)));
    return {
        environment,
        clusterName,
        services: listed.sort((one, other) => one.name.localeCompare(other.name)),
    };
}

async function describeService(target: OpenTarget, service: Service): Promise<ListedService> {
    const { aws, clusterName } = target;
    const { name, desired, running, pending, taskDefinition, isFargate = false } = service;
    const own = isOwnService(service, target);
    const [progress, registered, addresses] = await Promise.all([
        aws.ecs.serviceProgress(clusterName, name),
        taskDefinition === undefined ? undefined : aws.ecs.registered(taskDefinition),
        own ? addressesOf(target, name) : [],
    ]);
    const primary = progress?.deployments.find(({ status }) => status === "PRIMARY");
    const lacks = !isFargate && running + pending < desired && registered !== undefined;
    return {
        ...{ name, own, desired, running, pending, addresses },
        hindrances: lacks ? await whyNoHost(target, needsOf(registered)) : [],
        images: registered?.containers.map(({ image }) => image) ?? [],
        rollout: primary?.rolloutState ?? "",
    };
}
