/** Files that the user data puts on a host. */
export const paths = {
    bootstrapConf: "/etc/sles-ecs/bootstrap.conf",
    /** The agent's wanted lines, merged into `agentConfig` by the bootstrap. */
    wantedAgentConfig: "/etc/sles-ecs/ecs.config",
    bootstrap: "/usr/local/sbin/sles-ecs-bootstrap",
    unit: "/etc/systemd/system/sles-ecs-bootstrap.service",
    dockerDropIn: "/etc/systemd/system/docker.service.d/10-sles-ecs.conf",
    agentDropIn: "/etc/systemd/system/amazon-ecs.service.d/10-sles-ecs.conf",
    agentConfig: "/etc/ecs/ecs.config",
    /** The image's own docker store (guide, section 6). */
    imageStore: "/var/lib/docker-storage.btrfs",
} as const;

export const bootstrapUnit = "sles-ecs-bootstrap.service";
