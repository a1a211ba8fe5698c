import type { AgentConfig } from "./agentConfig";

/** Where the bootstrap is told to put docker's data. */
export interface StorageWish {
    /** `imageStore`, `volume` or `driver`. */
    readonly mode: string;
    readonly volumeId?: string;
    readonly deviceName?: string;
}

/** Something that ECS offers and that the bootstrap installs files for. */
export interface CapabilityWish {
    readonly name: "executeCommand" | "serviceConnect";
    /** Where the first of them comes from. */
    readonly url: string;
}

/** The bootstrap that user data brings along, as far as it is really there and really started. */
export interface BootstrapFacts {
    readonly cluster: string;
    readonly storage: StorageWish;
    /** zypper packages that it installs. */
    readonly packages: readonly string[];
    /** Units of systemd that it enables once they are there. */
    readonly units?: readonly string[];
    /** What it installs before the agent starts. */
    readonly capabilities: readonly CapabilityWish[];
    /** What it merges into the agent's configuration. */
    readonly agentConfig: AgentConfig;
    /** `host:port` of the proxy that it knocks at; missing where there is none. */
    readonly askedProxy?: string;
    /** `host:port` of the proxies that parts of the host are told of; missing where none is. */
    readonly proxies?: ProxyWishes;
}

/** By which proxies parts of a host go out; those without one go directly. */
export interface ProxyWishes {
    /** The agent's download, by ecs-init. */
    readonly download?: string;
    readonly agent?: string;
    /** The bootstrap's own downloads. */
    readonly bootstrap?: string;
    /** zypper, and the registration with SUSE. */
    readonly packages?: string;
    readonly ssm?: string;
    /** What goes past them. */
    readonly noProxy: readonly string[];
}

/** What user data does to a host, in the order in which cloud-init and systemd do it. */
export interface UserDataFacts {
    /** `none`, or how cloud-init takes it; `unknown` also for what simulated hosts do not read. */
    readonly kind: "none" | "cloudConfig" | "shell" | "unknown";
    /** What cloud-init has to say about it, one line each. */
    readonly warnings: readonly string[];
    /** In /etc/ecs/ecs.config before the agent starts. */
    readonly earlyConfig: AgentConfig;
    /** In /etc/ecs/ecs.config only when the agent is already running. */
    readonly lateConfig: AgentConfig;
    /** Lines that the image ships in /etc/ecs/ecs.config are gone. */
    readonly overwritesAgentConfig: boolean;
    /** The agent is stopped before it can start. */
    readonly holdsAgent: boolean;
    /** Somebody starts the agent later on. */
    readonly startsAgent: boolean;
    /** systemd starts the agent again when it fails. */
    readonly restartsAgent: boolean;
    readonly bootstrap?: BootstrapFacts;
}

/** User data that does nothing. */
export const noUserData: UserDataFacts = {
    kind: "none",
    warnings: [],
    earlyConfig: {},
    lateConfig: {},
    overwritesAgentConfig: false,
    holdsAgent: false,
    startsAgent: false,
    restartsAgent: false,
};
