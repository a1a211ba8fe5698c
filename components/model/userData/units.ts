import { proxyVariables, type HostProxy } from "../proxy/hostProxy";
import { bootstrapUnit, paths } from "./paths";

/**
 * Runs the bootstrap at every boot: docker and the agent want it. User data starts it on the first boot, when
 * systemd has planned without it. Later it comes after cloud-init, which may bring other values: an image made of a
 * host holds those of the host.
 * The network stage of cloud-init has two names: cloud-init.service until 24.2, cloud-init-network.service since.
 */
export const bootstrapUnitText = `[Unit]
Description=Prepare this SLES host for its ECS cluster
After=local-fs.target var-lib-docker.mount cloud-init.service cloud-init-network.service
ConditionPathExists=${paths.bootstrapConf}

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=${paths.bootstrap}
TimeoutStartSec=1200
`;

/** Nothing waits for packages: a host joins whether SUSE's servers are quick or not. 0 is no limit, in old systemds too. */
export const packagesUnitText = `[Unit]
Description=Install the packages wanted on this host
Wants=network-online.target
After=network-online.target guestregister.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=${paths.bootstrap} packages
TimeoutStartSec=0
`;

/** Wants= and not Requires=, or a restart of the bootstrap would take docker and every task down. */
const afterBootstrap = `Wants=${bootstrapUnit}
After=${bootstrapUnit}
AssertPathExists=${paths.ready}
`;

/**
 * Docker never starts on the root disk in place of a mount that is missing. Where docker fails at first and systemd
 * starts it again, the agent's own start has been given up; so docker asks for it.
 */
export const dockerDropInText = `[Unit]
${afterBootstrap}RequiresMountsFor=/var/lib/docker

[Service]
ExecStartPost=-/usr/bin/systemctl start --no-block amazon-ecs.service
`;

/**
 * The agent waits for the bootstrap and stays away when it failed. SUSE's unit for SLES 15 tries again and loads the
 * agent's configuration by itself; that for SLES 12, and the one that the agent's repository packages, do neither, so that a
 * download from S3 that fails once would keep the host out for good. Exit code 5 is the agent's own "do not try again"
 * (amazon-ecs-agent, ecs-init). ecs-init takes some settings, such as the log driver of the agent's container, from its
 * own environment and not from the file (amazon-ecs-agent, ecs-init/config).
 */
export const agentDropInText = `[Unit]
${afterBootstrap}
[Service]
EnvironmentFile=-${paths.agentConfig}
Restart=on-failure
RestartSec=15
RestartPreventExitStatus=5
`;

/**
 * The proxy of a host for a service. ecs-init, which downloads the agent, and docker are told by their environment (ECS developer
 * guide, "HTTP proxy configuration for Amazon ECS Linux container instances"; docker's manual, "Daemon proxy configuration"), and so
 * is the SSM agent (Systems Manager user guide, "Configuring SSM Agent to use a proxy on Linux nodes"). That of ECS names
 * HTTP_PROXY alone, which Go takes for `https:` no more since 1.16.
 */
export function withProxy(unit: string, proxy: HostProxy | undefined): string {
    return proxy === undefined ? unit : unit.replace("[Service]\n", `[Service]\n${environmentLines(proxy)}`);
}

/** For a service that needs nothing else. */
export function proxyDropInText(proxy: HostProxy): string {
    return `[Service]\n${environmentLines(proxy)}`;
}

function environmentLines(proxy: HostProxy): string {
    return Object.entries(proxyVariables(proxy))
        .map(([name, value]) => `Environment="${name}=${value.replaceAll("%", "%%")}"\n`)
        .join("");
}

/**
 * SUSE's own place for a proxy. registercloudguest takes what stands between quotes on the lines that hold these names, wherever they
 * stand, so there is no remark in it (SUSE-Enceladus/cloud-regionsrv-client, registerutils.py, set_proxy).
 */
export function proxySettingsText(proxy: HostProxy): string {
    const lines = Object.entries({ PROXY_ENABLED: "yes", ...proxyVariables(proxy) });
    return lines.map(([name, value]) => `${name}="${value}"\n`).join("");
}
