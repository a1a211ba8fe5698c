import { command, line } from "../../commandLine";
import type { Diagnosis } from "../cause";
import { readLaunchFailure } from "./launchFailures";

/** What was read about an Auto Scaling group that has fewer hosts than it wants. */
export interface GroupEvidence {
    readonly name: string;
    readonly max: number;
    /** Processes that somebody has suspended, such as `Launch`. */
    readonly suspendedProcesses: readonly string[];
    /** What Auto Scaling says of its last launch, where that failed. */
    readonly failedLaunch?: string;
}

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
    const known = readLaunchFailure(failedLaunch);
    return known === undefined
        ? {
              cause: "GROUP_CANNOT_LAUNCH",
              evidence,
              remedy: line`put that right, then: ${command("wait", environment)}`,
          }
        : { cause: known.cause, evidence, remedy: known.remedy };
}
