import { randomBytes } from "node:crypto";

/** The last part of an ARN, or the name itself. */
export function shortName(nameOrArn = ""): string {
    return nameOrArn.slice(nameOrArn.lastIndexOf("/") + 1);
}

/** The region that an ARN names. */
export function regionOfArn(arn = ""): string {
    return arn.split(":")[3] ?? "";
}

/** The ARN of something inside a cluster, in the long form. */
export function arnInCluster(
    clusterArn: string,
    kind: "container-instance" | "task" | "service",
    nameOrArn: string | undefined,
): string {
    return `${clusterArn.replace(":cluster/", `:${kind}/`)}/${shortName(nameOrArn)}`;
}

/** An id such as ECS gives to tasks and container instances: 32 hexadecimal digits. */
export function newId(): string {
    return randomBytes(16).toString("hex");
}

/** What marks a new deployment of a service. */
export function newDeployment(): {
    readonly deploymentId: string;
    readonly deployedAtSeconds: number;
    readonly isCompleted: boolean;
    readonly isStalled: boolean;
    readonly restsUntilSeconds: number;
} {
    return {
        ...{ deploymentId: `ecs-svc/${newId()}`, deployedAtSeconds: nowSeconds() },
        ...{ isCompleted: false, isStalled: false, restsUntilSeconds: 0 },
    };
}

/** Seconds since 1970, as AWS's JSON writes times. */
export function nowSeconds(): number {
    return Date.now() / 1000;
}
