import { bootstrapUnit, paths } from "./paths";

/**
 * Runs the bootstrap at every boot. On the first boot it does not exist yet when systemd plans, so user data
 * starts it; from then on its place in the order is before docker and the agent.
 * The network stage of cloud-init has two names: cloud-init.service until 24.2, cloud-init-network.service since.
 */
export const bootstrapUnitText = `[Unit]
Description=Prepare this SLES host for its ECS cluster
After=local-fs.target cloud-init.service cloud-init-network.service docker-img-store-setup.service
Before=docker.service amazon-ecs.service
ConditionPathExists=${paths.bootstrapConf}

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=${paths.bootstrap}
TimeoutStartSec=1200

[Install]
WantedBy=multi-user.target
`;

/** Docker never starts on the root disk in place of a mount that is missing. */
export const dockerDropInText = `[Unit]
After=${bootstrapUnit}
RequiresMountsFor=/var/lib/docker
`;

/**
 * The agent waits for the bootstrap and stays away when it failed. SUSE's unit has no Restart=, so that a
 * download from S3 that fails once would keep the host out for good; exit code 5 is the agent's own "do not
 * try again" (amazon-ecs-agent, ecs-init).
 */
export const agentDropInText = `[Unit]
Requires=${bootstrapUnit}
After=${bootstrapUnit}

[Service]
Restart=on-failure
RestartSec=15
RestartPreventExitStatus=5
`;
