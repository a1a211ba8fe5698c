import type { Kind } from "./kinds";

/** Where a variable is documented, and by which the rows of the table below were read (agent 1.105.1, June 2026). */
export const sources = {
    /** Read by the agent, in its container. */
    agent: "https://github.com/aws/amazon-ecs-agent/blob/v1.105.1/README.md#environment-variables",
    /**
     * Read by ecs-init, which starts the agent and has them from its own environment: the unit has to load
     * /etc/ecs/ecs.config. The same page's second table. Its own defaults for the agent, where
     * they differ from the page: ecs-init/docker/docker.go and docker_config.go.
     */
    ecsInit:
        "https://github.com/aws/amazon-ecs-agent/blob/v1.105.1/README.md#environment-variables (ecs-init)",
} as const;

/** A setting of the agent: one row of the table that makes the schema, the agent's lines and the reference. */
export interface AgentVariable {
    /** The agent's name for it. */
    readonly variable: string;
    readonly kind: Kind;
    /** One sentence. */
    readonly meaning: string;
    /** What a host's agent does without it, as the agent writes it. @default - nothing is set */
    readonly agentDefault?: string;
    /** Another setting of the agent, true or false, without whose value this one does nothing. */
    readonly onlyWith?: { readonly field: string; readonly value: boolean };
    readonly source: string;
}
