import type { BootLog } from "./bootLog";
import type { Stop, StoppedDecision } from "./decision";
import type { HostFacts } from "./hostFacts";

/** What keeps docker from its start. Words: moby, cmd/dockerd ("failed to start daemon"). */
export function dockerFault(
    { faults = {} }: HostFacts,
    log: BootLog,
    stop: Stop,
): StoppedDecision | undefined {
    const error =
        faults.docker === "broken"
            ? "error initializing graphdriver: driver not supported: btrfs"
            : faults.dockerDisk === "full"
              ? "mkdir /var/lib/docker/tmp: no space left on device"
              : undefined;
    if (error === undefined) {
        return undefined;
    }
    log.unit(`dockerd[1620]: failed to start daemon: ${error}`, 2.4);
    log.system("systemd[1]: docker.service: Main process exited, code=exited, status=1/FAILURE");
    log.system("systemd[1]: Failed to start Docker Application Container Engine.");
    return stop("agent", `docker does not start: ${error}`, false);
}

/** What keeps the agent's container from its work. Words: amazon-ecs-agent, agent/app/agent.go, loadPauseContainer. */
export function pauseFault(
    { faults = {} }: HostFacts,
    log: BootLog,
    stop: Stop,
): StoppedDecision | undefined {
    if (faults.pauseImage !== "broken") {
        return undefined;
    }
    const reason =
        "Failed to load pause container: failed to load container image: open /images/amazon-ecs-pause.tar: input/output error";
    log.agent("error", reason);
    log.ecsInit("error", "Agent exited with code 1");
    return stop("agent", reason, true);
}

/**
 * What comes of the agent's first call to ECS. Words: AWS SDK for Go v2, ec2rolecreds; IAM user guide, "Signature Version 4"
 * on time stamps; ECS API reference, ClientException.
 */
export function callFault({
    faults = {},
}: HostFacts): { readonly step: "credentials" | "register"; readonly error: string } | undefined {
    if (faults.credentials === "none") {
        return {
            step: "credentials",
            error: "get identity: get credentials: failed to refresh cached credentials, no EC2 IMDS role found",
        };
    }
    if (faults.clock === "slow") {
        return {
            step: "register",
            error: "api error InvalidSignatureException: Signature expired: 20260101T000000Z is now earlier than 20260101T115500Z (20260101T120000Z - 5 min.)",
        };
    }
    return faults.registration === "refused"
        ? { step: "register", error: "api error ClientException: this account may register no more hosts" }
        : undefined;
}
