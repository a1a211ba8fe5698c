import { command } from "../../components/model/commandLine";
import { nearestWord } from "../../components/model/nearestWord";
import { carries, proofOf, tagKeys } from "../../components/model/tags";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import type { Service } from "../ports/aws";
import type { ServiceProgress } from "../ports/deploymentServices";

/** Name of the one container of every task that `service deploy` makes. */
export const containerName = "app";

/** Whether `service deploy` has made a service for this environment: by its tags, not by its name. */
export function isOwnService(
    { name, tags }: Pick<Service, "name" | "tags">,
    { owner }: Pick<Target, "owner">,
): boolean {
    return owner.stackId !== undefined && carries(tags, { ...proofOf(owner), [tagKeys.service]: name });
}

/** A service with its deployments. */
export interface FoundService {
    readonly service: Service;
    readonly progress: ServiceProgress;
}

/** The service of a name, whosever it is, also one that drains; undefined where there is none. */
export async function findService(
    { aws, clusterName }: Pick<Target, "aws" | "clusterName">,
    name: string,
): Promise<FoundService | undefined> {
    const [services, progress] = await Promise.all([
        aws.ecs.services(clusterName, [name]),
        aws.ecs.serviceProgress(clusterName, name),
    ]);
    const service = services.find((one) => one.name === name);
    return service === undefined || progress === undefined ? undefined : { service, progress };
}

/** @throws AppError SERVICE_NOT_FOUND, with those that are there */
export async function requireService(target: Target, name: string): Promise<FoundService> {
    const found = await findService(target, name);
    if (found !== undefined && found.service.status === "ACTIVE") {
        return found;
    }
    const { aws, clusterName, environment } = target;
    const names = (await aws.ecs.services(clusterName)).map((one) => one.name).sort();
    const nearest = nearestWord(name, names);
    throw new AppError("SERVICE_NOT_FOUND", {
        message: `there is no service ${name} in cluster ${clusterName}${found === undefined ? "" : `: it is ${found.service.status}`}${nearest === undefined ? "" : `, did you mean ${nearest}?`}`,
        details: names.length === 0 ? ["the cluster has no services"] : [`services are: ${names.join(", ")}`],
        hint: command("service", "list", environment),
    });
}

/** The same for what changes it. @throws AppError SERVICE_NOT_FOUND, SERVICE_OF_OTHERS */
export async function requireOwnService(target: Target, name: string): Promise<FoundService> {
    const found = await requireService(target, name);
    if (!isOwnService(found.service, target)) {
        throw ofOthers(target, name);
    }
    return found;
}

export function ofOthers({ clusterName, environment }: Target, name: string): AppError {
    return new AppError("SERVICE_OF_OTHERS", {
        message: `service ${name} of cluster ${clusterName} was not made by service deploy for ${environment}: its tags do not say so, and nothing of it is changed`,
        hint: command("service", "list", environment),
    });
}
