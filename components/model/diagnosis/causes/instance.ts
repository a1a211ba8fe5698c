import { command, line, type Line } from "../../commandLine";
import { recogniser, type Recogniser, type Shown } from "../cause";
import type { HostEvidence } from "../evidence";
import { reboot } from "../remedies";
import { launchFailures, readLaunchFailure } from "./launchFailures";

/** What EC2 itself tells of an instance. */
export const instanceCauses: readonly Recogniser[] = [
    ...launchFailures.map((cause) =>
        recogniser(cause, (host) => {
            const failure = isGivenUp(host) ? readLaunchFailure(host.stateReason ?? "") : undefined;
            return failure?.cause === cause ? givenUp(host, failure.remedy) : undefined;
        }),
    ),
    recogniser("INSTANCE_GIVEN_UP", (host, environment) =>
        isGivenUp(host) && isAccident(host) ? givenUp(host, command("up", environment)) : undefined,
    ),
    recogniser("INSTANCE_STOPPED", ({ state, stateReason = "EC2 gives no reason" }, environment) =>
        /^stopp(ing|ed)$/.test(state)
            ? { evidence: [`${state}: ${stateReason}`], remedy: command("up", environment) }
            : undefined,
    ),
    recogniser("SYSTEM_IMPAIRED", (host) =>
        host.checks?.system === "impaired"
            ? {
                  evidence: ["EC2's system status check: impaired"],
                  // A stop and a start move an instance to another machine; a reboot does not (EC2 user guide, "Status checks").
                  remedy: line`aws ec2 stop-instances --instance-ids ${host.instanceId}, and once it is stopped: aws ec2 start-instances --instance-ids ${host.instanceId}`,
              }
            : undefined,
    ),
    recogniser("OPERATING_SYSTEM_SILENT", (host, environment) =>
        host.checks?.instance === "impaired"
            ? {
                  evidence: ["EC2's instance status check: impaired"],
                  remedy: reboot(host, environment),
              }
            : undefined,
    ),
];

/** Somebody's own termination explains nothing; EC2 giving a host up does. */
export function isAccident({ stateReason }: Pick<HostEvidence, "stateReason">): boolean {
    return stateReason !== undefined && !/user ?initiated/i.test(stateReason);
}

/** An instance that never ran, or was taken away. */
function isGivenUp({ state }: HostEvidence): boolean {
    return /^(terminated|shutting-down)$/.test(state);
}

/** EC2 says why. */
function givenUp({ state, stateReason = "" }: HostEvidence, remedy: Line): Shown {
    return { evidence: [`${state}: ${stateReason}`], remedy };
}
