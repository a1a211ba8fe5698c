import type { Deployment, ServiceProgress } from "../ports/deploymentServices";

/** The deployment that a service goes to, or has come to. */
export function primaryOf(progress: ServiceProgress | undefined): Deployment | undefined {
    return progress?.deployments.find(({ status }) => status === "PRIMARY");
}

/** Whether ECS has given a service's last deployment up with nothing to go back to: by itself it starts no task any more. */
export function hasFailed(progress: ServiceProgress | undefined): boolean {
    return primaryOf(progress)?.rolloutState === "FAILED";
}

/** What a change of such a service does, for people. */
export const startsAgain = "starts the deployment again: the last one failed";
