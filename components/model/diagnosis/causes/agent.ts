import { isOlderAgent } from "../../agent/ignoredSettings";
import { capabilityOf } from "../../capabilities/capabilities";
import { lackingText, reasonOf } from "../../capabilities/lacking";
import { command, line } from "../../commandLine";
import { recogniser, type Recogniser, type Shown } from "../cause";
import { hostLine, isBooted, lastAgentError, lastBootText, lastStep } from "../console";
import { isYoung, type HostEvidence } from "../evidence";
import { reboot, replaceHost, startAgent, thenReboot } from "../remedies";
import { bootSteps } from "../../bootLog";
import { describeNamedCluster } from "../../userData/clusterNamed";

/** What keeps the agent from its work, in its own words or in those about it. */
export const agentCauses: readonly Recogniser[] = [
    recogniser("SELINUX_DENIES", (host, environment) =>
        said(
            host,
            // Others are denied things as well, and `permissive=1` denies nothing.
            /avc: +denied.*comm="(agent|amazon-ecs|ecs)[^"]*".*permissive=0/,
            replaceHost(host, environment),
            "the agent needs ECS_AGENT_PID_NAMESPACE_HOST=true",
        ),
    ),
    recogniser("RESERVED_TOO_MUCH", (host, environment) =>
        said(
            host,
            /Unable to fetch host resources/,
            line`lower agent.reservedMemoryMiB, then: ${command("up", environment, ...(host.isOfGroup === true ? ["--roll"] : []))}`,
        ),
    ),
    recogniser("SAVED_OTHER_CLUSTER", (host, environment) =>
        said(
            host,
            /saved cluster '.*' does not match configured cluster/,
            // Our bootstrap has the agent forget, and others do not; what could not be read is ours, as the host is.
            ["own", undefined].includes(host.userData)
                ? startAgent(host, environment)
                : replaceHost(host, environment),
        ),
    ),
    // The time of the host: AWS takes nothing that is signed more than five minutes off (IAM user guide, "Signature Version 4").
    recogniser("CLOCK_WRONG", (host, environment) =>
        said(
            host,
            /Signature (expired|not yet current)|RequestTimeTooSkewed|RequestExpired/,
            thenReboot(host, environment, "have the host ask a time server again (chronyd)"),
        ),
    ),
    recogniser("PAUSE_IMAGE_UNREADABLE", (host, environment) =>
        said(host, /Failed to load pause container/, replaceHost(host, environment)),
    ),
    recogniser("AGENT_HELD", (host, environment) =>
        isBooted(host) && lastStep(host) === undefined
            ? said(host, /Stopped Amazon Elastic Container Service/, startAgent(host, environment))
            : undefined,
    ),
];

/** Of a host whose instance profile and role are as they should be. */
export const credentialsCause: Recogniser = recogniser("CREDENTIALS_UNUSABLE", (host, environment) =>
    said(
        host,
        /NoCredentialProviders|no EC2 IMDS role found|UnrecognizedClientException|ExpiredToken|InvalidClientTokenId/,
        reboot(host, environment),
    ),
);

/** ECS's own reason, of a host that lacks nothing that is known. */
export const refusedCause: Recogniser = recogniser("REGISTRATION_REFUSED", (host, environment) =>
    said(
        host,
        // What the agent tries again may only need time.
        /Instance (re-)?registration attempt with/,
        line`put that right, then: ${startAgent(host, environment)}`,
        ...[lastAgentError(host) ?? []].flat(),
    ),
);

/** The cluster that hosts are to join. */
export const clusterCauses: readonly Recogniser[] = [
    recogniser("CLUSTER_MISNAMED", (host, environment) =>
        host.userData === "own" &&
        host.userDataCluster !== undefined &&
        "name" in host.userDataCluster &&
        host.userDataCluster.name !== host.clusterName
            ? {
                  evidence: [
                      `its user data names ${describeNamedCluster(host.userDataCluster)}, expected ${host.clusterName}`,
                      ...[lastAgentError(host) ?? []].flat(),
                  ],
                  remedy: replaceHost(host, environment),
              }
            : undefined,
    ),
    recogniser("CLUSTER_GONE", ({ clusterStatus, clusterName }, environment) =>
        clusterStatus === "ACTIVE" || clusterStatus === undefined
            ? undefined
            : {
                  evidence: [
                      clusterStatus === "none"
                          ? `there is no cluster ${clusterName}`
                          : `cluster ${clusterName} is ${clusterStatus}`,
                  ],
                  remedy: command("up", environment),
              },
    ),
];

/** What ECS knows of a host that has registered. */
export const registeredCauses: readonly Recogniser[] = [
    recogniser("OTHER_CLUSTER", ({ registration, clusterName, instanceId }, environment) =>
        registration !== undefined && registration.clusterName !== clusterName
            ? {
                  evidence: [
                      `its agent registered in cluster ${registration.clusterName}, expected ${clusterName}`,
                  ],
                  remedy: command("hosts", "move", environment, instanceId, "--to-cluster", clusterName),
              }
            : undefined,
    ),
    recogniser("AGENT_DISCONNECTED", (host, environment) =>
        host.registration?.agentConnected === false
            ? {
                  evidence: ["ECS has no connection of its agent", ...[lastAgentError(host) ?? []].flat()],
                  remedy: startAgent(host, environment),
              }
            : undefined,
    ),
    recogniser("HOST_DRAINING", ({ registration, instanceId }, environment) =>
        registration?.status === "DRAINING"
            ? {
                  evidence: ["its container instance is DRAINING"],
                  // Its group may be letting it go, or a command of somebody's replaces it.
                  remedy: line`if nobody means it to go: ${command("hosts", "activate", environment, instanceId)}`,
              }
            : undefined,
    ),
    recogniser("OTHER_STORAGE", ({ registration, wantedStorage, ...host }, environment) =>
        registration !== undefined && wantedStorage !== undefined && registration.storage !== wantedStorage
            ? {
                  evidence: [
                      `it says that docker keeps its data in ${registration.storage ?? "no known place"}, expected ${wantedStorage}`,
                  ],
                  remedy: replaceHost(host, environment),
              }
            : undefined,
    ),
    recogniser("BEFORE_CAPACITY_PROVIDER", ({ registration, ...host }, environment) =>
        registration?.lacksCapacityProvider === true
            ? {
                  evidence: ["its container instance names no capacity provider, and its group has one"],
                  remedy: replaceHost(host, environment),
              }
            : undefined,
    ),
];

/** Of a host that is as it should be otherwise. */
export const capabilityCause: Recogniser = recogniser("CAPABILITY_MISSING", (host, environment) => {
    const { lacking = [], agentVersion } = host.registration ?? {};
    const [first] = lacking;
    if (first === undefined) {
        return undefined;
    }
    const { since } = capabilityOf(first.name);
    const isTooOld = agentVersion !== undefined && since !== undefined && isOlderAgent(agentVersion, since);
    const reason = reasonOf(first.name, lastBootText(host));
    return {
        evidence: [
            `it lacks ${lackingText(lacking)}`,
            ...(isTooOld
                ? [`its agent ${agentVersion} is too old for that, expected ${since} or newer`]
                : []),
            ...(reason === undefined ? [] : [`its boot says of ${first.name}: ${reason}`]),
        ],
        remedy: isTooOld
            ? command("images", "update", environment)
            : reason === undefined
              ? replaceHost(host, environment)
              : line`put that right, then: ${reboot(host, environment)}`,
    };
});

/** The host may only need more time. */
export const bootingCause: Recogniser = recogniser("STILL_BOOTING", (host, environment) =>
    host.state === "pending" || (host.state === "running" && isYoung(host) && !isThrough(host))
        ? {
              evidence: [
                  host.state === "pending"
                      ? "EC2 is still starting the instance"
                      : `launched ${Math.round(host.ageSeconds ?? 0)} s ago, and its boot is not over`,
              ],
              remedy: command("wait", environment),
          }
        : undefined,
);

/** The same of a host that had joined before, as one that has just been started: EC2 counts no reboot as a launch. */
export const rebootingCause: Recogniser = recogniser("STILL_BOOTING", (host, environment) =>
    host.state === "pending" || (isYoung(host) && !isThrough(host))
        ? {
              evidence: ["it has joined before, and boots again"],
              remedy: command("wait", environment),
          }
        : undefined,
);

function isThrough(host: HostEvidence): boolean {
    return isBooted(host) || lastStep(host)?.step === bootSteps.at(-1);
}

function said(
    host: HostEvidence,
    pattern: RegExp,
    remedy: NonNullable<Shown>["remedy"],
    ...more: readonly string[]
): Shown {
    const found = hostLine(host, pattern, "agent");
    return found === undefined ? undefined : { evidence: [found, ...more], remedy };
}
