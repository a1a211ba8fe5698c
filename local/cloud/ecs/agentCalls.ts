import type {
    DiscoverPollEndpointRequest,
    RegisterContainerInstanceRequest,
    Resource,
    SubmitAttachmentStateChangesRequest,
    SubmitContainerStateChangeRequest,
    SubmitTaskStateChangeRequest,
    VersionInfo,
} from "@aws-sdk/client-ecs";
import type { Cloud, Handler } from "../cloud";
import { AwsError } from "../front/apiResponse";
import { activeCluster, invalid } from "./inputs";
import { arnInCluster } from "./names";
import { register } from "./registration";
import type { Resources } from "./state";
import { containerInstanceView } from "./views";

/** What the agent sends beside the fields of the public model. Source: amazon-ecs-agent, ecs_client.go. */
type AgentsRegistration = RegisterContainerInstanceRequest & { readonly clientToken?: string };

/**
 * Registers the host of a real agent. Nobody looks after the signature of its identity document, and without a document
 * the host is of no instance. It counts as connected once its agent polls, which the local cloud does not offer.
 */
export async function registerContainerInstance(
    input: AgentsRegistration,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const cluster = await activeCluster(cloud, region, input.cluster);
    const { containerInstanceArn } = input;
    const arn =
        containerInstanceArn === undefined
            ? undefined
            : arnInCluster(cluster.clusterArn, "container-instance", containerInstanceArn);
    if (arn !== undefined && !cloud.ecs.containerInstances.has(arn)) {
        throw invalid("Referenced container instance not found.");
    }
    const identity = readIdentity(input.instanceIdentityDocument);
    const host = await register(cloud, region, cluster, {
        arn,
        clientToken: input.clientToken,
        ec2InstanceId: identity["instanceId"],
        resources: readResources(input.totalResources),
        ...readVersions(input.versionInfo ?? {}),
        agentConnected: false,
        attributes: {
            ...instanceAttributes(identity),
            ...Object.fromEntries((input.attributes ?? []).map(({ name = "", value }) => [name, value])),
        },
        tags: input.tags ?? [],
    });
    return { containerInstance: containerInstanceView(host, cloud.ecs, true) };
}

/** The agent is to come back to where it asked. */
export function discoverPollEndpoint(
    _input: DiscoverPollEndpointRequest,
    _region: string,
    _cloud: Cloud,
    host: string,
): Promise<object> {
    const endpoint = `http://${host}/`;
    return Promise.resolve({ endpoint, telemetryEndpoint: endpoint, serviceConnectEndpoint: endpoint });
}

/**
 * The agent's two websockets, for its tasks and its telemetry, are refused in a way that it logs and tries again. What it
 * says of itself when it asks for one, it says nowhere else. Source: amazon-ecs-agent, acs/session/session.go.
 */
export const poll: Handler = ({ path }, { ecs }) => {
    const query = new URL(path, "http://127.0.0.1").searchParams;
    const host = ecs.containerInstances.get(query.get("containerInstanceArn") ?? "");
    if (host !== undefined) {
        ecs.containerInstances.set(host.arn, { ...host, ...readVersions(Object.fromEntries(query)) });
    }
    return Promise.reject(
        new AwsError(
            "UnsupportedOperation",
            "the local cloud sends a real agent no tasks: its host is registered, and stays without a connected agent",
            501,
        ),
    );
};

/** What an agent tells of its containers, tasks and attachments is taken note of, and changes nothing. */
export async function submitStateChange(
    input:
        | SubmitAttachmentStateChangesRequest
        | SubmitContainerStateChangeRequest
        | SubmitTaskStateChangeRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const { clusterArn } = await activeCluster(cloud, region, input.cluster);
    return { acknowledgment: clusterArn };
}

function readVersions({ agentVersion = "", agentHash = "", dockerVersion = "" }: VersionInfo): {
    readonly agentVersion: string;
    readonly agentHash: string;
    readonly dockerVersion: string;
} {
    return { agentVersion, agentHash, dockerVersion: dockerVersion.replace(/^DockerVersion: /, "") };
}

function readIdentity(document: string | undefined): Readonly<Record<string, string>> {
    if (document === undefined || document === "") {
        return {};
    }
    try {
        return JSON.parse(document) as Record<string, string>;
    } catch {
        throw invalid("The instance identity document is not valid.");
    }
}

/** What ECS itself adds, from the instance identity document. */
function instanceAttributes(identity: Readonly<Record<string, string>>): Record<string, string> {
    const named = {
        "ecs.ami-id": identity["imageId"],
        "ecs.availability-zone": identity["availabilityZone"],
        "ecs.cpu-architecture": identity["architecture"],
        "ecs.instance-type": identity["instanceType"],
    };
    return Object.fromEntries(
        Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
}

function readResources(resources: readonly Resource[] = []): Resources {
    const named = (wanted: string): Resource | undefined => resources.find(({ name }) => name === wanted);
    return {
        cpuUnits: named("CPU")?.integerValue ?? 0,
        memoryMiB: named("MEMORY")?.integerValue ?? 0,
        ports: [
            ...(named("PORTS")?.stringSetValue ?? []).map((port) => `${port}/tcp`),
            ...(named("PORTS_UDP")?.stringSetValue ?? []).map((port) => `${port}/udp`),
        ],
    };
}
