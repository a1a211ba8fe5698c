import type {
    CreateDaemonRequest,
    DeleteDaemonRequest,
    DescribeDaemonRequest,
    ListDaemonsRequest,
    RegisterDaemonTaskDefinitionRequest,
} from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { AwsError } from "../front/apiResponse";
import { activeCluster, checkedList, checkName, invalid, page } from "./inputs";
import { newId, nowSeconds } from "./names";
import type { DaemonRecord } from "./state";

/** moto's account. How ARNs of daemons and of what belongs to them are made is unverified. */
const account = "123456789012";

/** Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterDaemonTaskDefinition.html */
export function registerDaemonTaskDefinition(
    { family, containerDefinitions, tags = [] }: RegisterDaemonTaskDefinitionRequest,
    region: string,
    { ecs }: Cloud,
): Promise<object> {
    checkName(family, "family");
    if (containerDefinitions === undefined || containerDefinitions.length === 0) {
        throw invalid("Container definitions cannot be empty.");
    }
    const start = `arn:aws:ecs:${region}:${account}:daemon-task-definition/${family}:`;
    const revisions = [...ecs.daemonTaskDefinitions.keys()].filter((arn) => arn.startsWith(start)).length;
    const daemonTaskDefinitionArn = `${start}${revisions + 1}`;
    ecs.daemonTaskDefinitions.set(daemonTaskDefinitionArn, { tags });
    return Promise.resolve({ daemonTaskDefinitionArn });
}

/**
 * "ECS Managed Daemons is only supported for Amazon ECS Managed Instances Capacity Providers": others are refused. As these
 * stay while a daemon uses them, they hold up DeleteCluster for it; that it has no refusal of its own for daemons is unverified.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateDaemon.html
 */
export async function createDaemon(
    input: CreateDaemonRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const { ecs } = cloud;
    const { daemonName: name = "", daemonTaskDefinitionArn = "", tags = [] } = input;
    const { clusterArn } = await activeCluster(cloud, region, input.clusterArn);
    checkName(name, "daemon");
    if (!ecs.daemonTaskDefinitions.has(daemonTaskDefinitionArn)) {
        throw new AwsError("ClientException", "Unable to describe the daemon task definition.");
    }
    const usable = ecs.managedInstancesOf(clusterArn).filter(({ status }) => status === "ACTIVE");
    const providers = checkedList(input.capacityProviderArns, Infinity, "Capacity providers");
    if (!providers.every((provider) => usable.some(({ arn }) => arn === provider))) {
        throw invalid(
            "Daemons run on ACTIVE capacity providers of Managed Instances of their cluster alone.",
        );
    }
    const arn = clusterArn.replace(":cluster/", ":daemon/").concat(`/${name}`);
    if (ecs.daemons.has(arn)) {
        throw invalid("Creation of daemon was not idempotent.");
    }
    const createdAtSeconds = nowSeconds();
    const daemon: DaemonRecord = {
        arn,
        clusterArn,
        taskDefinitionArn: daemonTaskDefinitionArn,
        capacityProviderArns: providers,
        createdAtSeconds,
        updatedAtSeconds: createdAtSeconds,
        deploymentArn: newDeploymentArn(arn),
        status: "ACTIVE",
        tags,
    };
    ecs.daemons.set(arn, daemon);
    return { ...summary(daemon), deploymentArn: daemon.deploymentArn };
}

export function describeDaemon(
    { daemonArn }: DescribeDaemonRequest,
    _region: string,
    cloud: Cloud,
): Promise<object> {
    const daemon = existing(cloud, daemonArn);
    const revision = {
        arn: daemon.arn.replace(":daemon/", ":daemon-revision/"),
        capacityProviders: daemon.capacityProviderArns.map((arn) => ({ arn, runningCount: 0 })),
        totalRunningCount: 0,
    };
    const { clusterArn, deploymentArn } = daemon;
    return Promise.resolve({
        daemon: { ...summary(daemon), clusterArn, deploymentArn, currentRevisions: [revision] },
    });
}

/** Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListDaemons.html */
export async function listDaemons(input: ListDaemonsRequest, region: string, cloud: Cloud): Promise<object> {
    const { clusterArn } = await activeCluster(cloud, region, input.clusterArn);
    const { capacityProviderArns: wanted = [] } = input;
    const found = [...cloud.ecs.daemons.values()].filter(
        (daemon) =>
            daemon.clusterArn === clusterArn &&
            (wanted.length === 0 || daemon.capacityProviderArns.some((arn) => wanted.includes(arn))),
    );
    const { items, nextToken } = page(found, input);
    return { daemonSummariesList: items.map(summary), nextToken };
}

/** Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteDaemon.html */
export function deleteDaemon(
    { daemonArn }: DeleteDaemonRequest,
    _region: string,
    cloud: Cloud,
): Promise<object> {
    const daemon = existing(cloud, daemonArn);
    if (daemon.status !== "ACTIVE") {
        throw new AwsError("DaemonNotActiveException", "The specified daemon isn't active.");
    }
    daemon.status = "DELETE_IN_PROGRESS";
    daemon.updatedAtSeconds = nowSeconds();
    daemon.deploymentArn = newDeploymentArn(daemon.arn);
    cloud.timers.after(cloud.settings.taskSeconds, () => {
        cloud.ecs.daemons.delete(daemon.arn);
    });
    return Promise.resolve({ ...summary(daemon), deploymentArn: daemon.deploymentArn });
}

function summary({ arn, status, createdAtSeconds, updatedAtSeconds }: DaemonRecord): object {
    return { daemonArn: arn, status, createdAt: createdAtSeconds, updatedAt: updatedAtSeconds };
}

function newDeploymentArn(daemonArn: string): string {
    return `${daemonArn.replace(":daemon/", ":daemon-deployment/")}/${newId()}`;
}

function existing({ ecs }: Cloud, arn = ""): DaemonRecord {
    const daemon = ecs.daemons.get(arn);
    if (daemon === undefined) {
        throw new AwsError("DaemonNotFoundException", "The specified daemon wasn't found.");
    }
    return daemon;
}
