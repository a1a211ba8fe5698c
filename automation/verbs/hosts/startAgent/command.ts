import { defineCommand } from "../../../command/command";
import { duration, environment, output, waitForLock } from "../../../command/options";
import { someHosts } from "../options";

/** `sles-ecs hosts start-agent`: what the guide does by hand in section 4. */
export const hostsStartAgentCommand = defineCommand({
    command: "start-agent <environment> [hosts..]",
    summary: "Have hosts try again to join the cluster, once the cause is gone",
    description: [
        "For hosts whose agent has not come, or is not connected: a missing route, permission or volume is there by now, and the host does not know. Where AWS Systems Manager (SSM) reaches a host, its bootstrap and its agent are started again there, and tasks that run there go on. Where it does not, the host is rebooted, which starts both; the plan says which way each host goes, and asks where a reboot would stop tasks. SLES 16 images have no SSM agent, and `instanceRole.ssm` lets the others be reached.",
        "Waits until every one of them has joined; the exit code is 5 where one has not in time. Hosts whose agent is connected are left alone, so running it again does no harm. Unless they are named, so are hosts in the first ten minutes after their launch whose agent has never registered, as they may still boot. A host that is lent to another cluster (`hosts move`) is never touched.",
    ].join("\n\n"),
    examples: [
        { command: "hosts start-agent dev", text: "All hosts of dev that have not joined" },
        { command: "hosts start-agent dev 2", text: "Host 2 alone" },
    ],
    positionals: { environment, hosts: someHosts },
    options: {
        output,
        timeout: duration("--timeout", "How long to wait for the hosts, such as 90s or 10m"),
        "wait-for-lock": waitForLock,
    },
    run: async (options, context) => {
        const { startAgent } = await import("./startAgent");
        const result = await startAgent(
            {
                ...options,
                hosts: options.hosts ?? [],
                timeoutSeconds: options.timeout,
                waitForLockSeconds: options.waitForLock,
            },
            context,
        );
        const { showStartAgent } = await import("./view");
        context.io.stdout(showStartAgent(result, options.output));
        return 0;
    },
});
