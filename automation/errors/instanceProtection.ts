/** An instance that somebody has protected, so that EC2 does not terminate it. */
export interface ProtectedInstance {
    readonly instanceId: string;
    /** In AWS's words. */
    readonly protection: "termination protection" | "stop protection";
    /** The command that lifts it. */
    readonly unprotect: string;
}

/**
 * EC2's refusal, OperationNotPermitted. Stop protection refuses a termination as well. No list of EC2's tells of either.
 * Sources: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshooting-launch.html, ec2-stop-protection.html and
 * Using_ChangingDisableAPITermination.html beside it
 */
const refusal =
    /instance '?(i-[0-9a-f]+)'? may not be terminated\. Modify its 'disableApi(Termination|Stop)'/g;

/** The instances that a text of AWS's names as protected, each once. */
export function protectedInstances(text: string): readonly ProtectedInstance[] {
    const found = [...text.matchAll(refusal)].map(([, instanceId = "", kind]): ProtectedInstance => {
        const isStop = kind === "Stop";
        return {
            instanceId,
            protection: isStop ? "stop protection" : "termination protection",
            unprotect: `aws ec2 modify-instance-attribute --no-disable-api-${isStop ? "stop" : "termination"} --instance-id ${instanceId}`,
        };
    });
    return [...new Map(found.map((one) => [one.unprotect, one])).values()];
}

/** Why they are still there, in one line without a full stop. */
export function describeProtection(instances: readonly ProtectedInstance[]): string {
    return instances.map(({ instanceId, protection }) => `${instanceId} has ${protection}`).join(", ");
}

/** The command that lets all of them go. */
export function unprotectAll(instances: readonly ProtectedInstance[]): string {
    return instances.map(({ unprotect }) => unprotect).join(" && ");
}
