/** What ECS looks for on a host when it places a task. */
export interface TaskNeeds {
    readonly cpuUnits: number;
    readonly memoryMiB: number;
    /** Ports of the host itself, such as `80/tcp`. */
    readonly hostPorts: readonly string[];
    /** Attributes that the host has to have registered, such as `com.amazonaws.ecs.capability.logging-driver.awslogs`. */
    readonly attributes: readonly string[];
}

/** A registered host, as far as placement goes by it. */
export interface PlacementHost {
    /** As people call it, such as `1 (i-0123)`. */
    readonly name: string;
    /** ECS's: ACTIVE, DRAINING, ... */
    readonly status: string;
    readonly agentConnected: boolean;
    readonly free: { readonly cpuUnits: number; readonly memoryMiB: number };
    /** Such as `80/tcp`. */
    readonly takenPorts: readonly string[];
    readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Why a task runs on none of these hosts: a line a host, with its numbers. Empty where one would take it.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
export function explainPlacement(needs: TaskNeeds, hosts: readonly PlacementHost[]): readonly string[] {
    if (hosts.length === 0) {
        return ["no host is registered in the cluster"];
    }
    const lines = hosts.map((host) => ({ host, reasons: reasonsAgainst(needs, host) }));
    return lines.some(({ reasons }) => reasons.length === 0)
        ? []
        : lines.map(({ host, reasons }) => `host ${host.name}: ${reasons.join(", ")}`);
}

function reasonsAgainst(needs: TaskNeeds, host: PlacementHost): readonly string[] {
    if (host.status !== "ACTIVE") {
        return [`is ${host.status}, and takes no new tasks`];
    }
    if (!host.agentConnected) {
        return ["its agent is not connected"];
    }
    const { cpuUnits, memoryMiB } = host.free;
    const ports = needs.hostPorts.filter((port) => host.takenPorts.includes(port));
    const lacking = needs.attributes.filter((name) => !(name in host.attributes));
    return [
        ...(needs.cpuUnits > cpuUnits
            ? [`cpu: ${cpuUnits} units are free, ${needs.cpuUnits} are needed`]
            : []),
        ...(needs.memoryMiB > memoryMiB
            ? [`memory: ${memoryMiB} MiB are free, ${needs.memoryMiB} MiB are needed`]
            : []),
        ...ports.map((port) => `port: ${port} is taken`),
        ...lacking.map((name) => `attribute: ${attributeText(name)} is not there`),
    ];
}

/**
 * What an attribute means that no host of SLES can have as it comes.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html; the agent offers it where
 * ECS_VOLUME_PLUGIN_CAPABILITIES says so (amazon-ecs-agent, agent/app/agent_capability.go)
 */
const meanings: Readonly<Record<string, string>> = {
    "ecs.capability.efsAuth":
        "EFS with transitEncryption or IAM authorization, for which SUSE has neither amazon-ecs-volume-plugin nor amazon-efs-utils; without both it is capabilities.efs",
};

/** An attribute, with what it means where that is not in its name. */
export function attributeText(name: string): string {
    const meaning = meanings[name];
    return meaning === undefined ? name : `${name} (${meaning})`;
}

/** How many more such tasks fit on these hosts, by CPU, memory, ports and attributes. */
export function roomFor(needs: TaskNeeds, hosts: readonly PlacementHost[]): number {
    return hosts.reduce((sum, host) => sum + roomOn(needs, host), 0);
}

function roomOn(needs: TaskNeeds, host: PlacementHost): number {
    if (reasonsAgainst(needs, host).length > 0) {
        return 0;
    }
    const { cpuUnits, memoryMiB } = host.free;
    return Math.min(
        Math.floor(cpuUnits / needs.cpuUnits),
        Math.floor(memoryMiB / needs.memoryMiB),
        needs.hostPorts.length > 0 ? 1 : Infinity,
    );
}
