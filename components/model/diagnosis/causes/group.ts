import { command, line } from "../../commandLine";
import type { CauseCode, Diagnosis } from "../cause";
import { setInstanceType, useKey } from "../remedies";

/** What was read about an Auto Scaling group that has fewer hosts than it wants. */
export interface GroupEvidence {
    readonly name: string;
    readonly max: number;
    /** Processes that somebody has suspended, such as `Launch`. */
    readonly suspendedProcesses: readonly string[];
    /** What Auto Scaling says of its last launch, where that failed. */
    readonly failedLaunch?: string;
}

/** Words of Auto Scaling's activities (EC2 Auto Scaling user guide, "Troubleshoot Amazon EC2 Auto Scaling"). */
const failures: readonly (readonly [RegExp, CauseCode, string])[] = [
    [/InsufficientInstanceCapacity|sufficient .* capacity/i, "NO_CAPACITY", setInstanceType],
    [
        /VcpuLimitExceeded|vCPU capacity/i,
        "VCPU_LIMIT",
        "aws service-quotas list-service-quotas --service-code ec2",
    ],
    [/InvalidKMSKey|KMS key/i, "KMS_KEY_UNUSABLE", useKey],
    [/key ?pair/i, "KEY_PAIR_GONE", "aws ec2 describe-key-pairs, and set hosts.keyName to one of them"],
    [/instance ?profile/i, "PROFILE_GONE", "see that the instance profile of the hosts is there"],
];

/** Why a group does not launch the hosts that it wants; nothing where it only has to be waited for. */
export function diagnoseGroup(group: GroupEvidence, environment: string): Diagnosis | undefined {
    const { name, max, suspendedProcesses, failedLaunch } = group;
    if (max === 0) {
        return {
            cause: "GROUP_AT_ZERO",
            evidence: [`group ${name} may have no host: its largest size is 0`],
            remedy: command("up", environment),
        };
    }
    if (suspendedProcesses.includes("Launch")) {
        return {
            cause: "GROUP_SUSPENDED",
            evidence: [`group ${name} launches nothing: its process Launch is suspended`],
            remedy: `aws autoscaling resume-processes --auto-scaling-group-name ${name} --scaling-processes Launch`,
        };
    }
    if (failedLaunch === undefined) {
        return undefined;
    }
    const evidence = [`the last launch of group ${name} failed: ${failedLaunch}`];
    const [, cause, remedy] = failures.find(([words]) => words.test(failedLaunch)) ?? [];
    return cause === undefined
        ? {
              cause: "GROUP_CANNOT_LAUNCH",
              evidence,
              remedy: line`put that right, then: ${command("wait", environment)}`,
          }
        : { cause, evidence, remedy };
}
