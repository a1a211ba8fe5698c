/** Files that the user data puts on a host, and those of the host that it needs. */
export const paths = {
    bootstrapConf: "/etc/sles-ecs/bootstrap.conf",
    /** The agent's wanted lines, merged into `agentConfig` by the bootstrap. */
    wantedAgentConfig: "/etc/sles-ecs/ecs.config",
    bootstrap: "/usr/local/sbin/sles-ecs-bootstrap",
    unit: "/etc/systemd/system/sles-ecs-bootstrap.service",
    packagesUnit: "/etc/systemd/system/sles-ecs-packages.service",
    dockerDropIn: "/etc/systemd/system/docker.service.d/10-sles-ecs.conf",
    agentDropIn: "/etc/systemd/system/amazon-ecs.service.d/10-sles-ecs.conf",
    ssmAgentDropIn: "/etc/systemd/system/amazon-ssm-agent.service.d/10-sles-ecs.conf",
    /** What zypper, registercloudguest and shells read (SLES administration guide, "/etc/sysconfig/proxy"). */
    proxySettings: "/etc/sysconfig/proxy",
    agentConfig: "/etc/ecs/ecs.config",
    /** Says which cluster the agent's data in /var/lib/ecs belongs to. */
    clusterRecord: "/var/lib/sles-ecs/cluster",
    /** There once docker and the agent may start; gone with every power off. */
    ready: "/run/sles-ecs/ready",
    /** The image's own docker store (guide, section 6). */
    imageStore: "/var/lib/docker-storage.btrfs",
} as const;

/** SUSE's unit of the agent (guide, section 4). */
export const agentUnit = "amazon-ecs.service";
/** What the agent itself writes (guide, section 3.1). */
export const agentLogPath = "/var/log/ecs/ecs-agent.log";
export const bootstrapUnit = "sles-ecs-bootstrap.service";
export const packagesUnit = "sles-ecs-packages.service";
export const imageStoreUnit = "docker-img-store-setup.service";
