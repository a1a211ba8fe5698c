import { command, line, type Line } from "../commandLine";
import type { HostEvidence } from "./evidence";

type Host = Pick<HostEvidence, "instanceId">;

export const setInstanceType = "set hosts.instanceType to another type, or the network to other zones";
export const useKey = "aws ec2 get-ebs-default-kms-key-id, and see that the key is enabled and may be used";

/** What was prepared at the first boot alone, or wrongly, is made anew; tasks move first. */
export function replaceHost({ instanceId }: Host, environment: string): Line {
    return command("hosts", "replace", environment, instanceId);
}

export function startAgent({ instanceId }: Host, environment: string): Line {
    return command("hosts", "start-agent", environment, instanceId);
}

export function reboot({ instanceId }: Host, environment: string): Line {
    return command("hosts", "reboot", environment, instanceId);
}

/** @param first what a person has to put right before, as a clause */
export function thenReboot(host: Host, environment: string, first: string): Line {
    return line`${first}, then: ${reboot(host, environment)}`;
}
