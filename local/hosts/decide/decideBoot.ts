import { BootLog } from "./bootLog";
import type { Decision, RegisteredDecision, StoppedDecision, WaitingDecision } from "./decision";
import { installCapabilities } from "./capabilities";
import type { HostFacts } from "./hostFacts";
import { readImage } from "./image";
import { answers, reachBy, reachUpdateServers } from "./network";
import { prepareStorage } from "./storage";
import { startAgent } from "./agent";

/** An outcome before its log is added. */
type Outcome = RegisteredDecision | StoppedDecision | WaitingDecision;

/**
 * Decides how the boot of a host goes, as a SLES host with these facts would: pure, so that every verdict can
 * be looked up in a table of tests. The order is that of a real boot.
 */
export function decideBoot(facts: HostFacts): Decision {
    const log = new BootLog();
    const outcome = boot(facts, log);
    if (outcome.kind !== "waiting") {
        log.plain("");
        log.plain(
            `Welcome to ${readImage(facts.imageName).title} - Kernel ${readImage(facts.imageName).kernel} (ttyS0).`,
        );
        log.plain("");
        log.plain(`${facts.privateDnsName.split(".")[0] ?? "localhost"} login: `);
    }
    return { ...outcome, log: log.console, journal: log.journal };
}

function boot(facts: HostFacts, log: BootLog): Outcome {
    const image = readImage(facts.imageName);
    startSystem(facts, log);
    const bootstrapped = runBootstrap(facts, log, image.generation !== undefined);
    if (bootstrapped.outcome !== undefined) {
        return bootstrapped.outcome;
    }
    const { formattedVolumes, installed = [] } = bootstrapped;
    if (image.generation === undefined) {
        log.system("systemd[1]: Unit amazon-ecs.service not found.");
        const reason = `${facts.imageName} is not a SLES ECS image: it has no ECS agent`;
        return { kind: "stopped", step: "image", reason, retries: false, formattedVolumes };
    }
    const { userData } = facts;
    if (userData.holdsAgent && userData.bootstrap === undefined && !userData.startsAgent) {
        log.system("systemd[1]: Stopped Amazon Elastic Container Service - container agent.");
        const reason = "the user data holds the ECS agent back, and nothing starts it";
        return { kind: "stopped", step: "held", reason, retries: false, formattedVolumes };
    }
    const sles = { ...image, generation: image.generation };
    const outcome = startAgent(facts, sles, log, { formattedVolumes, installed });
    if (outcome.kind !== "waiting") {
        installPackages(facts, log);
    }
    return outcome;
}

function startSystem(facts: HostFacts, log: BootLog): void {
    const { title, kernel } = readImage(facts.imageName);
    log.system(`Linux version ${kernel} (geeko@buildhost) #1 SMP PREEMPT_DYNAMIC`, 0);
    log.system(
        "Command line: root=LABEL=ROOT console=ttyS0,115200n8 net.ifnames=0 dis_ucode_ldr nvme_core.io_timeout=4294967295",
        0,
    );
    log.system(`DMI: Amazon EC2 ${facts.instanceType}/, BIOS 1.0`);
    log.system(`systemd[1]: Detected virtualization amazon. Welcome to ${title}!`, 2.1);
    log.cloudInit("Cloud-init running 'init' stage, network is up.", 6.3);
    log.cloudInit(`ci-info: instance-id ${facts.instanceId}, ${facts.zone}, ${facts.privateDnsName}`);
    for (const warning of facts.userData.warnings) {
        log.cloudInit(`WARNING: ${warning}`);
    }
    if (facts.userData.kind === "none") {
        log.cloudInit("no user data for this instance");
    }
}

/** How far the bootstrap got: to an outcome, or to its end with what it has installed. */
interface Bootstrapped {
    readonly outcome?: Outcome;
    readonly formattedVolumes: readonly string[];
    readonly installed?: readonly string[];
}

/** The bootstrap's steps up to its own end; systemd goes on from there. */
function runBootstrap(facts: HostFacts, log: BootLog, hasAgent: boolean): Bootstrapped {
    const { bootstrap } = facts.userData;
    if (bootstrap === undefined) {
        return { formattedVolumes: [] };
    }
    // A host that was prepared in an earlier boot has nothing to write, and needs cloud-init for nothing.
    if (facts.rootDiskIsFull && facts.memory.recordedCluster !== bootstrap.cluster) {
        log.cloudInit("OSError: [Errno 28] No space left on device");
        const reason = "the root disk is full, and cloud-init runs no user data";
        const outcome = {
            kind: "stopped",
            step: "held",
            reason,
            retries: false,
            formattedVolumes: [],
        } as const;
        return { outcome, formattedVolumes: [] };
    }
    log.step("hold", "ok", 0);
    const storage = prepareStorage(bootstrap.storage, facts, log);
    if (storage.outcome !== undefined) {
        return { outcome: storage.outcome, formattedVolumes: [] };
    }
    const { formattedVolumes } = storage;
    log.step("configure", "ok", 0, forgotten(facts, bootstrap.cluster));
    const installed = installCapabilities(facts, log);
    if (!hasAgent) {
        const reason = "systemd did not take the order to start amazon-ecs.service";
        log.step("start", "failed", 0, reason);
        const image = `${facts.imageName} is not a SLES ECS image: it has no ECS agent`;
        return {
            outcome: { kind: "stopped", step: "image", reason: image, retries: false, formattedVolumes },
            formattedVolumes,
        };
    }
    log.step("start", "ok", 0, proxySilence(facts, bootstrap.askedProxy));
    return { formattedVolumes, installed };
}

/** What the bootstrap says of a proxy that does not answer. */
function proxySilence({ network }: HostFacts, proxy: string | undefined): string {
    return proxy === undefined || answers(proxy, network) ? "" : `nobody answers at the proxy ${proxy}`;
}

/** What the bootstrap says when it makes the agent forget another cluster. */
function forgotten({ memory }: HostFacts, cluster: string): string {
    const { registeredCluster, recordedCluster } = memory;
    if (registeredCluster === undefined || recordedCluster === cluster) {
        return "";
    }
    return `made the agent forget ${recordedCluster === undefined ? "where it had registered" : `cluster ${recordedCluster}`}`;
}

/** How long a real bootstrap tries to install packages; what a simulated one says it has tried. */
const packageWaitSeconds = 900;

/** Of what settings or capabilities ask for, images have these. Source: SUSE-Enceladus/keg-recipes, data/base/pubcloud/_sles/ecs. */
const shippedPackages = ["nfs-client", "cloud-regionsrv-client"];

/** The step beside the others: nothing waits for it. */
function installPackages({ userData, memory, network }: HostFacts, log: BootLog): void {
    const { packages = [], units = [] } = userData.bootstrap ?? {};
    const startUnits = () => units.forEach((unit) => log.unit(`systemd[1]: Started ${unit}.`));
    if (packages.length === 0) {
        return;
    }
    const names = packages.filter((name) => !shippedPackages.includes(name)).join(" ");
    if (memory.recordedCluster !== undefined || names === "") {
        startUnits();
        log.step("packages", "ok", 0);
        return;
    }
    if (reachBy(userData.bootstrap?.proxies?.packages, network, reachUpdateServers).reachable) {
        startUnits();
        log.step("packages", "ok", 12, `installed ${names}`);
    } else {
        const reason = `zypper could not install ${names} within ${packageWaitSeconds} s`;
        log.step("packages", "failed", packageWaitSeconds, reason);
    }
}
