import { randomBytes } from "node:crypto";
import type { ClusterId } from "./records";

/** The last part of an ARN, or the name itself. */
export function shortName(nameOrArn: string): string {
    return nameOrArn.slice(nameOrArn.lastIndexOf("/") + 1);
}

/** An id such as ECS gives to tasks and container instances: 32 hexadecimal digits. */
export function newId(): string {
    return randomBytes(16).toString("hex");
}

/** The cluster that an ARN names. */
export function clusterOfArn(arn: string): ClusterId {
    const [, , , region = "", accountId = ""] = arn.split(":");
    return { arn, name: shortName(arn), region, accountId };
}

/** An ARN of something inside a cluster, in the long form. */
export function arnInCluster(
    cluster: ClusterId,
    kind: "container-instance" | "task" | "service",
    id: string,
): string {
    const [arn, partition] = cluster.arn.split(":");
    return `${arn}:${partition}:ecs:${cluster.region}:${cluster.accountId}:${kind}/${cluster.name}/${id}`;
}

/** Seconds since 1970, as AWS's JSON writes times. */
export function nowSeconds(): number {
    return Date.now() / 1000;
}
