import { isOfShell } from "../userData/agentConfig";
import { agentConfigOf, chooseCluster, reservedBy } from "./agentConfig";
import type { BootLog } from "./bootLog";
import type { RegisteredDecision, Stop, StoppedDecision, WaitingDecision } from "./decision";
import { dockerFault, pauseFault } from "./faults";
import type { HostFacts } from "./hostFacts";
import type { ImageFacts } from "./image";
import { reachBy, reachS3 } from "./network";
import { registerAgent } from "./registration";

/** Current when this was written. Source: amazon-ecs-agent, 2026-06-30. */
const newestAgentVersion = "1.105.1";
const unit = "Amazon Elastic Container Service - container agent";

/** From amazon-ecs.service on: download, credentials, registration. */
export function startAgent(
    facts: HostFacts,
    image: ImageFacts & { readonly generation: 12 | 15 | 16 },
    log: BootLog,
    { formattedVolumes, installed }: Pick<RegisteredDecision, "formattedVolumes" | "installed">,
): RegisteredDecision | StoppedDecision | WaitingDecision {
    const stop: Stop = (step, reason, retries) => ({
        kind: "stopped",
        step,
        reason,
        retries,
        formattedVolumes,
    });
    const withoutDocker = dockerFault(facts, log, stop);
    if (withoutDocker !== undefined) {
        return withoutDocker;
    }
    log.system("systemd[1]: Started Docker Application Container Engine.", 2.4);
    const download = downloadAgent(facts, image.generation, log, stop);
    if (download !== undefined) {
        return download;
    }
    log.system(`systemd[1]: Started ${unit}.`);
    const config = agentConfigOf(facts);
    const agentVersion = agentVersionOf(facts);
    if (image.generation === 16 && config["ECS_AGENT_PID_NAMESPACE_HOST"] !== "true") {
        const reason =
            "SELinux denies the agent on SLES 16 without ECS_AGENT_PID_NAMESPACE_HOST=true in /etc/ecs/ecs.config";
        log.system('audit: type=1400 avc:  denied  { ptrace } comm="agent" permissive=0');
        log.ecsInit("error", "Agent exited with code 1");
        return stop("agent", reason, false);
    }
    const cluster = chooseCluster(facts);
    log.agent("info", `Amazon ECS agent Version: ${agentVersion}`);
    log.agent("info", "Loading configuration", { cluster: cluster === "" ? "not configured" : cluster });
    const reserved = reservedBy(config);
    const remainingMemory = facts.memoryMiB - reserved.memoryMiB;
    log.agent("info", "Remaining memory", { remainingMemory: String(remainingMemory) });
    // ecs-init starts the agent again, and again in vain. Source: amazon-ecs-agent, ecs_client.go, getResources; agent.go.
    if (remainingMemory < 0) {
        log.agent("critical", "Unable to fetch host resources");
        log.ecsInit("error", "Agent exited with code 1");
        const reason = `ECS_RESERVED_MEMORY=${reserved.memoryMiB} is more than the ${facts.memoryMiB} MiB of the host: Unable to fetch host resources`;
        return stop("agent", reason, true);
    }
    const fault = unknownCluster(cluster, log, stop) ?? pauseFault(facts, log, stop);
    if (fault !== undefined) {
        return fault;
    }
    return registerAgent(facts, image, log, {
        stop,
        agentVersion,
        reserved,
        config,
        cluster: cluster === "" ? "default" : cluster,
        configured: cluster !== "",
        formattedVolumes,
        installed,
    });
}

/** What the shell of a host would put in is nothing that a simulated one could know. */
function unknownCluster(cluster: string, log: BootLog, stop: Stop): StoppedDecision | undefined {
    if (!isOfShell(cluster)) {
        return undefined;
    }
    const reason = `the cluster is not known from the user data: it says ECS_CLUSTER=${cluster}, and simulated hosts run no shell`;
    log.system(`sles-ecs-local: ${reason}`);
    return stop("agent", reason, false);
}

/**
 * The unit's ExecStartPre. Where it fails, the unit fails. SUSE's unit for SLES 15 tries again for ever (Restart=on-failure;
 * openSUSE Build Service, amazon-ecs-init), that for SLES 12 never. That the one of SLES 16 does is unverified.
 */
function downloadAgent(
    facts: HostFacts,
    generation: 12 | 15 | 16,
    log: BootLog,
    stop: Stop,
): StoppedDecision | WaitingDecision | undefined {
    const agentVersion = agentVersionOf(facts);
    const s3 = reachBy(proxyToS3(facts), facts.network, reachS3);
    if (facts.memory.registeredCluster !== undefined) {
        log.ecsInit("info", "pre-start: the agent is in the cache already");
        return undefined;
    }
    if (s3.reachable) {
        log.ecsInit(
            "info",
            `pre-start: downloaded ecs-agent-v${agentVersion}.tar from amazon-ecs-agent-${facts.region}`,
        );
        return undefined;
    }
    if (!facts.patience.downloadOver) {
        return { kind: "waiting", for: "download" };
    }
    const bucket = `amazon-ecs-agent-${facts.region}.s3.${facts.region}.amazonaws.com`;
    const said = s3.why.startsWith("proxyconnect") ? s3.why : "dial tcp: i/o timeout";
    log.ecsInit(
        "error",
        `pre-start: could not download the Amazon ECS agent: Get https://${bucket}/ecs-agent-v${agentVersion}.tar: ${said}`,
    );
    log.system("systemd[1]: amazon-ecs.service: Control process exited, code=exited, status=1/FAILURE");
    log.system(`systemd[1]: Failed to start ${unit}.`);
    const reason = `the ECS agent could not be downloaded from Amazon S3: ${s3.why}`;
    const triesAgain = generation !== 12 || facts.userData.restartsAgent;
    if (triesAgain) {
        log.system("systemd[1]: amazon-ecs.service: Scheduled restart job, restart counter is at 1.");
    }
    return stop("download", reason, triesAgain);
}

function agentVersionOf({ faults = {} }: HostFacts): string {
    return faults.agentVersion ?? newestAgentVersion;
}

/** The proxy of the download, where nothing takes the region's bucket out. */
function proxyToS3({ userData, region }: HostFacts): string | undefined {
    const { download, noProxy = [] } = userData.bootstrap?.proxies ?? {};
    const isPast = noProxy.some((entry) => entry.startsWith(`s3.${region}.`));
    return isPast ? undefined : download;
}
