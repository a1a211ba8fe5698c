import type { CapabilityWish } from "../userData/userDataFacts";
import type { BootLog } from "./bootLog";
import type { HostFacts } from "./hostFacts";
import { reachBy, reachS3, type Reachability } from "./network";

/** Where what the bootstrap downloads comes from, in every case Amazon S3; by the proxy that the bootstrap's unit is told. */
function reachDownloads({ faults = {}, network, userData, region }: HostFacts): Reachability {
    if (faults.capabilityDownloads === "unreachable") {
        return { reachable: false, why: "<urlopen error timed out>" };
    }
    const { bootstrap, noProxy = [] } = userData.bootstrap?.proxies ?? {};
    const isPast = noProxy.some((entry) => entry.startsWith(`s3.${region}.`));
    return reachBy(isPast ? undefined : bootstrap, network, reachS3);
}

/**
 * The bootstrap's step for what ECS offers and the image does not bring: what an earlier boot has installed is there, the rest has to be
 * downloaded. It keeps no host out.
 * @returns what is installed now
 */
export function installCapabilities(facts: HostFacts, log: BootLog): readonly string[] {
    const { capabilities = [] } = facts.userData.bootstrap ?? {};
    const { installed = [] } = facts.memory;
    if (capabilities.length === 0) {
        return installed;
    }
    const missing = capabilities.filter(({ name }) => !installed.includes(name));
    const downloads = reachDownloads(facts);
    if (missing.length === 0 || downloads.reachable) {
        log.step("capabilities", "ok", missing.length === 0 ? 0 : 4);
        return [...installed, ...missing.map(({ name }) => name)];
    }
    const reasons = missing.map(
        ({ name, url }) => `${name}: ${url} could not be downloaded: urllib.error.URLError: ${downloads.why}`,
    );
    log.step("capabilities", "failed", 38, reasons.join("; "));
    return installed;
}

/**
 * The capabilities that an agent names when it registers: by its version, and where it looks for files by those that are there.
 * Source: amazon-ecs-agent, agent/app/agent_capability.go, and its CHANGELOG.md; awslogs and the execution role's by what
 * amazon-ecs-init sets (ecs-init/docker/docker.go).
 */
export function capabilityAttributes(
    agentVersion: string,
    installed: readonly string[],
): Readonly<Record<string, string>> {
    const offered = rules.filter(
        ({ since, needs }) =>
            agentVersion.localeCompare(since, "en", { numeric: true }) >= 0 &&
            (needs === undefined || installed.includes(needs)),
    );
    return Object.fromEntries(offered.map(({ attribute }) => [attribute, ""]));
}

const rules: readonly {
    readonly attribute: string;
    readonly since: string;
    /** Whose files must be on the host. @default - nothing has to be there */
    readonly needs?: CapabilityWish["name"];
}[] = [
    { attribute: "com.amazonaws.ecs.capability.logging-driver.awslogs", since: "1.9.0" },
    { attribute: "ecs.capability.execution-role-awslogs", since: "1.16.0" },
    { attribute: "ecs.capability.efs", since: "1.38.0" },
    { attribute: "ecs.capability.execute-command", since: "1.50.2", needs: "executeCommand" },
    { attribute: "ecs.capability.service-connect-v1", since: "1.67.2", needs: "serviceConnect" },
];
