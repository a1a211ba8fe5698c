import { command, line } from "../../commandLine";
import { recogniser, type Recogniser, type Shown } from "../cause";
import type { HostEvidence } from "../evidence";
import { reboot, setInstanceType, useKey } from "../remedies";

/**
 * What EC2 itself tells of an instance. Words of reasons: EC2 API reference, StateReason, and the EC2 user guide,
 * "Troubleshoot Amazon EC2 instance launch issues".
 */
export const instanceCauses: readonly Recogniser[] = [
    recogniser("NO_CAPACITY", (host) => givenUp(host, /InsufficientInstanceCapacity/, setInstanceType)),
    recogniser("VOLUME_LIMIT", (host) => givenUp(host, /VolumeLimitExceeded/, raiseQuota)),
    recogniser("KMS_KEY_UNUSABLE", (host) => givenUp(host, /InvalidKMSKey|Client\.InternalError/, useKey)),
    recogniser("INSTANCE_GIVEN_UP", (host, environment) =>
        isAccident(host) ? givenUp(host, /^/, command("up", environment)) : undefined,
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

const raiseQuota = "aws service-quotas list-service-quotas --service-code ebs";

/** Somebody's own termination explains nothing; EC2 giving a host up does. */
export function isAccident({ stateReason }: Pick<HostEvidence, "stateReason">): boolean {
    return stateReason !== undefined && !/user ?initiated/i.test(stateReason);
}

/** An instance that never ran, or was taken away: EC2 says why. */
function givenUp(
    { state, stateReason }: HostEvidence,
    reason: RegExp,
    remedy: NonNullable<Shown>["remedy"],
): Shown {
    return /^(terminated|shutting-down)$/.test(state) && stateReason !== undefined && reason.test(stateReason)
        ? { evidence: [`${state}: ${stateReason}`], remedy }
        : undefined;
}
