import { attributeNames } from "../../../components/model/attributes";
import type { ResolvedSettings } from "../../../components/model/settings";
import type { CommonOptions } from "../../command/command";
import type { Context } from "../../ports/context";
import { readEnvironment } from "../../settings/environmentSettings";
import type { ClusterStatus, Host, Service } from "../../ports/aws";
import type { Aws } from "../../ports/awsServices";
import { openProject } from "../../settings/project";
import { openStack, requireStack } from "../../environment/environment";
import { findHosts, isGone } from "../../hosts/hosts";
import { judgeHost } from "../../hosts/readyGate/verdict";
import { countWantedHosts } from "../../hosts/wantedHosts";

export interface StatusRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
}

export interface StatusHost extends Host {
    readonly ready: boolean;
    /** `ready`, or what is missing. */
    readonly reached: string;
    /** Where docker keeps its data, as the host says; missing until its agent has registered. */
    readonly storage?: string;
}

export interface EnvironmentStatus {
    readonly environment: string;
    readonly stack: string;
    readonly region: string;
    readonly clusterName: string;
    /** Missing where AWS has no ACTIVE cluster of that name. */
    readonly cluster?: ClusterStatus;
    readonly wantedHosts: number;
    readonly hosts: readonly StatusHost[];
    readonly services: readonly Service[];
}

/** Which environment is looked at, and what its settings ask for. */
interface StatusSubject {
    readonly environment: string;
    readonly stack: string;
    readonly clusterName: string;
    readonly settings: ResolvedSettings;
}

/** Finds the environment once; the answer to how it is can then be read as often as wanted. */
export async function openStatus(
    request: StatusRequest,
    context: Pick<Context, "directory" | "loadEngine" | "loadAws">,
): Promise<{ readonly read: () => Promise<EnvironmentStatus> }> {
    const project = await openProject(context, request.projectDirectory);
    const { settings, target } = await readEnvironment(project, request.environment, {
        unread: ["hostImage"],
    });
    const [stack, aws] = await Promise.all([
        openStack(context, project, request.environment),
        context.loadAws(target),
    ]);
    requireStack(stack);
    const { clusterName = settings.clusterName } = await stack.outputs();
    const subject: StatusSubject = {
        environment: request.environment,
        stack: stack.qualifiedName,
        clusterName: String(clusterName),
        settings,
    };
    return { read: () => readStatus(aws, subject) };
}

/** Cluster, hosts and services as AWS has them now. A missing cluster is part of the answer, not an error. */
async function readStatus(aws: Aws, subject: StatusSubject): Promise<EnvironmentStatus> {
    const { environment, stack, clusterName, settings } = subject;
    const [caller, cluster, hosts, services, wantedHosts] = await Promise.all([
        aws.identity.caller(),
        aws.ecs.cluster(clusterName),
        findHosts(aws, { stack, clusterName }),
        aws.ecs.services(clusterName),
        countWantedHosts(aws, settings.hosts, stack),
    ]);
    return {
        environment,
        stack,
        region: caller.region,
        clusterName,
        ...(cluster === undefined || cluster.status === "INACTIVE" ? {} : { cluster }),
        wantedHosts,
        hosts: hosts.filter((host) => !isGone(host)).map((host) => describeHost(host, subject)),
        services,
    };
}

function describeHost(host: Host, { clusterName, settings }: StatusSubject): StatusHost {
    const { ready, reached } = judgeHost(host, { clusterName, dockerStorage: settings.dockerStorage });
    const storage = host.containerInstance?.attributes[attributeNames.dockerStorage];
    return { ...host, ready, reached, ...(storage === undefined ? {} : { storage }) };
}
