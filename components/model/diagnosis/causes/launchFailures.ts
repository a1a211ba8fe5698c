import type { CauseCode } from "../cause";
import { setInstanceType, useKey } from "../remedies";

/** Why EC2 launches nothing. */
export interface LaunchFailure {
    readonly cause: CauseCode;
    readonly remedy: string;
}

/**
 * EC2's reasons, as an instance that was given up has them (EC2 API reference, StateReason; EC2 user guide, "Troubleshoot
 * Amazon EC2 instance launch issues"), and as activities of a group tell them (EC2 Auto Scaling user guide, "Troubleshoot
 * Amazon EC2 Auto Scaling").
 */
const failures: readonly (LaunchFailure & { readonly words: RegExp })[] = [
    {
        cause: "NO_CAPACITY",
        words: /InsufficientInstanceCapacity|sufficient .* capacity/i,
        remedy: setInstanceType,
    },
    {
        cause: "VCPU_LIMIT",
        words: /VcpuLimitExceeded|vCPU capacity/i,
        remedy: "aws service-quotas list-service-quotas --service-code ec2",
    },
    {
        cause: "VOLUME_LIMIT",
        words: /VolumeLimitExceeded/,
        remedy: "aws service-quotas list-service-quotas --service-code ebs",
    },
    // A volume whose key cannot be used is told as Client.InternalError alone.
    {
        cause: "KMS_KEY_UNUSABLE",
        words: /InvalidKMSKey|KMS key|Client\.InternalError/i,
        remedy: useKey,
    },
    {
        cause: "KEY_PAIR_GONE",
        words: /key ?pair/i,
        remedy: "aws ec2 describe-key-pairs, and set hosts.keyName to one of them",
    },
    {
        cause: "PROFILE_GONE",
        words: /instance ?profile/i,
        remedy: "see that the instance profile of the hosts is there",
    },
];

/** Each of them once, in the order in which they are looked for. */
export const launchFailures: readonly CauseCode[] = failures.map(({ cause }) => cause);

/** What EC2's words say; undefined for words that are not known. */
export function readLaunchFailure(text: string): LaunchFailure | undefined {
    return failures.find(({ words }) => words.test(text));
}
