import type { BootLog } from "./bootLog";
import type { RegisteredDecision, ReservedResources, Stop, StoppedDecision, StopStep } from "./decision";
import { capabilityAttributes } from "./capabilities";
import { callFault } from "./faults";
import type { HostFacts } from "./hostFacts";
import type { ImageFacts } from "./image";
import { reachBy, reachEcs } from "./network";
import { isAllowed } from "./policy";

/** What the agent has when it turns to ECS. */
export interface Registering {
    readonly stop: Stop;
    readonly agentVersion: string;
    readonly config: Readonly<Record<string, string>>;
    readonly reserved: ReservedResources;
    readonly cluster: string;
    /** False when nobody named a cluster: then `default` is made where it is missing. */
    readonly configured: boolean;
    readonly formattedVolumes: readonly string[];
    /** Names of the capabilities whose files are on the host. */
    readonly installed: readonly string[];
}

/** The agent registers its host and connects, or says why it cannot. */
export function registerAgent(
    facts: HostFacts,
    image: ImageFacts,
    log: BootLog,
    registering: Registering,
): RegisteredDecision | StoppedDecision {
    const { stop, config, cluster, formattedVolumes } = registering;
    const saved = facts.memory.registeredCluster;
    if (saved !== undefined && saved !== cluster && facts.userData.bootstrap === undefined) {
        const reason = `Data mismatch; saved cluster '${saved}' does not match configured cluster '${cluster}'`;
        log.agent("critical", reason);
        log.ecsInit("error", "Agent exited with terminal code 5");
        return stop("agent", reason, false);
    }
    const permissions = permissionsOf(facts, cluster);
    const refusal = refusalOf(facts, permissions, registering);
    if (refusal !== undefined) {
        log.agent("error", "Unable to register as a container instance with ECS", { error: refusal.error });
        // What only people can mend the agent does not try again (agent/app/agent.go, registerContainerInstance).
        const isFinal = refusal.error.includes("ClientException: ");
        if (isFinal) {
            const attempt = "Instance registration attempt with client performing invalid action";
            log.agent("critical", attempt, { error: refusal.error });
            log.ecsInit("error", "Agent exited with terminal code 5");
        }
        return stop(refusal.step, refusal.error, !isFinal);
    }
    log.agent("info", "Registered container instance with cluster", { cluster });
    if (permissions.poll) {
        log.agent("info", "Connected to ACS endpoint");
    } else {
        log.agent("error", "Error connecting to ACS", { error: permissions.denial("ecs:Poll") });
    }
    noteLateCluster(facts, cluster, log);
    return {
        kind: "registered",
        clusterName: cluster,
        createsCluster: !facts.activeClusters.includes(cluster),
        connected: permissions.poll,
        attributes: {
            ...agentAttributes(facts),
            ...capabilityAttributes(registering.agentVersion, registering.installed),
            ...jsonMap(config["ECS_INSTANCE_ATTRIBUTES"]),
        },
        installed: registering.installed,
        tags: jsonMap(config["ECS_CONTAINER_INSTANCE_TAGS"]),
        reserved: registering.reserved,
        agentVersion: registering.agentVersion,
        dockerVersion: image.dockerVersion,
        formattedVolumes,
    };
}

/** Why the registration fails, in the words of the agent's log; it is tried again and again. */
function refusalOf(
    facts: HostFacts,
    permissions: Permissions,
    { cluster, configured }: Registering,
): { readonly step: StopStep; readonly error: string } | undefined {
    const { role } = facts;
    if (role.kind !== "role") {
        const why = role.kind === "none" ? "the instance has no instance profile" : role.why;
        return { step: "credentials", error: `NoCredentialProviders: no valid providers in chain: ${why}` };
    }
    const ecs = reachBy(facts.userData.bootstrap?.proxies?.agent, facts.network, reachEcs);
    if (!ecs.reachable) {
        const endpoint = `https://ecs.${facts.region}.amazonaws.com/`;
        return { step: "endpoint", error: `RequestError: ${endpoint}: i/o timeout: ${ecs.why}` };
    }
    const fault = callFault(facts);
    if (fault !== undefined) {
        return fault;
    }
    const isMissing = !facts.activeClusters.includes(cluster);
    if (isMissing && !configured && !permissions.createCluster) {
        return { step: "register", error: permissions.denial("ecs:CreateCluster") };
    }
    if (!permissions.register) {
        return { step: "register", error: permissions.denial("ecs:RegisterContainerInstance") };
    }
    return isMissing && configured
        ? { step: "register", error: `ClusterNotFoundException: Cluster not found: ${cluster}` }
        : undefined;
}

/** A cluster that is named when the agent runs already is not joined, now. */
function noteLateCluster({ memory, userData }: HostFacts, cluster: string, log: BootLog): void {
    const late = userData.lateConfig["ECS_CLUSTER"] ?? cluster;
    if (memory.earlierBoots === 0 && late !== cluster && userData.bootstrap === undefined) {
        log.cloudInit("scripts-user: /etc/ecs/ecs.config changed after the agent had started");
    }
}

interface Permissions {
    readonly register: boolean;
    readonly createCluster: boolean;
    readonly poll: boolean;
    denial(action: string): string;
}

function permissionsOf(facts: HostFacts, cluster: string): Permissions {
    const { role, region, accountId, instanceId } = facts;
    const policies = role.kind === "role" ? role.policies : [];
    const clusterArn = `arn:aws:ecs:${region}:${accountId}:cluster/${cluster}`;
    const context = { "ecs:cluster": clusterArn, "aws:RequestedRegion": region };
    const limits = role.kind === "role" && role.boundary !== undefined ? [[role.boundary]] : [];
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
    const allows = (action: string, resource: string) =>
        [policies, ...limits].every((documents) => isAllowed(documents, { action, resource, context }));
    const roleName = role.kind === "role" ? role.roleName : "";
    return {
        register: allows("ecs:RegisterContainerInstance", clusterArn),
        createCluster: allows("ecs:CreateCluster", clusterArn),
        poll:
            allows("ecs:DiscoverPollEndpoint", "*") &&
            allows("ecs:Poll", `arn:aws:ecs:${region}:${accountId}:container-instance/${cluster}/self`),
        denial: (action) =>
            `AccessDeniedException: User: arn:aws:sts::${accountId}:assumed-role/${roleName}/${instanceId} is not ` +
            `authorized to perform: ${action} on resource: ${clusterArn}`,
    };
}

/** What every agent registers of its host. */
function agentAttributes(facts: HostFacts): Record<string, string> {
    return {
        "ecs.ami-id": facts.imageId,
        "ecs.availability-zone": facts.zone,
        "ecs.cpu-architecture": facts.imageName.endsWith("arm64") ? "arm64" : "x86_64",
        "ecs.instance-type": facts.instanceType,
        "ecs.os-family": "LINUX",
        "ecs.os-type": "linux",
        "ecs.subnet-id": facts.subnetId,
        "ecs.vpc-id": facts.vpcId,
    };
}

/** A JSON map of texts, as the agent takes it; what it cannot read it leaves out. */
function jsonMap(text: string | undefined): Record<string, string> {
    try {
        const value: unknown = JSON.parse(text ?? "{}");
        return typeof value === "object" && value !== null
            ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, String(one)]))
            : {};
    } catch {
        return {};
    }
}
