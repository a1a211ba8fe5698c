import { bootStepMeanings, bootSteps } from "../bootLog";
import type { Diagnosis, Recogniser } from "./cause";
import {
    agentCauses,
    bootingCause,
    capabilityCause,
    clusterCauses,
    credentialsCause,
    rebootingCause,
    refusedCause,
    registeredCauses,
} from "./causes/agent";
import { bootCauses, userDataCauses } from "./causes/boot";
import { dockerCauses } from "./causes/docker";
import { instanceCauses } from "./causes/instance";
import { networkCauses } from "./causes/network";
import { pollingCause, roleCauses } from "./causes/role";
import { lastAgentError, lastStep } from "./console";
import type { HostEvidence } from "./evidence";

/** Of a host that has registered: what keeps it from being a ready one. */
const registered: readonly Recogniser[] = [...instanceCauses, ...registeredCauses, capabilityCause];

/**
 * Of a host that has registered nowhere, in the order in which a boot comes across it: the machine, the image and its
 * disks, what the agent says at its start, the user data, the agent's download, its credentials, and ECS.
 */
const silent: readonly Recogniser[] = [
    ...instanceCauses,
    ...bootCauses,
    ...dockerCauses,
    ...agentCauses,
    ...userDataCauses,
    ...networkCauses.slice(0, -1),
    ...roleCauses,
    credentialsCause,
    ...networkCauses.slice(-1),
    ...clusterCauses,
    refusedCause,
    bootingCause,
];

/**
 * Of a host that had joined once, and whose agent is not connected any more: it may boot again, or may have lost since what it
 * had then. ECS keeps its registration all the while.
 */
const disconnected: readonly Recogniser[] = [
    ...instanceCauses,
    rebootingCause,
    ...bootCauses,
    ...dockerCauses,
    ...agentCauses,
    ...networkCauses,
    ...roleCauses,
    pollingCause,
    credentialsCause,
    ...clusterCauses,
    ...registeredCauses,
];

function causesOf({ registration, clusterName }: HostEvidence): readonly Recogniser[] {
    if (registration === undefined) {
        return silent;
    }
    return registration.clusterName === clusterName && !registration.agentConnected
        ? disconnected
        : registered;
}

/**
 * Names the one cause for which a host is not ready, from what was read about it; of several, the one that its boot meets first.
 * Where nothing explains it, the evidence is all that there is.
 */
export function diagnose(host: HostEvidence, environment: string): Diagnosis {
    const unread = host.unread.map((one) => `not read: ${one}`);
    for (const [cause, recognise] of causesOf(host)) {
        const shown = recognise(host, environment);
        if (shown !== undefined) {
            return { cause, ...shown, evidence: [...shown.evidence, ...unread] };
        }
    }
    return { evidence: [...everythingOf(host), ...unread] };
}

/** What a person can go by where no cause is known. */
function everythingOf(host: HostEvidence): readonly string[] {
    const step = lastStep(host);
    const error = lastAgentError(host);
    return [
        ...(host.state === "running" ? [] : [`EC2 says that it is ${host.state}`]),
        ...(host.checks === undefined
            ? []
            : [`status checks: system ${host.checks.system}, instance ${host.checks.instance}`]),
        host.console === undefined
            ? "its console could not be read"
            : host.console.trim() === ""
              ? "EC2 has no console output of it yet"
              : step === undefined
                ? "its console shows no step of the bootstrap"
                : step.step === bootSteps.at(-1)
                  ? "its boot got through to the end"
                  : `its boot got through step ${step.step} (${bootStepMeanings[step.step]}) and no further`,
        ...(error === undefined ? [] : [`its agent says: ${error}`]),
        ...(host.registration === undefined
            ? []
            : [
                  `ECS has it as ${host.registration.status}, its agent ${host.registration.agentConnected ? "connected" : "not connected"}`,
              ]),
    ];
}
